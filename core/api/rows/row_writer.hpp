#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <string_view>

#include "base/date/date_text.hpp"
#include "base/time.hpp"
#include "json/text.hpp"
#include "model/symbol.hpp"

namespace runsim::api {

// Writes dates of one style, in quotes. A repeated minute is formatted once, and of a new one only the time as long as
// the day is the same.
class RowDates {
public:
    explicit RowDates(DateStyle style);

    // Writes at most kMost bytes, and returns where they end. Up to kWord bytes behind them may be overwritten.
    char* write(char* at, Instant instant);

    static constexpr std::size_t kMost = 34;
    static constexpr std::size_t kWord = 8;

private:
    void know_day(Instant instant);
    void know_minute(Instant instant);

    static constexpr Instant kNone{std::numeric_limits<std::int64_t>::max()};
    static constexpr std::size_t kMinuteText = 18;
    bool has_t_;                    // between day and time
    char end_[kWord] = "+00:00\"";  // of a date
    std::size_t end_size_;
    // The starts of the day and the minute whose text is kept.
    Instant day_ = kNone;
    Instant minute_ = kNone;
    char minute_text_[3 * kWord];  // `"2026-01-31 09:59:`, as whole words
};

// Where the next bytes of a row go. The writes are unchecked: RowWriter made room. Pass it by value, and return it: as
// a member it would be read from memory and put there again for every word written.
class RowCursor {
public:
    RowCursor(char* at, RowDates& dates) : at_(at), dates_(&dates) {}

    template <std::size_t N>
    void literal(const char (&text)[N]) {
        std::memcpy(at_, text, N - 1);
        at_ += N - 1;
    }
    // Most texts are short, and a call of memcpy costs more than they do.
    void raw(std::string_view text) {
        const std::size_t size = text.size();
        const char* from = text.data();
        if (size > 16) {
            std::memcpy(at_, from, size);
        } else if (size >= 8) {
            std::memcpy(at_, from, 8);
            std::memcpy(at_ + size - 8, from + size - 8, 8);
        } else if (size >= 4) {
            std::memcpy(at_, from, 4);
            std::memcpy(at_ + size - 4, from + size - 4, 4);
        } else {
            for (std::size_t i = 0; i < size; ++i) at_[i] = from[i];
        }
        at_ += size;
    }
    void boolean(bool value) { raw(value ? "true" : "false"); }
    void json(const json::Text& text) { raw(text.json()); }
    // Writes at most 6 times the text's size, and two quotes.
    void string(std::string_view text) { at_ = write_string(at_, text); }
    // Writes at most 10 bytes.
    void integer(std::uint32_t value) { at_ = write_integer(at_, value); }
    // An id: 0 is NULL.
    void id(std::uint32_t value) {
        if (value == 0) return literal("null");
        integer(value);
    }
    // The text of a symbol: the empty one is NULL.
    void symbol(const SymbolTable& symbols, Symbol symbol) {
        if (symbol == Symbol()) return literal("null");
        string(symbols.text(symbol));
    }
    // Writes at most RowDates::kMost bytes.
    void date(Instant instant) { at_ = dates_->write(at_, instant); }
    void date(MaybeInstant instant) {
        if (instant)
            date(*instant);
        else
            literal("null");
    }

    char* at() const { return at_; }

private:
    static char* write_string(char* at, std::string_view text);
    static char* write_integer(char* at, std::uint32_t value);

    char* at_;
    RowDates* dates_;
};

// Writes rows of an answer faster than a string grows: begin() makes room for a whole row.
class RowWriter {
public:
    explicit RowWriter(DateStyle style) : dates_(style) {}

    // Starts a row of at most `bound` bytes. Discards earlier text.
    RowCursor begin(std::size_t bound) {
        if (bound + RowDates::kWord > capacity_) grow(bound + RowDates::kWord);
        return {buffer_.get(), dates_};
    }
    // The row that ends there. Valid until the next begin().
    std::string_view text(RowCursor end) const {
        return {buffer_.get(), static_cast<std::size_t>(end.at() - buffer_.get())};
    }

private:
    void grow(std::size_t capacity);

    RowDates dates_;
    std::unique_ptr<char[]> buffer_;
    std::size_t capacity_ = 0;
};

}  // namespace runsim::api

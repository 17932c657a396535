#pragma once

#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <string_view>

#include "base/date/date_text.hpp"
#include "base/time.hpp"
#include "json/text.hpp"

namespace runsim::api {

// Writes rows of an answer faster than a string grows: begin() reserves room for a whole row, and the writes after it
// are unchecked. All dates have one style, and a repeated day is formatted once.
class RowWriter {
public:
    explicit RowWriter(DateStyle style) : style_(style) {}

    // Starts a row of at most `bound` bytes. Discards earlier text.
    void begin(std::size_t bound) {
        if (bound > capacity_) grow(bound);
        at_ = buffer_.get();
    }
    // The text written since begin(). Valid until the next begin().
    std::string_view text() const { return {buffer_.get(), static_cast<std::size_t>(at_ - buffer_.get())}; }

    template <std::size_t N>
    void literal(const char (&text)[N]) {
        std::memcpy(at_, text, N - 1);
        at_ += N - 1;
    }
    void raw(std::string_view text) {
        if (!text.empty()) std::memcpy(at_, text.data(), text.size());
        at_ += text.size();
    }
    void boolean(bool value) { raw(value ? "true" : "false"); }
    void json(const json::Text& text) { raw(text.json()); }
    // Writes at most 6 times the text's size, and two quotes.
    void string(std::string_view text);
    // Writes at most 10 bytes.
    void integer(std::uint32_t value);
    // Writes at most kDate bytes, including quotes.
    void date(Instant instant);
    void date(MaybeInstant instant) {
        if (instant)
            date(*instant);
        else
            literal("null");
    }

    static constexpr std::size_t kDate = 34;

private:
    void grow(std::size_t bound);

    DateStyle style_;
    std::unique_ptr<char[]> buffer_;
    std::size_t capacity_ = 0;
    char* at_ = nullptr;
    Instant day_{std::numeric_limits<std::int64_t>::max()};  // the start of the day whose text is in day_text_
    char day_text_[10];
};

}  // namespace runsim::api

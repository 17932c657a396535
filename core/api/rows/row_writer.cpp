#include "api/rows/row_writer.hpp"

#include <algorithm>
#include <string>

#include "base/date/digit_pairs.hpp"
#include "json/write.hpp"

namespace runsim::api {

namespace {

constexpr std::int64_t kDay = Duration::days(1).us;
constexpr std::int64_t kMinute = Duration::minutes(1).us;
constexpr std::size_t kDayText = 10;

// A word holds eight characters, which are looked at together: texts of rows are mostly short and plain.
constexpr std::uint64_t each(std::uint8_t byte) { return std::uint64_t{0x0101'0101'0101'0101} * byte; }
constexpr std::uint64_t kHighBits = each(0x80);

// Sets the high bit of the lowest byte that is 0, and perhaps of some behind it.
constexpr std::uint64_t zero_bytes(std::uint64_t word) { return (word - each(1)) & ~word & kHighBits; }

bool is_plain(char c) { return c >= ' ' && c < '\x7f' && c != '"' && c != '\\'; }
bool are_plain(std::uint64_t word) {
    const std::uint64_t control = (word - each(' ')) & ~word;
    const std::uint64_t beyond = word | (word + each(1));
    const std::uint64_t escaped = zero_bytes(word ^ each('"')) | zero_bytes(word ^ each('\\'));
    return ((control | beyond | escaped) & kHighBits) == 0;
}

// Returns false, having copied part of the text, if JSON must escape some of it.
bool copy_plain(char* to, std::string_view text) {
    constexpr std::size_t kWord = sizeof(std::uint64_t);
    if (text.size() < kWord) {
        for (const char c : text) {
            if (!is_plain(c)) return false;
            *to++ = c;
        }
        return true;
    }
    // The last word may contain some characters a second time.
    const std::size_t last = text.size() - kWord;
    for (std::size_t i = 0;; i = std::min(i + kWord, last)) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, kWord);
        if (!are_plain(word)) return false;
        std::memcpy(to + i, &word, kWord);
        if (i == last) return true;
    }
}

}  // namespace

RowDates::RowDates(DateStyle style) : has_t_(style == DateStyle::iso || style == DateStyle::iso_offset) {
    const bool has_offset = style == DateStyle::space_offset || style == DateStyle::iso_offset;
    if (!has_offset) end_[0] = '"';
    end_size_ = has_offset ? 7 : 1;
}

void RowDates::know_day(Instant instant) {
    day_ = floor_day(instant);
    minute_text_[0] = '"';
    char text[kLongestDate];
    write_date(text, day_, DateStyle::iso);
    std::memcpy(minute_text_ + 1, text, kMinuteText - 1);
    if (!has_t_) minute_text_[1 + kDayText] = ' ';
}

void RowDates::know_minute(Instant instant) {
    if (instant.us < day_.us || instant.us - day_.us >= kDay) know_day(instant);
    const auto minutes = static_cast<std::uint32_t>((instant.us - day_.us) / kMinute);
    minute_ = day_ + Duration::minutes(minutes);
    put_digit_pair(minute_text_ + 12, minutes / 60);
    put_digit_pair(minute_text_ + 15, minutes % 60);
}

char* RowDates::write(char* at, Instant instant) {
    if (instant.us < minute_.us || instant.us - minute_.us >= kMinute) know_minute(instant);
    // Within a minute, 32 bits are enough: 64-bit division is slow in wasm.
    const auto in_minute = static_cast<std::uint32_t>(instant.us - minute_.us);
    const std::uint32_t second = in_minute / 1'000'000;
    const std::uint32_t microseconds = in_minute - second * 1'000'000;

    std::memcpy(at, minute_text_, sizeof(minute_text_));
    at += kMinuteText;
    put_digit_pair(at, second);
    at += 2;
    if (microseconds != 0) {
        *at = '.';
        put_digit_pair(at + 1, microseconds / 10'000);
        put_digit_pair(at + 3, microseconds / 100 % 100);
        put_digit_pair(at + 5, microseconds % 100);
        at += 7;
    }
    std::memcpy(at, end_, sizeof(end_));
    return at + end_size_;
}

char* RowCursor::write_string(char* at, std::string_view text) {
    if (!copy_plain(at + 1, text)) {
        std::string escaped;
        json::append_string(escaped, text);
        std::memcpy(at, escaped.data(), escaped.size());
        return at + escaped.size();
    }
    *at = '"';
    at += text.size() + 1;
    *at = '"';
    return at + 1;
}

char* RowCursor::write_integer(char* at, std::uint32_t value) {
    std::size_t digits = 1;
    for (std::uint32_t rest = value; rest >= 10; rest /= 10) ++digits;
    char* const end = at + digits;
    char* to = end;
    for (; value >= 100; value /= 100) put_digit_pair(to -= 2, value % 100);
    if (value >= 10)
        put_digit_pair(to - 2, value);
    else
        to[-1] = static_cast<char>('0' + value);
    return end;
}

void RowWriter::grow(std::size_t capacity) {
    capacity_ = std::max(capacity, 2 * capacity_);
    buffer_.reset(new char[capacity_]);
}

}  // namespace runsim::api

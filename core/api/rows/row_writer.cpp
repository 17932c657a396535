#include "api/rows/row_writer.hpp"

#include <algorithm>
#include <string>

#include "base/date/digit_pairs.hpp"
#include "json/write.hpp"

namespace runsim::api {

namespace {

constexpr std::int64_t kDay = Duration::days(1).us;

bool is_plain(char c) { return c >= ' ' && c < '\x7f' && c != '"' && c != '\\'; }

}  // namespace

void RowWriter::grow(std::size_t bound) {
    capacity_ = std::max<std::size_t>(bound, 2 * capacity_);
    buffer_.reset(new char[capacity_]);
}

void RowWriter::string(std::string_view text) {
    char* at = at_;
    *at++ = '"';
    for (const char c : text) {
        if (!is_plain(c)) {
            std::string escaped;
            json::append_string(escaped, text);
            return raw(escaped);
        }
        *at++ = c;
    }
    *at++ = '"';
    at_ = at;
}

void RowWriter::integer(std::uint32_t value) {
    char digits[10];
    char* first = digits + sizeof(digits);
    while (value >= 100) {
        first -= 2;
        put_digit_pair(first, value % 100);
        value /= 100;
    }
    if (value >= 10) {
        first -= 2;
        put_digit_pair(first, value);
    } else {
        *--first = static_cast<char>('0' + value);
    }
    raw({first, static_cast<std::size_t>(digits + sizeof(digits) - first)});
}

void RowWriter::date(Instant instant) {
    // Use 32 unsigned bits once the day is subtracted: 64-bit division is slow in wasm.
    if (instant.us < day_.us || instant.us - day_.us >= kDay) {
        day_ = floor_day(instant);
        const std::string day = date_text(day_, DateStyle::iso);
        std::memcpy(day_text_, day.data(), sizeof(day_text_));
    }
    const auto in_day = static_cast<std::uint64_t>(instant.us - day_.us);
    const auto seconds = static_cast<std::uint32_t>(in_day / 1'000'000);
    const auto microseconds = static_cast<std::uint32_t>(in_day - std::uint64_t{seconds} * 1'000'000);
    const bool iso = style_ == DateStyle::iso || style_ == DateStyle::iso_offset;

    char* at = at_;
    *at++ = '"';
    std::memcpy(at, day_text_, sizeof(day_text_));
    at += sizeof(day_text_);
    *at++ = iso ? 'T' : ' ';
    put_digit_pair(at, seconds / 3600);
    at[2] = ':';
    put_digit_pair(at + 3, seconds / 60 % 60);
    at[5] = ':';
    put_digit_pair(at + 6, seconds % 60);
    at += 8;
    if (microseconds != 0) {
        *at = '.';
        put_digit_pair(at + 1, microseconds / 10'000);
        put_digit_pair(at + 3, microseconds / 100 % 100);
        put_digit_pair(at + 5, microseconds % 100);
        at += 7;
    }
    if (style_ == DateStyle::space_offset || style_ == DateStyle::iso_offset) {
        std::memcpy(at, "+00:00", 6);
        at += 6;
    }
    *at++ = '"';
    at_ = at;
}

}  // namespace runsim::api

#include "base/date/date_text.hpp"

#include <cstring>

#include "base/assert.hpp"
#include "base/date/digit_pairs.hpp"

namespace runsim {
namespace {

// Writes digits into a buffer that is large enough.
class DigitWriter {
public:
    explicit DigitWriter(char* at) : at_(at) {}

    void character(char c) { *at_++ = c; }
    void two(std::uint32_t value) {
        put_digit_pair(at_, value);
        at_ += 2;
    }
    void four(std::uint32_t value) {
        two(value / 100);
        two(value % 100);
    }
    void six(std::uint32_t value) {
        two(value / 10'000);
        four(value % 10'000);
    }
    void text(std::string_view text) {
        std::memcpy(at_, text.data(), text.size());
        at_ += text.size();
    }
    char* at() const { return at_; }

private:
    char* at_;
};

constexpr std::uint32_t field(std::int32_t value) { return static_cast<std::uint32_t>(value); }

CivilTime civil_of(Instant instant) {
    RUNSIM_ASSERT(is_representable(instant), "a date of the years 1 .. 9999");
    return to_civil(instant);
}

}  // namespace

char* write_date(char* at, Instant instant, DateStyle style) {
    const CivilTime civil = civil_of(instant);
    DigitWriter write(at);
    write.four(field(civil.year));
    write.character('-');
    write.two(field(civil.month));
    write.character('-');
    write.two(field(civil.day));
    write.character(style == DateStyle::space || style == DateStyle::space_offset ? ' ' : 'T');
    write.two(field(civil.hour));
    write.character(':');
    write.two(field(civil.minute));
    write.character(':');
    write.two(field(civil.second));
    if (civil.microsecond != 0) {
        write.character('.');
        write.six(field(civil.microsecond));
    }
    if (style == DateStyle::space_offset || style == DateStyle::iso_offset) write.text("+00:00");
    return write.at();
}

void append_date(std::string& out, Instant instant, DateStyle style) {
    char text[kLongestDate];
    out.append(text, static_cast<std::size_t>(write_date(text, instant, style) - text));
}

std::string date_text(Instant instant, DateStyle style) {
    std::string out;
    append_date(out, instant, style);
    return out;
}

std::string partition_text(Instant instant, bool microseconds) {
    const CivilTime civil = civil_of(instant);
    char text[kLongestDate];
    DigitWriter write(text);
    write.four(field(civil.year));
    write.two(field(civil.month));
    write.two(field(civil.day));
    write.character('T');
    write.two(field(civil.hour));
    write.two(field(civil.minute));
    write.two(field(civil.second));
    if (microseconds) {
        write.character('_');
        write.six(field(civil.microsecond));
    }
    return std::string(text, static_cast<std::size_t>(write.at() - text));
}

}  // namespace runsim

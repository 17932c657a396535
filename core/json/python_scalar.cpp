#include <charconv>
#include <limits>

#include "base/text/text.hpp"
#include "json/floats/nearest_double.hpp"
#include "json/python_scanner.hpp"

namespace runsim::json {
namespace {

constexpr std::size_t kMaxIntegerDigits = 4300;  // Python 3.11 refuses longer ones

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_from(std::string_view text, std::size_t at) {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at - begin;
}

}  // namespace

bool PythonScanner::scalar(Value& out) {
    const char first = peek();
    if (is_digit(first)) return number(out);
    if (take("null")) {
        out = nullptr;
    } else if (take("true")) {
        out = true;
    } else if (take("false")) {
        out = false;
    } else if (take("NaN")) {
        out = std::numeric_limits<double>::quiet_NaN();
    } else if (take("Infinity")) {
        out = std::numeric_limits<double>::infinity();
    } else if (take("-Infinity")) {
        out = -std::numeric_limits<double>::infinity();
    } else if (first == '-') {
        return number(out);
    } else {
        return fail("Expecting value");
    }
    return true;
}

bool PythonScanner::number(Value& out) {
    const std::size_t begin = at_;
    std::size_t end = begin + (text_[begin] == '-' ? 1 : 0);
    const std::size_t whole_digits = end < text_.size() && text_[end] == '0' ? 1 : digits_from(text_, end);
    if (whole_digits == 0) return fail("Expecting value");
    end += whole_digits;

    // A fraction or an exponent needs a digit. Without one it is not part of the number.
    bool is_real = false;
    if (end < text_.size() && text_[end] == '.') {
        const std::size_t digits = digits_from(text_, end + 1);
        if (digits > 0) end += 1 + digits;
        is_real = digits > 0;
    }
    if (end < text_.size() && (text_[end] == 'e' || text_[end] == 'E')) {
        std::size_t at = end + 1;
        if (at < text_.size() && (text_[at] == '+' || text_[at] == '-')) ++at;
        const std::size_t digits = digits_from(text_, at);
        if (digits > 0) end = at + digits;
        is_real = is_real || digits > 0;
    }

    const std::string_view text = text_.substr(begin, end - begin);
    if (is_real) {
        at_ = end;
        out = nearest_double(text);
        return true;
    }
    std::int64_t integer = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), integer).ec == std::errc()) {
        out = integer;
    } else if (whole_digits <= kMaxIntegerDigits) {
        out = BigInteger{std::string(text)};
    } else {
        std::string message = "Exceeds the limit (4300 digits) for integer string conversion: value has ";
        append_int(message, static_cast<std::int64_t>(whole_digits));
        message += " digits; use sys.set_int_max_str_digits() to increase the limit";
        return fail_without_place(Error{std::move(message)});
    }
    at_ = end;
    return true;
}

}  // namespace runsim::json

#include <cmath>

#include "base/text/text.hpp"
#include "json/floats/shortest_digits.hpp"
#include "json/write.hpp"

namespace runsim::json {
namespace {

void append_exponent(std::string& out, int exponent) {
    out.append(exponent < 0 ? "e-" : "e+");
    const int size = exponent < 0 ? -exponent : exponent;
    if (size < 10) out.push_back('0');
    append_int(out, size);
}

}  // namespace

void append_double(std::string& out, double value) {
    if (!std::isfinite(value)) {
        out.append("null");
        return;
    }
    if (std::signbit(value)) out.push_back('-');
    if (value == 0) {
        out.append("0.0");
        return;
    }
    const ShortestDigits shortest = shortest_digits(std::fabs(value));
    const std::string_view digits(shortest.digits.data(), static_cast<std::size_t>(shortest.count));
    const int point = shortest.point;
    if (point <= -4 || point > 16) {
        out.push_back(digits.front());
        if (digits.size() > 1) out.append(".").append(digits.substr(1));
        append_exponent(out, point - 1);
    } else if (point <= 0) {
        out.append("0.").append(static_cast<std::size_t>(-point), '0').append(digits);
    } else if (shortest.count <= point) {
        out.append(digits).append(static_cast<std::size_t>(point - shortest.count), '0').append(".0");
    } else {
        const auto whole = static_cast<std::size_t>(point);
        out.append(digits.substr(0, whole)).append(".").append(digits.substr(whole));
    }
}

}  // namespace runsim::json

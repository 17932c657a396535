#include "report.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace runsim::bench {
namespace {

std::string number(double value) {
    std::array<char, 32> text{};
    const char* format = value >= 1'000 ? "%.0f" : value >= 10 ? "%.1f" : "%.3g";
    std::snprintf(text.data(), text.size(), format, value);
    return text.data();
}

std::string shown(const std::optional<std::int64_t>& value, const char* none) {
    return value ? std::to_string(*value) : none;
}

}  // namespace

void Report::add(std::string name, std::string where, std::optional<std::int64_t> runs,
                 std::optional<std::int64_t> offset, double value, std::string unit) {
    rows_.push_back({std::move(name), std::move(where), runs, offset, value, std::move(unit)});
}

std::string Report::table() const {
    std::vector<std::array<std::string, 6>> cells = {{"name", "where", "runs", "offset", "value", "unit"}};
    for (const Row& row : rows_)
        cells.push_back({row.name, row.where, shown(row.runs, ""), shown(row.offset, ""), number(row.value), row.unit});
    std::array<std::size_t, 6> widths{};
    for (const auto& line : cells)
        for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
    std::string out;
    for (const auto& line : cells) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            const std::string blanks(widths[i] - line[i].size(), ' ');
            const bool right = i >= 2 && i <= 4;  // the numbers
            out += right ? blanks + line[i] : i + 1 < line.size() ? line[i] + blanks : line[i];
            out += i + 1 < line.size() ? "  " : "\n";
        }
    }
    return out;
}

std::string Report::json() const {
    // Names and units are our own words: nothing in them needs an escape.
    std::string out = "[";
    for (const Row& row : rows_) {
        out += out.size() == 1 ? "\n" : ",\n";
        out += R"( {"name": ")" + row.name + R"(", "where": ")" + row.where + R"(", "runs": )" +
               shown(row.runs, "null") + R"(, "offset": )" + shown(row.offset, "null") + R"(, "value": )" +
               number(row.value) + R"(, "unit": ")" + row.unit + R"("})";
    }
    return out + "\n]\n";
}

}  // namespace runsim::bench

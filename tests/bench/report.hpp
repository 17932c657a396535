#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace runsim::bench {

// What the benchmarks measured, a row each. `runs` and `offset` say of how much, where that matters.
class Report {
public:
    void add(std::string name, std::string where, std::optional<std::int64_t> runs, std::optional<std::int64_t> offset,
             double value, std::string unit);
    std::string table() const;  // aligned columns
    std::string json() const;   // [{"name", "where", "runs", "offset", "value", "unit"}, ...]

private:
    struct Row {
        std::string name, where;
        std::optional<std::int64_t> runs, offset;
        double value;
        std::string unit;
    };
    std::vector<Row> rows_;
};

}  // namespace runsim::bench

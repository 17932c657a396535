#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace runsim {

// How a block behaves, since no Python runs here: what `blocks` of runsim.json says of it, all rules already merged.
enum class DurationKind : std::uint8_t {
    fixed,       // always `low`
    range,       // uniform in low .. high
    long_tail,   // mostly near `low`, rarely far beyond: low times a factor from an integer table, at most `high`
};
struct DurationModel {
    DurationKind kind = DurationKind::fixed;
    Duration low = Duration::seconds(1);
    Duration high = Duration::seconds(1);
    friend bool operator==(const DurationModel&, const DurationModel&) = default;
};

enum class AttemptOutcome : std::uint8_t { ok, fail };

struct BlockModel {
    DurationModel duration;                             // of one attempt
    std::vector<AttemptOutcome> attempts = {AttemptOutcome::ok};  // in order; the last one repeats. Never empty
    std::string error = "Exception: the block failed";  // "Type: message", what a failing attempt raises
    bool condition = true;                              // what the conditional blocks attached to it evaluate to
    std::int64_t items = 1;                             // how many items a dynamic block yields
    std::int64_t polls = 1;                             // how many polls of a sensor until it is truthy; 0: never
    friend bool operator==(const BlockModel&, const BlockModel&) = default;
};

}  // namespace runsim

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace runsim {

// A cron expression as Mage's engine reads it (lifecycle.md 4.3): 5 fields, 6 (seconds last) or 7 (year), aliases, names, L, #, ?.
class CronExpression {
public:
    // The error is the engine's own text where the API shows it.
    static Result<CronExpression> parse(std::string_view text);

    // The last match strictly before `instant` rounded up to a whole second. Error: "failed to find prev date" (none within 50 years).
    Result<Instant> previous(Instant instant) const;
    // The first match strictly after `instant`. Error: "failed to find next date".
    Result<Instant> next(Instant instant) const;

private:
    // (author's)
};

}  // namespace runsim

#pragma once

#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "lifecycle/cron/cron_fields.hpp"

namespace runsim {

// A cron expression as Mage's engine reads it (lifecycle.md 4.3): 5 fields, 6 (seconds last) or 7 (year), aliases,
// names, L, #, ?.
//
// Differs from the engine in two ways. The engine misses dates of short months if a list of days has none that all
// months have (29 February on the way back from March). It also fails if one side of "either day matches" has no date
// at all. R (a random value at every evaluation) is refused.
class CronExpression {
public:
    // The error for a wrong number of fields is the engine's own text, which the API shows. Other errors name the field
    // and the value.
    static Result<CronExpression> parse(std::string_view text);

    // Returns the last match strictly before `instant` rounded up to a whole second. Fails with "failed to find prev
    // date" if there is none within 50 years.
    Result<Instant> previous(Instant instant) const;
    // Returns the first match strictly after `instant`. Fails with "failed to find next date".
    Result<Instant> next(Instant instant) const;

    const CronFields& fields() const { return fields_; }

private:
    explicit CronExpression(const CronFields& fields) : fields_(fields) {}
    CronFields fields_;
};

}  // namespace runsim

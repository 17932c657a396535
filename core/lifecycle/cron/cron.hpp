#pragma once

#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "lifecycle/cron/cron_fields.hpp"

namespace runsim {

// A cron expression as Mage's engine reads it (lifecycle.md 4.3): 5 fields, 6 (seconds last) or 7 (year), aliases,
// names, L, #, ?.
//
// Two things are not as in the engine, which the spec does not ask for: it misses dates of short months when a list of
// days holds none that all months have (29 February on the way back from March), and it fails altogether when one side
// of "either day matches" has no date at all. R (a random value at every evaluation) is refused.
class CronExpression {
public:
    // The error for a wrong number of fields is the engine's own text, which the API shows; the others name field and
    // value.
    static Result<CronExpression> parse(std::string_view text);

    // The last match strictly before `instant` rounded up to a whole second. Error: "failed to find prev date" (none
    // within 50 years).
    Result<Instant> previous(Instant instant) const;
    // The first match strictly after `instant`. Error: "failed to find next date".
    Result<Instant> next(Instant instant) const;

    const CronFields& fields() const { return fields_; }

private:
    explicit CronExpression(const CronFields& fields) : fields_(fields) {}
    CronFields fields_;
};

}  // namespace runsim

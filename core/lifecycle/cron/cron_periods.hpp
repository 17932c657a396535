#pragma once

#include <optional>

#include "lifecycle/cron/cron.hpp"

namespace runsim {

// A cron expression for a clock that moves on: it remembers the matches around the instant it was asked for last, and
// answers for that period, and for the one after it, without a search backwards.
class CronPeriods {
public:
    explicit CronPeriods(const CronExpression& cron) : cron_(cron) {}

    // CronExpression::previous().
    Result<Instant> begin(Instant instant);
    // The first match after that one. If there is no previous match, the first one from the instant on.
    Result<Instant> end(Instant instant);

private:
    struct Period {
        Instant begin;
        Instant end;  // the next match
    };
    // Makes `known_` the period of an instant, if it has both ends.
    void find(Instant instant);

    CronExpression cron_;
    std::optional<Period> known_;
};

}  // namespace runsim

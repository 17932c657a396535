#include "lifecycle/cron/cron_periods.hpp"

namespace runsim {

namespace {

// A match counts from the second after it on.
Instant last_second(Instant instant) {
    const Instant second = instant.floor_second();
    return second == instant ? second - Duration::seconds(1) : second;
}

}  // namespace

void CronPeriods::find(Instant instant) {
    const Instant second = last_second(instant);
    const auto has_second = [&] { return known_ && known_->begin <= second && second < known_->end; };
    if (has_second()) return;
    if (known_ && known_->end <= second) {
        const auto next = cron_.next(known_->end);
        if (next.ok()) known_ = Period{known_->end, *next};
        if (has_second()) return;
    }
    known_ = std::nullopt;
    const auto begin = cron_.previous(instant);
    const auto end = cron_.next(second);
    if (begin.ok() && end.ok()) known_ = Period{*begin, *end};
}

Result<Instant> CronPeriods::begin(Instant instant) {
    find(instant);
    return known_ ? Result<Instant>(known_->begin) : cron_.previous(instant);
}

Result<Instant> CronPeriods::end(Instant instant) {
    find(instant);
    return known_ ? Result<Instant>(known_->end) : cron_.next(last_second(instant));
}

}  // namespace runsim

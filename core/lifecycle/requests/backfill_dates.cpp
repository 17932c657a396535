#include <algorithm>

#include "base/date/date_text.hpp"
#include "lifecycle/requests/backfills.hpp"
#include "lifecycle/rows/run_variables.hpp"
#include "model/date_style.hpp"

namespace runsim {

namespace {

MaybeInstant add_seconds(Instant date, std::int64_t unit, std::int64_t units) {
    constexpr std::int64_t kMostSeconds = 400'000'000'000;  // more than all years that a date can have
    if (units > kMostSeconds / unit) return {};
    const Instant next = date + Duration::seconds(unit * units);
    return is_representable(next) ? MaybeInstant(next) : MaybeInstant();
}

MaybeInstant next_date(Instant date, IntervalType type, std::int64_t units) {
    switch (type) {
        case IntervalType::second:
        case IntervalType::custom: return add_seconds(date, 1, units);
        case IntervalType::minute: return add_seconds(date, 60, units);
        case IntervalType::hour: return add_seconds(date, 3'600, units);
        case IntervalType::day: return add_seconds(date, 86'400, units);
        case IntervalType::week: return add_seconds(date, 604'800, units);
        case IntervalType::month: return add_months(date, std::min<std::int64_t>(units, 120'000));
        case IntervalType::year: return add_months(date, 12 * std::min<std::int64_t>(units, 10'000));
    }
    return {};
}

}  // namespace

Result<std::vector<Instant>> backfill_dates(const Backfill& backfill) {
    if (backfill.block_uuid && !backfill.block_uuid->empty()) return std::vector<Instant>();
    const auto kind = [](MaybeInstant date) {
        return date ? std::string("datetime.datetime") : std::string("NoneType");
    };
    if (!backfill.start_datetime || !backfill.end_datetime)
        return Error{"'<=' not supported between instances of '" + kind(backfill.start_datetime) + "' and '" +
                         kind(backfill.end_datetime) + "'",
                     ErrorKind::wrong_type};
    if (!backfill.interval_type) return Error{"interval_type: a backfill needs one to have more than one date"};
    if (backfill.interval_units.value_or(0) < 1)
        return Error{"interval_units: " + std::to_string(backfill.interval_units.value_or(0)) + " is not 1 or more"};
    std::vector<Instant> dates;
    for (MaybeInstant date = backfill.start_datetime; date && *date <= *backfill.end_datetime;
         date = next_date(*date, *backfill.interval_type, *backfill.interval_units)) {
        if (dates.size() == kMostBackfillDates)
            return Error{"a backfill has at most " + std::to_string(kMostBackfillDates) + " dates"};
        dates.push_back(*date);
    }
    return dates;
}

json::Object backfill_variables(const std::vector<Instant>& dates, std::size_t index, Dialect dialect) {
    const DateStyle style = iso_date_style(dialect);
    const auto text = [style](Instant date) { return date_value(date, style); };
    const Instant date = dates[index];
    const std::string plain = date_text(date, DateStyle::iso);
    json::Value end;
    json::Value seconds;
    json::Value previous;
    if (dates.size() > 1) {
        const bool last = index + 1 == dates.size();
        const Duration gap = last ? date - dates[index - 1] : dates[index + 1] - date;
        end = text(date + gap);
        seconds = static_cast<double>(gap.us) / 1e6;
        previous = text(date - gap);
    }
    json::Object variables;
    variables.append("ds", plain.substr(0, 10));
    variables.append("execution_date", text(date));
    variables.append("hr", plain.substr(11, 2));
    variables.append("interval_end_datetime", std::move(end));
    variables.append("interval_seconds", std::move(seconds));
    variables.append("interval_start_datetime", text(date));
    variables.append("interval_start_datetime_previous", std::move(previous));
    return variables;
}

}  // namespace runsim

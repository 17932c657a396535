#include "lifecycle/rows/latest_runs.hpp"

#include <tuple>

namespace runsim {

namespace {

bool is_later(const Run& a, const Run& b, Dialect dialect) {
    const auto key = [&](const Run& run) {
        const bool waits = !run.started_at;
        return std::tuple(dialect == Dialect::postgres && waits, run.started_at, run.id);
    };
    return key(b) < key(a);
}

// Checks the latest run of each date, newest dates first, until `wanted` is true for one.
template <class Wanted>
bool any_latest(const Store& store, ScheduleId schedule, Wanted wanted) {
    const auto& runs = store.runs_by_date(schedule);
    const Run* latest = nullptr;
    for (auto at = runs.rbegin(); at != runs.rend(); ++at) {
        const Run* run = store.run(*at);
        if (latest != nullptr && latest->execution_date != run->execution_date) {
            if (wanted(*latest)) return true;
            latest = nullptr;
        }
        if (latest == nullptr || is_later(*run, *latest, store.dialect())) latest = run;
    }
    return latest != nullptr && wanted(*latest);
}

}  // namespace

bool all_latest_runs_completed(const Store& store, ScheduleId schedule) {
    return !any_latest(store, schedule, [](const Run& run) { return run.status != RunStatus::completed; });
}

bool any_latest_run_failed(const Store& store, ScheduleId schedule) {
    return any_latest(store, schedule, [](const Run& run) { return run.status == RunStatus::failed; });
}

}  // namespace runsim

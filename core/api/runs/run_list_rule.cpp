#include "api/runs/run_list_rule.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "api/runs/run_sources.hpp"
#include "base/sort_stably.hpp"

namespace runsim::api {

std::string RunListRule::key() const {
    std::string key = has_stamps_ ? "runs in windows" : "runs";
    append_order(key, order_);
    key += ' ';
    filter_.append_key(key);
    return key;
}

std::vector<std::uint32_t> RunListRule::all() const {
    std::vector<RunId> runs = RunSources::of(*store_, filter_).matching(*store_, filter_);
    sort_runs(*store_, order_, runs);
    std::vector<std::uint32_t> ids;
    ids.reserve(runs.size());
    for (const RunId id : runs) ids.push_back(id.value);
    return ids;
}

std::optional<std::vector<std::uint32_t>> RunListRule::changed(std::span<const RunChange> changes) const {
    std::vector<std::uint32_t> ids;
    ids.reserve(changes.size());
    for (const RunChange& change : changes) ids.push_back(change.run.value);
    if (!filter_.last_run_failed()) return ids;
    // A run also changes whether earlier runs of its date are listed. Of a run that left its date they are unknown.
    if (std::any_of(changes.begin(), changes.end(), [](const RunChange& change) { return change.moved; }))
        return std::nullopt;
    std::set<std::pair<ScheduleId, MaybeInstant>> dates;
    for (const RunChange& change : changes) {
        if (const Run* run = store_->run(change.run)) dates.insert({run->pipeline_schedule_id, run->execution_date});
    }
    for (const auto& [schedule, date] : dates)
        for (const RunId id : store_->runs_at(schedule, date)) ids.push_back(id.value);
    return ids;
}

bool RunListRule::lists(std::uint32_t id) const {
    const Run* run = store_->run(RunId{id});
    return run && filter_.lists(*store_, *run);
}

bool RunListRule::before(std::uint32_t a, std::uint32_t b) const {
    return comes_before(*store_, order_, run(a), run(b));
}

std::int64_t RunListRule::stamp(std::uint32_t id) const { return run(id).created_at.us; }

void RunListRule::append_of_date(MaybeInstant date, const ListWindow& window, std::vector<RunId>& out) const {
    std::vector<RunId> found;
    for (const RunId id : store_->runs_at(store_->runs_by_date(), date))
        if (lists(id.value) && window.has(stamp(id.value))) found.push_back(id);
    sort_stably(found, [this](RunId a, RunId b) { return before(a.value, b.value); });
    out.insert(out.end(), found.begin(), found.end());
}

}  // namespace runsim::api

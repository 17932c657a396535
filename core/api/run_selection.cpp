#include "api/run_selection.hpp"

#include <algorithm>

namespace runsim::api {

namespace {

// The schedules whose runs may be shown, as a table by id.
std::vector<bool> shown_schedules(const Store& store, const RunFilter& filter) {
    std::vector<bool> shown;
    for (const Schedule& schedule : store.schedules()) {
        if (shown.size() <= schedule.id.value) shown.resize(schedule.id.value + 1);
        shown[schedule.id.value] = filter.shows(schedule);
    }
    return shown;
}

}  // namespace

ResultOf<RunSelection> RunSelection::make(const Store& store, const RunFilter& filter, const RunOrder& order) {
    RunSelection selection(store);
    const SortedChunks<Store::DateKey>* source = &store.runs_by_date();
    bool all_shown = false;
    if (filter.schedule()) {
        const Schedule* schedule = store.schedule(*filter.schedule());
        if (!schedule || !filter.shows(*schedule)) return selection;
        source = &store.runs_by_date(schedule->id);
        all_shown = true;
    } else {
        all_shown = filter.shows_all(store);
    }
    const bool all = all_shown && filter.only_schedule();
    if (all && order.empty()) {
        selection.index_ = source;
        return selection;
    }
    const std::vector<bool> shown = all_shown ? std::vector<bool>() : shown_schedules(store, filter);
    if (all) selection.ids_.reserve(source->size());
    for (auto key = source->rbegin(); key != source->rend(); ++key) {
        const Run& run = *store.run(key->id);
        if (!all_shown) {
            const std::uint32_t schedule = run.pipeline_schedule_id.value;
            if (schedule >= shown.size() || !shown[schedule]) continue;
        }
        if (filter.matches(store, run)) selection.ids_.push_back(run.id);
    }
    if (!order.empty()) {
        if (auto status = sort_runs(store, order, selection.ids_); !status) return status.error();
    }
    return selection;
}

std::int64_t RunSelection::size() const { return static_cast<std::int64_t>(index_ ? index_->size() : ids_.size()); }

void RunSelection::append(const Slice& part, std::vector<RunId>& out) const {
    const auto begin = static_cast<std::size_t>(part.begin);
    const auto count = static_cast<std::size_t>(part.size());
    if (!index_) {
        const auto first = ids_.begin() + part.begin;
        out.insert(out.end(), first, first + part.size());
        return;
    }
    auto key = index_->rnth(begin);
    for (std::size_t i = 0; i < count; ++i, ++key) out.push_back(key->id);
}

void RunSelection::append_of_date(MaybeInstant date, std::vector<RunId>& out) const {
    if (!index_) {
        std::copy_if(ids_.begin(), ids_.end(), std::back_inserter(out),
                     [&](RunId id) { return store_->run(id)->execution_date == date; });
        return;
    }
    Run probe;
    probe.execution_date = date;
    const std::int64_t key_date = store_->date_key(probe).date;
    const std::size_t begin = out.size();
    for (auto key = index_->lower_bound({key_date, RunId{0}}); key != index_->end() && key->date == key_date; ++key) {
        out.push_back(key->id);
    }
    std::reverse(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end());
}

}  // namespace runsim::api

#include "api/runs/run_selection.hpp"

#include <algorithm>
#include <queue>

namespace runsim::api {

namespace {

using Key = Store::DateKey;
using Index = RunsByDate;

// The maximum number of schedules to read one by one if other schedules must not be shown.
constexpr std::size_t kMostSchedules = 64;

void add_statuses(const RunsByStatus& runs, const RunFilter& filter, std::vector<const Index*>& out) {
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (filter.wants_status(static_cast<RunStatus>(i)) && !runs[i].empty()) out.push_back(&runs[i]);
}

void add_schedule(const Store& store, ScheduleId schedule, const RunFilter& filter, std::vector<const Index*>& out) {
    if (!filter.any_status()) return add_statuses(store.runs_by_status(schedule), filter, out);
    if (!store.runs_by_date(schedule).empty()) out.push_back(&store.runs_by_date(schedule));
}

void add_pipelines(const Store& store, const RunFilter& filter, std::vector<const Index*>& out) {
    if (filter.any_pipeline() && filter.any_status()) return out.push_back(&store.runs_by_date());
    for (const PipelineRuns& runs : store.pipeline_runs())
        if (filter.wants_pipeline(runs.id)) add_statuses(runs.by_status, filter, out);
}

// Lists that together contain every matching run, and whether they contain no others.
struct Sources {
    std::vector<const Index*> indexes;
    bool exact = false;
};

Sources sources_of(const Store& store, const RunFilter& filter) {
    Sources sources;
    if (filter.backfill()) {
        const BackfillRuns& runs = store.backfill_runs(BackfillId::from(*filter.backfill()));
        if (!runs.by_date.empty()) sources.indexes = {&runs.by_date};
        sources.exact = runs.orphans == 0 && !filter.schedule() && filter.any_pipeline() && filter.any_status() &&
                        filter.shows_all(store);
    } else if (filter.schedule()) {
        const Schedule* schedule = store.schedule(*filter.schedule());
        if (schedule && filter.shows(*schedule)) add_schedule(store, schedule->id, filter, sources.indexes);
        sources.exact = filter.any_pipeline();
    } else if (filter.shows_all(store)) {
        add_pipelines(store, filter, sources.indexes);
        sources.exact = true;
    } else {
        std::vector<ScheduleId> shown;
        for (const Schedule& schedule : store.schedules())
            if (filter.shows(schedule)) shown.push_back(schedule.id);
        if (shown.size() <= kMostSchedules) {
            for (const ScheduleId id : shown) add_schedule(store, id, filter, sources.indexes);
            sources.exact = filter.any_pipeline();
        } else {
            add_pipelines(store, filter, sources.indexes);
        }
    }
    sources.exact = sources.exact && !filter.looks_at_runs();
    return sources;
}

std::vector<RunId> matching(const Store& store, const RunFilter& filter, const Sources& sources) {
    std::vector<RunId> ids;
    // Neighbouring runs often have the same schedule.
    ScheduleId known;
    bool shown = false;
    for (const Index* index : sources.indexes) {
        for (auto id = index->rbegin(); id != index->rend(); ++id) {
            if (sources.exact) {
                ids.push_back(*id);
                continue;
            }
            const Run& run = *store.run(*id);
            if (run.pipeline_schedule_id != known) {
                known = run.pipeline_schedule_id;
                const Schedule* schedule = store.schedule(known);
                shown = schedule && filter.shows(*schedule) && (!filter.schedule() || known == *filter.schedule());
            }
            if (shown && filter.matches(store, run)) ids.push_back(*id);
        }
    }
    if (sources.indexes.size() > 1) {
        const auto key_of = [&store](RunId id) { return store.date_key(*store.run(id)); };
        std::sort(ids.begin(), ids.end(), [&](RunId a, RunId b) { return key_of(b) < key_of(a); });
    }
    return ids;
}

}  // namespace

ResultOf<RunSelection> RunSelection::make(const Store& store, const RunFilter& filter, const RunOrder& order) {
    RunSelection selection(store);
    Sources sources = sources_of(store, filter);
    if (sources.exact && order.empty()) {
        selection.indexes_ = std::move(sources.indexes);
        return selection;
    }
    selection.ids_ = matching(store, filter, sources);
    if (!order.empty()) {
        if (auto done = sort_runs(store, order, selection.ids_); !done) return done.error();
    }
    return selection;
}

std::int64_t RunSelection::size() const {
    std::size_t size = ids_.size();
    for (const Index* index : indexes_) size += index->size();
    return static_cast<std::int64_t>(size);
}

void RunSelection::append(const Slice& part, std::vector<RunId>& out) const {
    if (part.size() <= 0) return;
    const auto begin = static_cast<std::size_t>(part.begin);
    const auto count = static_cast<std::size_t>(part.size());
    if (indexes_.empty()) {
        const auto first = ids_.begin() + static_cast<std::ptrdiff_t>(part.begin);
        out.insert(out.end(), first, first + static_cast<std::ptrdiff_t>(part.size()));
        return;
    }
    if (indexes_.size() == 1) {
        auto id = indexes_.front()->rnth(begin);
        for (std::size_t i = 0; i < count; ++i, ++id) out.push_back(*id);
        return;
    }
    append_merged(first_of_merged(begin), count, out);
}

std::size_t RunSelection::first_of_merged(std::size_t begin) const {
    const RunDates dates = store_->run_dates();
    const auto behind = [&](const Key& key) {
        std::size_t behind_key = 0;
        for (const Index* index : indexes_) behind_key += index->size() - index->rank(key, dates);
        return behind_key;
    };
    const Index& all = store_->runs_by_date();
    std::size_t low = 0;
    std::size_t high = all.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (behind(dates(all.at(middle))) > begin)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void RunSelection::append_merged(std::size_t end, std::size_t count, std::vector<RunId>& out) const {
    const Index& all = store_->runs_by_date();
    const RunDates dates = store_->run_dates();
    struct Reader {
        std::reverse_iterator<Index::Iterator> at;
        std::size_t left;
        Key key;  // of *at
    };
    std::vector<Reader> readers;
    const auto is_before = [&readers](std::size_t a, std::size_t b) { return readers[a].key < readers[b].key; };
    std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(is_before)> next(is_before);
    for (const Index* index : indexes_) {
        const std::size_t left = end == all.size() ? index->size() : index->rank(dates(all.at(end)), dates);
        if (left == 0) continue;
        const auto at = index->rnth(index->size() - left);
        readers.push_back({at, left, dates(*at)});
    }
    for (std::size_t i = 0; i < readers.size(); ++i) next.push(i);
    for (std::size_t i = 0; i < count && !next.empty(); ++i) {
        const std::size_t first = next.top();
        next.pop();
        Reader& reader = readers[first];
        out.push_back(reader.key.id);
        if (--reader.left == 0) continue;
        reader.key = dates(*++reader.at);
        next.push(first);
    }
}

void RunSelection::append_of_date(MaybeInstant date, std::vector<RunId>& out) const {
    if (indexes_.empty()) {
        std::copy_if(ids_.begin(), ids_.end(), std::back_inserter(out),
                     [&](RunId id) { return store_->run(id)->execution_date == date; });
        return;
    }
    const auto begin = static_cast<std::ptrdiff_t>(out.size());
    for (const Index* index : indexes_)
        for (const RunId id : store_->runs_at(*index, date)) out.push_back(id);
    std::sort(out.begin() + begin, out.end(), [](RunId a, RunId b) { return b < a; });
}

}  // namespace runsim::api

#include "api/runs/run_selection.hpp"

#include <algorithm>
#include <queue>

namespace runsim::api {

namespace {

using Key = Store::DateKey;
using Index = SortedChunks<Key>;

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
    std::vector<Key> keys;
    // Neighbouring runs often have the same schedule.
    ScheduleId known;
    bool shown = false;
    for (const Index* index : sources.indexes) {
        for (auto key = index->rbegin(); key != index->rend(); ++key) {
            if (sources.exact) {
                keys.push_back(*key);
                continue;
            }
            const Run& run = *store.run(key->id);
            if (run.pipeline_schedule_id != known) {
                known = run.pipeline_schedule_id;
                const Schedule* schedule = store.schedule(known);
                shown = schedule && filter.shows(*schedule) && (!filter.schedule() || known == *filter.schedule());
            }
            if (shown && filter.matches(store, run)) keys.push_back(*key);
        }
    }
    if (sources.indexes.size() > 1)
        std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) { return b < a; });
    std::vector<RunId> ids;
    ids.reserve(keys.size());
    for (const Key& key : keys) ids.push_back(key.id);
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
        auto key = indexes_.front()->rnth(begin);
        for (std::size_t i = 0; i < count; ++i, ++key) out.push_back(key->id);
        return;
    }
    append_merged(first_of_merged(begin), count, out);
}

std::size_t RunSelection::first_of_merged(std::size_t begin) const {
    const auto behind = [this](const Key& key) {
        std::size_t behind_key = 0;
        for (const Index* index : indexes_) behind_key += index->size() - index->rank(key);
        return behind_key;
    };
    const Index& all = store_->runs_by_date();
    std::size_t low = 0;
    std::size_t high = all.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (behind(all.at(middle)) > begin)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void RunSelection::append_merged(std::size_t end, std::size_t count, std::vector<RunId>& out) const {
    const Index& all = store_->runs_by_date();
    struct Reader {
        std::reverse_iterator<Index::Iterator> at;
        std::size_t left;
    };
    std::vector<Reader> readers;
    const auto is_before = [&readers](std::size_t a, std::size_t b) { return *readers[a].at < *readers[b].at; };
    std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(is_before)> next(is_before);
    for (const Index* index : indexes_) {
        const std::size_t left = end == all.size() ? index->size() : index->rank(all.at(end));
        if (left == 0) continue;
        readers.push_back({index->rnth(index->size() - left), left});
    }
    for (std::size_t i = 0; i < readers.size(); ++i) next.push(i);
    for (std::size_t i = 0; i < count && !next.empty(); ++i) {
        const std::size_t reader = next.top();
        next.pop();
        out.push_back(readers[reader].at->id);
        ++readers[reader].at;
        if (--readers[reader].left > 0) next.push(reader);
    }
}

void RunSelection::append_of_date(MaybeInstant date, std::vector<RunId>& out) const {
    if (indexes_.empty()) {
        std::copy_if(ids_.begin(), ids_.end(), std::back_inserter(out),
                     [&](RunId id) { return store_->run(id)->execution_date == date; });
        return;
    }
    Run probe;
    probe.execution_date = date;
    const std::int64_t key_date = store_->date_key(probe).date;
    const auto begin = static_cast<std::ptrdiff_t>(out.size());
    for (const Index* index : indexes_) {
        for (auto key = index->lower_bound({key_date, RunId{0}}); key != index->end() && key->date == key_date; ++key)
            out.push_back(key->id);
    }
    std::sort(out.begin() + begin, out.end(), [](RunId a, RunId b) { return b < a; });
}

}  // namespace runsim::api

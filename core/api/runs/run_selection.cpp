#include "api/runs/run_selection.hpp"

#include <algorithm>
#include <queue>

namespace runsim::api {

namespace {

using Key = Store::DateKey;

// A list with at most so many candidates is made for each request.
constexpr std::size_t kFewRuns = 256;

}  // namespace

ResultOf<RunSelection> RunSelection::make(Store& store, const RunFilter& filter, const RunOrder& order) {
    if (auto done = check_run_order(store, order); !done) return done.error();
    RunSelection selection(store);
    RunSources sources = RunSources::of(store, filter);
    if (sources.exact && order.empty()) {
        selection.indexes_ = std::move(sources.indexes);
    } else if (sources.size() <= kFewRuns) {
        selection.ids_ = sources.matching(store, filter);
        sort_runs(store, order, selection.ids_);
    } else {
        selection.rule_.emplace(store, filter, order);
        selection.kept_ = &store.kept_lists().get(store, *selection.rule_);
        selection.window_ = filter.window();
    }
    return selection;
}

std::int64_t RunSelection::size() const {
    if (kept_ != nullptr) return static_cast<std::int64_t>(kept_->count(window_));
    std::size_t size = ids_.size();
    for (const Index* index : indexes_) size += index->size();
    return static_cast<std::int64_t>(size);
}

void RunSelection::append(const Slice& part, std::vector<RunId>& out) const {
    if (part.size() <= 0) return;
    const auto begin = static_cast<std::size_t>(part.begin);
    const auto count = static_cast<std::size_t>(part.size());
    out.reserve(out.size() + count);
    if (kept_ != nullptr) {
        std::vector<std::uint32_t> ids;
        kept_->append(window_, begin, begin + count, ids);
        for (const std::uint32_t id : ids) out.push_back(RunId{id});
        return;
    }
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
    if (kept_ != nullptr) return rule_->append_of_date(date, window_, out);
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

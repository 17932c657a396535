#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "api/calls/paging.hpp"
#include "api/runs/run_filter.hpp"
#include "api/runs/run_list_rule.hpp"
#include "api/runs/run_order.hpp"
#include "api/runs/run_sources.hpp"
#include "store/store.hpp"

namespace runsim::api {

// The runs of a LIST, in order. In the default order, filters by schedule, pipelines, statuses and a backfill use the
// store's indexes, and a page costs only that page. For other filters (a window of time, `last_run_failed`, or several
// of schedule, pipelines and backfill at once) and other orders, the store keeps the list (store/kept_lists.hpp).
// Valid until the next write to the store.
class RunSelection {
public:
    // Fails if the database cannot order so.
    static ResultOf<RunSelection> make(Store& store, const RunFilter& filter, const RunOrder& order);

    std::int64_t size() const;
    // Appends the ids of a slice.
    void append(const Slice& part, std::vector<RunId>& out) const;
    // Appends all runs with this execution date, in order.
    void append_of_date(MaybeInstant date, std::vector<RunId>& out) const;

private:
    using Index = RunSources::Index;
    explicit RunSelection(const Store& store) : store_(&store) {}
    // Returns, as a rank among all runs by date, where the part after the first `begin` runs of all the lists begins.
    // The keys of the part are before that rank, and are read backwards. The number of the lists' keys after a key
    // falls as the key rises, so this is a binary search.
    std::size_t first_of_merged(std::size_t begin) const;
    // Appends `count` ids backwards from that rank: a merge of the lists.
    void append_merged(std::size_t end, std::size_t count, std::vector<RunId>& out) const;

    const Store* store_;
    // A window of the kept list, or nullptr: there is none.
    const KeptList* kept_ = nullptr;
    ListWindow window_;
    std::optional<RunListRule> rule_;
    // Otherwise merged backwards. Empty: use ids_.
    std::vector<const Index*> indexes_;
    std::vector<RunId> ids_;
};

}  // namespace runsim::api

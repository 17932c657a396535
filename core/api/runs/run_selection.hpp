#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "api/calls/paging.hpp"
#include "api/runs/run_filter.hpp"
#include "api/runs/run_order.hpp"
#include "store/store.hpp"

namespace runsim::api {

// The runs that a LIST is a page of, in order. In the default order a schedule, pipelines, statuses and a backfill are
// found in the store's indexes, and any page of them costs that page. What else there is costs a look at every run that
// these leave: a window of time, `last_run_failed`, several of schedule, pipelines and backfill at once; another order
// sorts what is left. Valid until the next write to the store.
class RunSelection {
public:
    static ResultOf<RunSelection> make(const Store& store, const RunFilter& filter, const RunOrder& order);

    std::int64_t size() const;
    // Appends the ids of a part.
    void append(const Slice& part, std::vector<RunId>& out) const;
    // Appends all that have this execution date, in order.
    void append_of_date(MaybeInstant date, std::vector<RunId>& out) const;

private:
    using Index = SortedChunks<Store::DateKey>;
    explicit RunSelection(const Store& store) : store_(&store) {}
    // Where the part behind the first `begin` runs of all the lists begins, as a rank among all runs by date: the keys
    // of the part are before it, and go backwards from there. The number of the lists' keys behind a key falls as the
    // key rises, so the rank is found by halves.
    std::size_t first_of_merged(std::size_t begin) const;
    // Appends `count` ids, from that rank backwards: the lists are read together.
    void append_merged(std::size_t end, std::size_t count, std::vector<RunId>& out) const;

    const Store* store_;
    // Read backwards, together: no run is in two of them. Empty: ids_.
    std::vector<const Index*> indexes_;
    std::vector<RunId> ids_;
};

}  // namespace runsim::api

#pragma once

#include <cstdint>
#include <vector>

#include "api/paging.hpp"
#include "api/run_filter.hpp"
#include "api/run_order.hpp"
#include "store/store.hpp"

namespace runsim::api {

// The runs that a LIST is a page of, in order. Where only a schedule (or nothing) is asked for, in the default order, it is the store's
// own index, and any part of it costs that part. Every other filter looks at each run of the schedule (or of all) once, and another order
// sorts what is left.
// Lives until the next write to the store.
class RunSelection {
public:
    static ResultOf<RunSelection> make(const Store& store, const RunFilter& filter, const RunOrder& order);

    std::int64_t size() const;
    // Appends the ids of a part.
    void append(const Slice& part, std::vector<RunId>& out) const;
    // Appends all that have this execution date, in order.
    void append_of_date(MaybeInstant date, std::vector<RunId>& out) const;

private:
    explicit RunSelection(const Store& store) : store_(&store) {}

    const Store* store_;
    const SortedChunks<Store::DateKey>* index_ = nullptr;  // read backwards; nullptr: ids_
    std::vector<RunId> ids_;
};

}  // namespace runsim::api

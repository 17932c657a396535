#pragma once

#include <cstddef>
#include <vector>

#include "api/runs/run_filter.hpp"
#include "store/store.hpp"

namespace runsim::api {

// The store's lists that together contain every run of a filter. No run is in two of them. Valid until the next write
// to the store.
struct RunSources {
    using Index = RunsByDate;

    static RunSources of(const Store& store, const RunFilter& filter);

    std::size_t size() const;
    // The runs of the filter in the default order.
    std::vector<RunId> matching(const Store& store, const RunFilter& filter) const;

    std::vector<const Index*> indexes;
    bool exact = false;  // they contain no other runs
};

}  // namespace runsim::api

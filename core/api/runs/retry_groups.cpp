#include "api/runs/retry_groups.hpp"

#include <algorithm>

namespace runsim::api {

Outcome group_retries(const Store& store, const RunSelection& selection, std::vector<RunId>& rows) {
    if (rows.empty()) return index_error("list index out of range");
    const auto date_of = [&store](RunId id) { return store.run(id)->execution_date; };
    const MaybeInstant first_date = date_of(rows.front());
    const MaybeInstant last_date = date_of(rows.back());

    std::vector<RunId> group;
    selection.append_of_date(first_date, group);
    // Leave out a group that began on an earlier page.
    const bool drop_first = group.empty() || group.front() != rows.front();

    std::erase_if(rows, [&](RunId id) {
        const MaybeInstant date = date_of(id);
        return date == last_date || (drop_first && date == first_date);
    });
    if (last_date != first_date) {
        group.clear();
        selection.append_of_date(last_date, group);
    }
    rows.insert(rows.end(), group.begin(), group.end());
    return Done{};
}

}  // namespace runsim::api

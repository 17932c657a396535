#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/ids.hpp"
#include "store/kept_list.hpp"
#include "store/kept_lists.hpp"

namespace runsim {

// How a kept list is made, and made again. No list has a block run without a run: nothing notes writes to it.
class KeptListRule : public ListRule {
public:
    // Different lists have different texts.
    virtual std::string key() const = 0;
    virtual bool has_stamps() const = 0;
    // The schedules whose runs the list may have. If they change, the list is made anew.
    virtual std::vector<ScheduleId> schedules() const = 0;
    // Every listed row, in order.
    virtual std::vector<std::uint32_t> all() const = 0;
    // The rows whose place may have changed with these runs, in any order, each any number of times. Returns nullopt if
    // the list must be made anew.
    virtual std::optional<std::vector<std::uint32_t>> changed(std::span<const RunChange> changes) const = 0;

protected:
    ~KeptListRule() = default;
};

// Appends an order to a list's key. An item has a `column` and whether it is `descending`.
template <class Items>
void append_order(std::string& key, const Items& items) {
    for (const auto& item : items) {
        key += item.descending ? '-' : '+';
        key += static_cast<char>('a' + static_cast<int>(item.column));
    }
}

}  // namespace runsim

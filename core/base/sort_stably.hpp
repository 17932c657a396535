#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace runsim {

// Returns the order that sorts the elements 0 to count - 1. Equal elements keep their order.
std::vector<std::uint32_t> stable_order(std::size_t count,
                                        bool (*before)(const void* context, std::uint32_t a, std::uint32_t b),
                                        const void* context);

// Sorts a list. Equal elements keep their order. The code of one sort serves all lists: each std::sort would add
// kilobytes to the module, and most lists are short or sorted already.
template <class List, class Before = std::less<>>
void sort_stably(List& list, const Before& before = {}) {
    if (std::is_sorted(list.begin(), list.end(), before)) return;
    const auto begin = list.begin();
    using Context = std::pair<decltype(begin)&, const Before&>;
    const Context context(begin, before);
    std::vector<std::uint32_t> order = stable_order(
        list.size(),
        [](const void* given, std::uint32_t a, std::uint32_t b) {
            const auto& [elements, comes_before] = *static_cast<const Context*>(given);
            return static_cast<bool>(comes_before(elements[a], elements[b]));
        },
        &context);
    for (std::uint32_t first = 0; first < order.size(); ++first) {
        if (order[first] == first) continue;
        auto element = std::move(begin[first]);
        std::uint32_t to = first;
        for (std::uint32_t from = order[to]; from != first; from = order[to]) {
            begin[to] = std::move(begin[from]);
            order[to] = to;
            to = from;
        }
        begin[to] = std::move(element);
        order[to] = to;
    }
}

}  // namespace runsim

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
    const auto at = [begin = list.begin()](std::uint32_t i) -> auto& { return begin[static_cast<std::ptrdiff_t>(i)]; };
    using Context = std::pair<decltype(at)&, const Before&>;
    const Context context(at, before);
    std::vector<std::uint32_t> order = stable_order(
        list.size(),
        [](const void* given, std::uint32_t a, std::uint32_t b) {
            const auto& [element, comes_before] = *static_cast<const Context*>(given);
            return static_cast<bool>(comes_before(element(a), element(b)));
        },
        &context);
    for (std::uint32_t first = 0; first < order.size(); ++first) {
        if (order[first] == first) continue;
        auto element = std::move(at(first));
        std::uint32_t to = first;
        for (std::uint32_t from = order[to]; from != first; from = order[to]) {
            at(to) = std::move(at(from));
            order[to] = to;
            to = from;
        }
        at(to) = std::move(element);
        order[to] = to;
    }
}

}  // namespace runsim

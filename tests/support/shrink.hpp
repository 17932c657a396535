#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace runsim::test {

// Makes a list that fails as short as it gets while it still fails: first without ever smaller parts of it, then
// without single items, until none can go. Asks at most `most_questions` times. `fails(items)` holds of the list that
// is given, and says the same whenever it is asked.
template <class T, class Fails>
std::vector<T> shrunk(std::vector<T> items, Fails&& fails, int most_questions = 5'000) {
    int questions = 0;
    std::size_t part = items.size() / 2;
    for (bool changed = true; part > 0 || changed;) {
        part = std::max<std::size_t>(part, 1);
        changed = false;
        // From the back: what happened last is most often beside the point.
        for (std::size_t end = items.size(); end > 0;) {
            if (++questions > most_questions) return items;
            const std::size_t begin = end - std::min(part, end);
            std::vector<T> fewer(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(begin));
            fewer.insert(fewer.end(), items.begin() + static_cast<std::ptrdiff_t>(end), items.end());
            end = begin;
            if (!fails(fewer)) continue;
            items = std::move(fewer);
            changed = true;
        }
        part /= 2;
    }
    return items;
}

}  // namespace runsim::test

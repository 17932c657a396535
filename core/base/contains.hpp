#pragma once

#include <algorithm>
#include <iterator>

namespace runsim {

// Returns whether a list has an element equal to `value`. Works for ids and for texts of any kind.
template <class List, class T>
constexpr bool contains(const List& list, const T& value) {
    return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

}  // namespace runsim

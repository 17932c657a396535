#pragma once

#include <algorithm>
#include <iterator>

namespace runsim {

// Whether a list has an element that equals `value`: ids among ids, a text among texts of any kind.
template <class List, class T>
constexpr bool contains(const List& list, const T& value) {
    return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

}  // namespace runsim

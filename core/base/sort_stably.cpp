#include "base/sort_stably.hpp"

#include <numeric>

namespace runsim {

std::vector<std::uint32_t> stable_order(std::size_t count,
                                        bool (*before)(const void* context, std::uint32_t a, std::uint32_t b),
                                        const void* context) {
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [=](std::uint32_t a, std::uint32_t b) {
        return before(context, a, b) || (a < b && !before(context, b, a));
    });
    return order;
}

}  // namespace runsim

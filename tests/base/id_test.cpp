#include "base/id.hpp"

#include <limits>

#include "support/catch.hpp"

using namespace runsim;

TEST_CASE("a number that no row can have gives no id") {
    using RowId = Id<struct RowTag>;
    using Limits = std::numeric_limits<std::int64_t>;
    CHECK(RowId::from(1) == RowId{1});
    CHECK(RowId::from(4'294'967'295) == RowId{4'294'967'295});
    for (const std::int64_t number :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{4'294'967'296}, Limits::max(), Limits::min()})
        CHECK(!RowId::from(number));
}

#include "store/kept_list.hpp"

#include <algorithm>
#include <map>

#include "base/prng.hpp"
#include "support/catch.hpp"

using namespace runsim;

namespace {

struct Row {
    std::uint64_t place = 0;
    std::int64_t stamp = 0;
    bool listed = true;
};

// Rows by id, and what a list of them should be.
class Rows final : public ListRule {
public:
    bool lists(std::uint32_t id) const override { return rows.contains(id) && rows.at(id).listed; }
    bool before(std::uint32_t a, std::uint32_t b) const override {
        const std::uint64_t place = rows.at(a).place;
        const std::uint64_t other = rows.at(b).place;
        return place != other ? place < other : a < b;
    }
    std::int64_t stamp(std::uint32_t id) const override { return rows.at(id).stamp; }

    std::vector<std::uint32_t> all(const ListWindow& window = {}) const {
        std::vector<std::uint32_t> ids;
        for (const auto& [id, row] : rows)
            if (row.listed && window.has(row.stamp)) ids.push_back(id);
        std::sort(ids.begin(), ids.end(), [this](std::uint32_t a, std::uint32_t b) { return before(a, b); });
        return ids;
    }

    std::int64_t lowest_stamp() const {
        std::int64_t lowest = ListWindow::kNoUpper;
        for (const std::uint32_t id : all()) lowest = std::min(lowest, stamp(id));
        return lowest;
    }
    std::int64_t highest_stamp() const {
        std::int64_t highest = ListWindow::kNoLower;
        for (const std::uint32_t id : all()) highest = std::max(highest, stamp(id));
        return highest;
    }

    std::map<std::uint32_t, Row> rows;
};

std::vector<std::uint32_t> part(const std::vector<std::uint32_t>& ids, std::size_t begin, std::size_t end) {
    begin = std::min(begin, ids.size());
    end = std::min(end, ids.size());
    return {ids.begin() + static_cast<std::ptrdiff_t>(begin), ids.begin() + static_cast<std::ptrdiff_t>(end)};
}

void check(const KeptList& list, const Rows& rows, const ListWindow& window, Prng& prng) {
    const std::vector<std::uint32_t> expected = rows.all(window);
    REQUIRE(list.count(window) == expected.size());
    const auto begin = static_cast<std::size_t>(prng.below(expected.size() + 10));
    for (const std::size_t end : {begin, begin + 20, begin + expected.size() + 10}) {
        std::vector<std::uint32_t> shown;
        list.append(window, begin, end, shown);
        REQUIRE((shown == part(expected, begin, end)));
    }
    std::vector<std::uint32_t> all;
    list.append(window, 0, expected.size(), all);
    REQUIRE((all == expected));
}

}  // namespace

TEST_CASE("a kept list is that of a plain sort after any changes") {
    // Places of few values, places that ascend with the ids, and places at random.
    for (const std::uint64_t spread : {5U, 0U, 1'000'000U}) {
        for (const bool with_stamps : {false, true}) {
            Prng prng(spread + 1);
            Rows rows;
            KeptList list(with_stamps);
            std::uint32_t next = 1;
            for (int round = 0; round < 36; ++round) {
                std::vector<std::uint32_t> changed;
                // In the middle the list grows, at the end it shrinks to nothing.
                const std::uint64_t most = round % 5 == 0 ? 900 : 40;
                for (std::uint64_t i = 0; i < most; ++i) {
                    const bool is_new = rows.rows.empty() || prng.below(100) < (round < 24 ? 60U : 5U);
                    const std::uint32_t id =
                        is_new ? next++ : static_cast<std::uint32_t>(1 + prng.below(std::uint64_t{next} + 5));
                    changed.push_back(id);
                    if (!is_new && prng.below(3) < (round < 24 ? 1U : 3U)) {
                        rows.rows.erase(id);
                        continue;
                    }
                    const auto stamp = static_cast<std::int64_t>(id) - static_cast<std::int64_t>(prng.below(300));
                    rows.rows[id] = {spread == 0 ? id : prng.below(spread), stamp, prng.below(4) != 0};
                }
                std::sort(changed.begin(), changed.end());
                changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
                list.update(changed, rows);
                REQUIRE(list.size() == rows.all().size());
                check(list, rows, {}, prng);
                if (!with_stamps) continue;
                const auto from = static_cast<std::int64_t>(prng.below(next));
                check(list, rows, {from, from + static_cast<std::int64_t>(prng.below(800))}, prng);
                check(list, rows, {.from = from}, prng);
                check(list, rows, {.to = from}, prng);
                check(list, rows, {.to = rows.lowest_stamp()}, prng);
                check(list, rows, {.from = rows.highest_stamp()}, prng);
            }
        }
    }
}

TEST_CASE("a list that is replaced has the given rows only") {
    Rows rows;
    for (std::uint32_t id = 1; id <= 1'000; ++id) rows.rows[id] = {1'000U - id, id, true};
    Prng prng(1);
    KeptList list(true);
    list.assign(rows.all(), rows);
    check(list, rows, {}, prng);
    check(list, rows, {100, 612}, prng);
    list.assign({}, rows);
    CHECK(list.size() == 0);
    CHECK(list.count({100, 612}) == 0);
}

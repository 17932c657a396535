#include "store/table.hpp"

#include <map>
#include <string>

#include "base/id.hpp"
#include "base/prng.hpp"
#include "support/catch.hpp"

using namespace runsim;

namespace {

struct Row {
    Id<struct RowTag> id;
    std::string text;
    friend bool operator==(const Row&, const Row&) = default;
};
using RowId = Id<struct RowTag>;
using Model = std::map<std::uint32_t, std::string>;

constexpr std::uint32_t kHighest = 0xffff'ffff;

void check_equal(const Table<Row>& table, const Model& model) {
    REQUIRE(table.size() == model.size());
    Model forwards, backwards;
    std::uint32_t last = 0;
    for (const Row& row : table) {
        REQUIRE(row.id.value > last);
        last = row.id.value;
        forwards.emplace(row.id.value, row.text);
    }
    for (auto at = table.rbegin(); at != table.rend(); ++at) {
        REQUIRE(at->id.value <= last);
        last = at->id.value;
        backwards.emplace(at->id.value, at->text);
    }
    REQUIRE(forwards == model);
    REQUIRE(backwards == model);
}

// find, first_from and last_up_to at an id and its neighbours.
void check_around(const Table<Row>& table, const Model& model, std::uint32_t id) {
    for (const std::uint32_t probe : {id - 1, id, id + 1}) {
        const auto from = model.lower_bound(probe);
        const auto behind = model.upper_bound(probe);
        const Row* first = table.first_from(RowId{probe});
        const Row* last = table.last_up_to(RowId{probe});
        const Row* exact = table.find(RowId{probe});
        INFO("id " << probe);
        REQUIRE((first != nullptr) == (from != model.end()));
        if (first != nullptr) REQUIRE(first->id.value == from->first);
        REQUIRE((last != nullptr) == (behind != model.begin()));
        if (last != nullptr) REQUIRE(last->id.value == std::prev(behind)->first);
        REQUIRE((exact != nullptr) == model.contains(probe));
        if (exact != nullptr) REQUIRE(exact->text == model.at(probe));
    }
}

std::string text_of(std::uint32_t id) { return "a text too long to stand in its string " + std::to_string(id); }

}  // namespace

TEST_CASE("a table finds and walks its rows at the borders of chunks and pages") {
    for (const std::uint32_t size : {0U, 1U, 62U, 63U, 64U, 65U, 127U, 128U, 129U, 4094U, 4095U, 4096U, 4097U, 9000U}) {
        INFO(size << " rows");
        Table<Row> table;
        Model model;
        for (std::uint32_t id = 1; id <= size; ++id) {
            table.insert({RowId{id}, text_of(id)});
            model.emplace(id, text_of(id));
        }
        check_equal(table, model);
        for (const std::uint32_t id : {1U, 63U, 64U, 128U, 4095U, 4096U, 8192U, size, size + 1, kHighest - 1})
            check_around(table, model, id);
        CHECK(table.find(RowId{0}) == nullptr);
    }
}

TEST_CASE("a table does what a plain map does, with dense ids and with scattered ones") {
    struct Case {
        const char* what;
        std::uint64_t range, step;
    };
    const Case cases[] = {{"dense", 600, 1}, {"sparse", 9'000, 1}, {"far apart", 2'000, 2'147'483}};
    for (const Case& c : cases) {
        for (const std::uint64_t seed : {1U, 2U, 3U}) {
            Prng prng(seed);
            Table<Row> table;
            Model model;
            for (int batch = 0; batch < 9; ++batch) {
                const std::uint64_t inserts_of_ten = batch % 3 == 2 ? 2 : 7;
                for (int i = 0; i < 500; ++i) {
                    const auto id = static_cast<std::uint32_t>(1 + prng.below(c.range) * c.step);
                    const bool there = model.contains(id);
                    REQUIRE((table.find(RowId{id}) != nullptr) == there);
                    if (there && prng.below(2) == 0) {
                        model[id] = table.edit(RowId{id})->text = "edited " + std::to_string(i);
                    } else if (there && prng.below(10) >= inserts_of_ten) {
                        table.erase(RowId{id});
                        model.erase(id);
                    } else if (!there) {
                        REQUIRE(table.edit(RowId{id}) == nullptr);
                        table.insert({RowId{id}, text_of(id)});
                        model.emplace(id, text_of(id));
                    }
                    check_around(table, model, id);
                }
                INFO(c.what << ", seed " << seed << ", batch " << batch);
                check_equal(table, model);
            }
            for (const auto& [id, text] : Model(model)) table.erase(RowId{id});
            check_equal(table, {});
        }
    }
}

TEST_CASE("a walk over a table goes on after rows were added, changed and erased under it") {
    Table<Row> table;
    for (std::uint32_t id = 1; id <= 300; ++id) table.insert({RowId{2 * id}, text_of(id)});
    const Table<Row> before = table;
    std::vector<std::uint32_t> seen;
    for (const Row& row : table) {
        const std::uint32_t id = row.id.value;
        seen.push_back(id);
        if (id % 4 == 0 && id < 600) {
            table.erase(RowId{id});
            table.insert({RowId{id + 1}, "added behind"});
        } else if (id % 2 == 0) {
            table.edit(RowId{id})->text = "seen";
        }
    }
    std::vector<std::uint32_t> expected;
    for (std::uint32_t id = 2; id <= 600; id += 2) {
        expected.push_back(id);
        if (id % 4 == 0 && id < 600) expected.push_back(id + 1);
    }
    CHECK(seen == expected);
    CHECK(table.find(RowId{4}) == nullptr);
    CHECK(before.find(RowId{4}) != nullptr);
}

TEST_CASE("copies of a table stay what they were when any of them is written") {
    Prng prng(9);
    std::vector<std::pair<Table<Row>, Model>> copies(1);
    for (std::uint32_t id = 1; id <= 5'000; ++id) {
        copies[0].first.insert({RowId{id}, text_of(id)});
        copies[0].second.emplace(id, text_of(id));
    }
    for (int round = 0; round < 40; ++round) {
        const auto source = static_cast<std::size_t>(prng.below(copies.size()));
        if (copies.size() < 6) copies.push_back(copies[source]);
        auto& [table, model] = copies[static_cast<std::size_t>(prng.below(copies.size()))];
        for (int i = 0; i < 30; ++i) {
            const auto id = static_cast<std::uint32_t>(1 + prng.below(6'000));
            if (!model.contains(id)) {
                table.insert({RowId{id}, "new"});
                model.emplace(id, "new");
            } else if (prng.below(2) == 0) {
                model[id] = table.edit(RowId{id})->text = "round " + std::to_string(round);
            } else {
                table.erase(RowId{id});
                model.erase(id);
            }
        }
        if (round % 15 == 7) copies.erase(copies.begin());
    }
    for (const auto& [table, model] : copies) check_equal(table, model);
}

TEST_CASE("tables are equal when their rows and counters are, however they came about") {
    Table<Row> up, down;
    for (std::uint32_t id = 1; id <= 5'000; ++id) up.insert({RowId{id}, text_of(id)});
    for (std::uint32_t id = 5'001; id-- > 1;) down.insert({RowId{id}, text_of(id)});
    CHECK(up == down);
    Table<Row> copy = up;
    CHECK(copy == up);
    copy.edit(RowId{4'999})->text = "other";
    CHECK(!(copy == up));
    copy = up;
    copy.take_id(Dialect::postgres);
    CHECK(!(copy == up));
    copy = up;
    copy.erase(RowId{3});
    copy.insert({RowId{6'000}, ""});
    CHECK(!(copy == up));
}

TEST_CASE("the next id is the counter's on postgres and one more than the highest on sqlite") {
    Table<Row> table;
    CHECK(table.next_id(Dialect::postgres) == RowId{1});
    CHECK(table.next_id(Dialect::sqlite) == RowId{1});
    for (int i = 0; i < 3; ++i) table.insert({table.take_id(Dialect::postgres), ""});
    table.insert({RowId{70}, "brought its id"});
    CHECK(table.next_id(Dialect::postgres) == RowId{4});
    CHECK(table.next_id(Dialect::sqlite) == RowId{71});
    table.erase(RowId{70});
    table.erase(RowId{3});
    CHECK(table.next_id(Dialect::postgres) == RowId{4});
    CHECK(table.next_id(Dialect::sqlite) == RowId{3});
    CHECK(table.take_id(Dialect::sqlite) == RowId{3});
    CHECK(table.next_id(Dialect::sqlite) == RowId{3});
    CHECK(table.counter() == 3);
}

TEST_CASE("a table keeps and walks past the highest id") {
    Table<Row> table;
    table.insert({RowId{kHighest}, "last"});
    table.insert({RowId{1}, "first"});
    check_equal(table, {{1, "first"}, {kHighest, "last"}});
    CHECK(table.first_from(RowId{2})->id.value == kHighest);
    CHECK(table.last_up_to(RowId{kHighest - 1})->id.value == 1);
}

namespace {

struct CountedRow {
    Id<struct CountedRowTag> id;
    CountedRow() = default;
    explicit CountedRow(std::uint32_t number) : id{number} {}
    CountedRow(const CountedRow& other) : id(other.id) { ++copies; }
    CountedRow(CountedRow&&) = default;
    CountedRow& operator=(const CountedRow&) = default;
    CountedRow& operator=(CountedRow&&) = default;
    static inline int copies = 0;
};

}  // namespace

TEST_CASE("a copy of a table copies no row, and its first write only the chunk that it writes to") {
    Table<CountedRow> table;
    for (std::uint32_t id = 1; id <= 20'000; ++id) table.insert(CountedRow(id));
    CountedRow::copies = 0;
    Table<CountedRow> copy = table;
    CHECK(CountedRow::copies == 0);
    for (int i = 0; i < 3; ++i) CHECK(copy.edit({5'000}) != nullptr);
    CHECK(CountedRow::copies == 64);
    copy.erase({9'000});
    CHECK(CountedRow::copies == 128);
    copy.insert(CountedRow(20'001));
    CHECK(CountedRow::copies <= 192);
    CHECK(table.size() == 20'000);
    table.edit({5'000});  // the other owner is gone from this chunk
    CHECK(CountedRow::copies <= 192);
}

#include "store/kept_lists.hpp"

#include <algorithm>

#include "store/kept_list_rule.hpp"
#include "support/catch.hpp"
#include "support/store_model.hpp"

using namespace runsim;

namespace {

// All runs, or all block runs that have a run, by status and id.
template <class Row>
class ByStatus final : public KeptListRule {
public:
    explicit ByStatus(const Store& store, std::string key = "by status") : store_(&store), key_(std::move(key)) {}

    std::string key() const override { return key_; }
    bool has_stamps() const override { return true; }
    std::vector<ScheduleId> schedules() const override {
        std::vector<ScheduleId> ids;
        for (const Schedule& schedule : store_->schedules()) ids.push_back(schedule.id);
        return ids;
    }
    std::vector<std::uint32_t> all() const override {
        ++made;
        std::vector<std::uint32_t> ids;
        if constexpr (std::is_same_v<Row, Run>) {
            for (const Run& row : store_->runs()) ids.push_back(row.id.value);
        } else {
            for (const BlockRun& row : store_->block_runs())
                if (lists(row.id.value)) ids.push_back(row.id.value);
        }
        std::sort(ids.begin(), ids.end(), [this](std::uint32_t a, std::uint32_t b) { return before(a, b); });
        return ids;
    }
    std::optional<std::vector<std::uint32_t>> changed(std::span<const RunChange> changes) const override {
        std::vector<std::uint32_t> ids;
        for (const RunChange& change : changes) {
            if constexpr (std::is_same_v<Row, Run>) {
                ids.push_back(change.run.value);
            } else {
                if (change.erased) ids.push_back(change.erased.value);
                for (const BlockRun& row : store_->block_runs_of(change.run)) ids.push_back(row.id.value);
            }
        }
        return ids;
    }
    bool lists(std::uint32_t id) const override {
        if constexpr (std::is_same_v<Row, Run>)
            return row(id) != nullptr;
        else
            return row(id) != nullptr && store_->run(row(id)->pipeline_run_id) != nullptr;
    }
    bool before(std::uint32_t a, std::uint32_t b) const override {
        return row(a)->status != row(b)->status ? row(a)->status < row(b)->status : a < b;
    }
    std::int64_t stamp(std::uint32_t id) const override { return created_at(*row(id)).us; }

    mutable int made = 0;

private:
    const Row* row(std::uint32_t id) const { return store_->find(decltype(Row::id){id}); }

    const Store* store_;
    std::string key_;
};

template <class Rule>
std::vector<std::uint32_t> listed(Store& store, const Rule& rule) {
    std::vector<std::uint32_t> ids;
    const KeptList& list = store.kept_lists().get(store, rule);
    list.append({}, 0, list.size(), ids);
    return ids;
}

RunId add_run(Store& store) {
    Run run;
    run.pipeline_schedule_id = ScheduleId{1};
    return store.insert(std::move(run));
}

void finish(Store& store, RunId id) {
    store.update(id, [](Run& run) { run.status = RunStatus::completed; });
}

}  // namespace

TEST_CASE("kept lists follow random writes, in every copy of the store") {
    for (const Dialect dialect : {Dialect::postgres, Dialect::sqlite}) {
        support::StoreModel model(dialect, 3);
        for (int i = 0; i < 4'000; ++i) model.write();
        support::StoreModel copy = model;
        for (int round = 0; round < 150; ++round) {
            for (support::StoreModel* each : {&model, &copy}) {
                const ByStatus<Run> runs(each->store, "runs");
                const ByStatus<BlockRun> block_runs(each->store, "block runs");
                for (int i = 0; i < 20; ++i) each->write();
                REQUIRE((listed(each->store, runs) == runs.all()));
                // The second list is asked for less often.
                if (round % 3 == 0) REQUIRE((listed(each->store, block_runs) == block_runs.all()));
            }
            if (round % 40 == 39) copy = support::StoreModel(model);
        }
    }
}

TEST_CASE("a kept list is made once, and again if many runs or the schedules changed") {
    Store store;
    std::vector<RunId> runs;
    for (int i = 0; i < 1'000; ++i) runs.push_back(add_run(store));
    const ByStatus<Run> rule(store);
    const auto times_made = [&] {
        const int before = rule.made;
        const auto ids = listed(store, rule);
        const int times = rule.made - before;
        CHECK((ids == rule.all()));
        return times;
    };
    CHECK(times_made() == 1);
    CHECK(times_made() == 0);
    for (int i = 0; i < 100; ++i) finish(store, runs[static_cast<std::size_t>(i)]);
    CHECK(times_made() == 0);
    for (const RunId id : runs) finish(store, id);
    CHECK(times_made() == 1);
    store.insert(Schedule());
    CHECK(times_made() == 1);
    store.update(ScheduleId{1}, [](Schedule& schedule) { schedule.name = "other"; });
    CHECK(times_made() == 0);
}

TEST_CASE("a run is noted once between two requests, and only if there is a list") {
    Store store;
    const RunId run = add_run(store);
    const RunId other = add_run(store);
    CHECK(store.kept_lists().changes() == 0);
    const ByStatus<Run> rule(store);
    listed(store, rule);
    for (int i = 0; i < 10; ++i) finish(store, run);
    CHECK(store.kept_lists().changes() == 1);
    finish(store, other);
    add_run(store);
    CHECK(store.kept_lists().changes() == 3);

    const Store copy = store;
    CHECK(Store(copy).kept_lists().lists() == 0);
    CHECK(Store(copy).kept_lists().changes() == 0);
    CHECK(copy == store);
}

TEST_CASE("the lists asked for last are kept, as long as they are asked for") {
    Store store;
    const RunId run = add_run(store);
    for (int i = 0; i < 100; ++i) add_run(store);
    for (std::size_t i = 0; i < 2 * KeptLists::kMostLists; ++i) listed(store, ByStatus<Run>(store, std::to_string(i)));
    CHECK(store.kept_lists().lists() == KeptLists::kMostLists);
    const ByStatus<Run> last(store, std::to_string(2 * KeptLists::kMostLists - 1));
    listed(store, last);
    CHECK(last.made == 0);

    // Nobody asks for any.
    const auto erase_block_runs = [&](std::size_t times) {
        for (std::size_t i = 0; i < times; ++i) {
            BlockRun row;
            row.pipeline_run_id = run;
            store.erase(store.insert(std::move(row)));
            REQUIRE(store.kept_lists().changes() <= KeptLists::kMostChanges);
        }
    };
    erase_block_runs(KeptLists::kMostChanges / 2);
    CHECK(store.kept_lists().lists() == KeptLists::kMostLists);
    listed(store, last);
    add_run(store);
    erase_block_runs(KeptLists::kMostChanges / 2);
    CHECK(store.kept_lists().lists() == 1);
    CHECK(listed(store, last) == last.all());
    erase_block_runs(KeptLists::kMostChanges + 1);
    CHECK(store.kept_lists().lists() == 0);
    CHECK(store.kept_lists().changes() == 0);
    CHECK(listed(store, last) == last.all());
}

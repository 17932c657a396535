#include "store/store.hpp"

#include <utility>

#include "support/catch.hpp"
#include "support/store_check.hpp"
#include "support/store_model.hpp"

using namespace runsim;

namespace {

Run run_of(std::uint32_t schedule, MaybeInstant date = {}, RunStatus status = RunStatus::initial) {
    Run run;
    run.pipeline_schedule_id = ScheduleId{schedule};
    run.execution_date = date;
    run.status = status;
    return run;
}

BlockRun block_run_of(RunId run) {
    BlockRun row;
    row.pipeline_run_id = run;
    return row;
}

std::vector<std::uint32_t> ids(const RunsByDate& runs) {
    std::vector<std::uint32_t> out;
    for (const RunId id : runs) out.push_back(id.value);
    return out;
}

std::vector<std::uint32_t> block_run_ids(const Store& store, RunId run) {
    std::vector<std::uint32_t> out;
    for (const BlockRun& row : store.block_runs_of(run)) out.push_back(row.id.value);
    return out;
}

}  // namespace

TEST_CASE("after thousands of random writes the rows are those of a plain model and the indexes those of a scan") {
    for (const Dialect dialect : {Dialect::postgres, Dialect::sqlite}) {
        for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
            support::StoreModel model(dialect, seed);
            for (int batch = 0; batch < 25; ++batch) {
                for (int i = 0; i < 150; ++i) model.write();
                INFO(name_of(dialect) << ", seed " << seed << ", batch " << batch);
                REQUIRE(model.differences() == "");
                REQUIRE(support::index_errors(model.store) == "");
            }
        }
    }
}

TEST_CASE("copies of a store stay what they were when any of them is written") {
    for (const Dialect dialect : {Dialect::postgres, Dialect::sqlite}) {
        Prng prng(77);
        std::vector<support::StoreModel> copies;
        copies.emplace_back(dialect, 6);
        for (int i = 0; i < 1'500; ++i) copies[0].write();
        for (int round = 0; round < 40; ++round) {
            const auto source = static_cast<std::size_t>(prng.below(copies.size()));
            if (copies.size() < 6) {
                copies.push_back(support::StoreModel(copies[source]));
                REQUIRE(copies.back().store == copies[source].store);
                copies.back().prng = Prng(prng.next());
            }
            support::StoreModel& written = copies[static_cast<std::size_t>(prng.below(copies.size()))];
            for (int i = 0; i < 40; ++i) written.write();
            if (round % 12 == 6) copies.erase(copies.begin());
        }
        for (const support::StoreModel& copy : copies) {
            CHECK(copy.differences() == "");
            CHECK(support::index_errors(copy.store) == "");
        }
    }
}

TEST_CASE("runs stand by execution date and id, those without a date where the dialect puts NULL") {
    for (const Dialect dialect : {Dialect::postgres, Dialect::sqlite}) {
        Store store(dialect);
        store.insert(run_of(1, Instant{500}));
        store.insert(run_of(2));
        store.insert(run_of(1, Instant{-7}));
        store.insert(run_of(1, Instant{500}));
        store.insert(run_of(0, Instant{400}));  // an orphan
        store.insert(run_of(1));
        using Ids = std::vector<std::uint32_t>;
        const bool first = dialect == Dialect::sqlite;
        INFO(name_of(dialect));
        CHECK(ids(store.runs_by_date()) == (first ? Ids{2, 6, 3, 1, 4} : Ids{3, 1, 4, 2, 6}));
        CHECK(ids(store.runs_by_date(ScheduleId{1})) == (first ? Ids{6, 3, 1, 4} : Ids{3, 1, 4, 6}));
        CHECK(ids(store.runs_by_date(ScheduleId{2})) == Ids{2});
        CHECK(ids(store.runs_by_date(ScheduleId{3})).empty());
        CHECK(ids(store.runs_by_date(ScheduleId{0})).empty());
        CHECK(store.runs_by_id(ScheduleId{1}).size() == 4);
        CHECK(store.runs().size() == 6);
    }
}

TEST_CASE("a run whose schedule is deleted leaves every index but that of running runs") {
    Store store;
    const RunId running = store.insert(run_of(4, Instant{1}, RunStatus::running));
    const RunId initial = store.insert(run_of(4, Instant{2}));
    CHECK(store.initial_runs(ScheduleId{4}) == std::vector{initial});
    CHECK(store.running_count(ScheduleId{4}) == 1);
    for (const RunId id : {running, initial}) store.update(id, [](Run& run) { run.pipeline_schedule_id = {}; });
    CHECK(store.runs_by_date().empty());
    CHECK(store.runs_by_date(ScheduleId{4}).empty());
    CHECK(store.runs_by_id(ScheduleId{4}).empty());
    CHECK(store.initial_runs(ScheduleId{4}).empty());
    CHECK(store.running_count(ScheduleId{4}) == 0);
    CHECK(store.running_runs() == std::vector{running});
    store.update(running, [](Run& run) { run.status = RunStatus::completed; });
    CHECK(store.running_runs().empty());
}

TEST_CASE("ids come from a counter on postgres, and freed top ids come again on sqlite") {
    for (const Dialect dialect : {Dialect::postgres, Dialect::sqlite}) {
        const bool reuses = dialect == Dialect::sqlite;
        INFO(name_of(dialect));
        Store store(dialect);
        CHECK(store.insert(run_of(1)) == RunId{1});
        CHECK(store.insert(run_of(1)) == RunId{2});
        store.erase(RunId{2});
        CHECK(store.insert(run_of(1)) == RunId{reuses ? 2U : 3U});
        Run brings = run_of(1);
        brings.id = RunId{40};
        CHECK(store.insert(brings) == RunId{40});
        CHECK(store.next_id<Run>() == RunId{reuses ? 41U : 4U});
        store.skip_id<Run>();
        CHECK(store.next_id<Run>() == RunId{reuses ? 41U : 5U});
        CHECK(store.next_id<BlockRun>() == BlockRunId{1});
        CHECK(store.insert(Schedule{}) == ScheduleId{1});
        CHECK(store.insert(Backfill{}) == BackfillId{1});
        CHECK(store.insert(EventMatcher{}) == EventMatcherId{1});
        store.erase(EventMatcherId{1});
        CHECK(store.next_id<EventMatcher>() == EventMatcherId{reuses ? 1U : 2U});
        CHECK(store.event_matchers().empty());
    }
}

TEST_CASE("every write to a run or to one of its block runs counts up the run's revision, and only that run's") {
    Store store;
    const RunId run = store.insert(run_of(1));
    const RunId other = store.insert(run_of(1));
    const BlockRunId block_run = store.insert(block_run_of(run));
    std::uint32_t last = 0;
    const auto grew = [&](RunId id) {
        const std::uint64_t revision = store.run(id)->revision;
        return revision > std::exchange(last, revision);
    };
    CHECK(grew(run));
    const std::uint64_t of_other = store.run(other)->revision;
    store.update(run, [](Run& row) { row.passed_sla = true; });
    CHECK(grew(run));
    store.update(block_run, [](BlockRun& row) { row.status = BlockRunStatus::running; });
    CHECK(grew(run));
    const BlockRunId second = store.insert(block_run_of(run));
    CHECK(grew(run));
    store.erase(second);
    CHECK(grew(run));
    CHECK(store.run(other)->revision == of_other);
    store.update(block_run, [&](BlockRun& row) { row.pipeline_run_id = other; });
    CHECK(grew(run));
    CHECK(store.run(other)->revision > of_other);
    CHECK(block_run_ids(store, run).empty());
    CHECK(block_run_ids(store, other) == std::vector<std::uint32_t>{1});
}

TEST_CASE("a row that takes a freed id does not take its revision with it") {
    Store store(Dialect::sqlite);
    const RunId run = store.insert(run_of(1));
    store.update(run, [](Run& row) { row.passed_sla = true; });
    const std::uint64_t before = store.run(run)->revision;
    store.erase(run);
    REQUIRE(store.insert(run_of(1)) == run);
    CHECK(store.run(run)->revision > before);

    const ScheduleId schedule = store.insert(Schedule{});
    store.update(schedule, [](Schedule& row) { row.name = "a"; });
    const std::uint64_t of_schedule = store.schedule(schedule)->revision;
    store.erase(schedule);
    REQUIRE(store.insert(Schedule{}) == schedule);
    CHECK(store.schedule(schedule)->revision > of_schedule);
}

TEST_CASE("block runs of a run are found wherever they stand in the table") {
    Store store;
    const RunId a = store.insert(run_of(1));
    const RunId b = store.insert(run_of(1));
    const auto add = [&](RunId run, std::uint32_t id) {
        BlockRun row = block_run_of(run);
        row.id = BlockRunId{id};
        store.insert(row);
    };
    using Ids = std::vector<std::uint32_t>;
    for (const std::uint32_t id : {10U, 11U, 12U}) add(a, id);
    for (const std::uint32_t id : {13U, 14U}) add(b, id);
    add(a, 15);
    CHECK(block_run_ids(store, a) == Ids{10, 11, 12, 15});
    store.erase(BlockRunId{11});
    CHECK(block_run_ids(store, a) == Ids{10, 12, 15});
    add(a, 11);  // closes the gap between two spans
    store.update(BlockRunId{14}, [&](BlockRun& row) { row.pipeline_run_id = a; });
    store.update(BlockRunId{13}, [&](BlockRun& row) { row.pipeline_run_id = a; });
    CHECK(block_run_ids(store, a) == Ids{10, 11, 12, 13, 14, 15});
    CHECK(block_run_ids(store, b).empty());
    CHECK(store.block_runs_count(a) == 6);
    add(RunId{99}, 1);  // of a run that is not there
    CHECK(block_run_ids(store, RunId{99}) == Ids{1});
    CHECK(support::index_errors(store) == "");
}

TEST_CASE("the block runs of a run may be changed while they are walked, in a store that shares them") {
    Store store;
    std::vector<RunId> runs;
    for (int i = 0; i < 50; ++i) {
        runs.push_back(store.insert(run_of(1)));
        for (int k = 0; k < 5; ++k) store.insert(block_run_of(runs.back()));
    }
    const Store fork = store;
    for (const RunId run : runs)
        for (const BlockRun& row : store.block_runs_of(run))
            store.update(row.id, [](BlockRun& changed) { changed.status = BlockRunStatus::cancelled; });
    for (const BlockRun& row : store.block_runs()) REQUIRE(row.status == BlockRunStatus::cancelled);
    for (const BlockRun& row : fork.block_runs()) REQUIRE(row.status == BlockRunStatus::initial);
}

TEST_CASE("the first backfill of a schedule is found whatever is written to backfills") {
    Store store;
    const auto insert = [&store](std::uint32_t schedule) {
        Backfill row;
        row.pipeline_schedule_id = ScheduleId{schedule};
        return store.insert(std::move(row));
    };
    const auto first = [&store](std::uint32_t schedule) {
        CHECK(support::index_errors(store) == "");
        const Backfill* row = store.first_backfill(ScheduleId{schedule});
        return row == nullptr ? BackfillId{} : row->id;
    };
    insert(0);
    const BackfillId older = insert(3);
    const BackfillId newer = insert(3);
    CHECK(first(0) == BackfillId{});
    CHECK(first(3) == older);
    CHECK(first(4) == BackfillId{});
    store.update(older, [](Backfill& row) { row.pipeline_schedule_id = ScheduleId{4}; });
    CHECK(first(3) == newer);
    CHECK(first(4) == older);
    store.update(older, [](Backfill& row) { row.pipeline_schedule_id = {}; });
    CHECK(first(4) == BackfillId{});
    store.erase(newer);
    CHECK(first(3) == BackfillId{});
}

TEST_CASE("the runs of a date are those of that schedule and no other date") {
    for (const Dialect dialect : {Dialect::postgres, Dialect::sqlite}) {
        Store store(dialect);
        store.insert(run_of(1, Instant{500}));
        store.insert(run_of(2, Instant{500}));
        store.insert(run_of(1));
        store.insert(run_of(1, Instant{500}));
        store.insert(run_of(1, Instant{501}));
        const auto at = [&store](std::uint32_t schedule, MaybeInstant date) {
            std::vector<std::uint32_t> found;
            for (const RunId id : store.runs_at(ScheduleId{schedule}, date)) found.push_back(id.value);
            return found;
        };
        using Ids = std::vector<std::uint32_t>;
        CHECK(at(1, Instant{500}) == Ids{1, 4});
        CHECK(at(1, MaybeInstant()) == Ids{3});
        CHECK(at(2, MaybeInstant()).empty());
        CHECK(at(1, Instant{499}).empty());
        CHECK(store.runs_at(ScheduleId{3}, Instant{500}).empty());
    }
}

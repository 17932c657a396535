#include "base/archive.hpp"
#include "store/store.hpp"
#include "support/catch.hpp"
#include "support/store_check.hpp"
#include "support/store_model.hpp"

using namespace runsim;

namespace {

std::string saved(const Store& store) {
    ArchiveWriter writer;
    writer(store);
    return writer.take();
}

std::uint64_t hashed(const Store& store) {
    ArchiveHasher hasher;
    hasher(store);
    return hasher.hash();
}

bool loads(std::string_view bytes, Store& store) {
    ArchiveReader reader(bytes);
    reader(store);
    return reader.ok() && reader.at_end();
}

// A store with rows in every table and every column set.
Store full_store(Dialect dialect) {
    Store store(dialect);
    Schedule schedule;
    schedule.name = "late forest";
    schedule.schedule_type = ScheduleType::event;
    schedule.sla = 3'600;
    schedule.settings = json::Text(R"({"timeout": 60})");
    schedule.tags = {"b", "a"};
    schedule.event_matchers = {EventMatcherId{1}};
    schedule.pipeline_uuid = store.symbols.intern("example_pipeline");
    store.insert(schedule);
    Run run;
    run.pipeline_schedule_id = ScheduleId{1};
    run.backfill_id = BackfillId{1};
    run.pipeline_uuid = schedule.pipeline_uuid;
    run.executor_type = store.symbols.intern("local_python");
    run.execution_date = Instant{1};
    run.variables = json::Text("{}");
    run.passed_sla = true;
    store.insert(run);
    BlockRun block_run;
    block_run.pipeline_run_id = RunId{1};
    block_run.block_uuid = store.symbols.intern("load_titanic");
    block_run.status = BlockRunStatus::condition_failed;
    block_run.metrics = json::Text(R"({"rows": 7})");
    store.insert(block_run);
    Backfill backfill;
    backfill.interval_type = IntervalType::custom;
    backfill.status = BackfillStatus::failed;
    store.insert(backfill);
    EventMatcher matcher;
    matcher.pattern = json::Text(R"({"a": ["b"]})");
    store.insert(matcher);
    return store;
}

}  // namespace

TEST_CASE("a saved store comes back equal, with the same hash and rebuilt indexes") {
    for (const Dialect dialect : {Dialect::postgres, Dialect::sqlite}) {
        for (const std::uint64_t seed : {1U, 2U, 3U}) {
            support::StoreModel model(dialect, seed);
            for (int i = 0; i < 2'500; ++i) model.write();
            const std::string bytes = saved(model.store);
            Store loaded;
            loaded.insert(Run{});  // what was there before is gone
            REQUIRE(loads(bytes, loaded));
            CHECK(loaded == model.store);
            CHECK(hashed(loaded) == hashed(model.store));
            CHECK(saved(loaded) == bytes);
            CHECK(support::index_errors(loaded) == "");

            // Both go on alike.
            std::swap(model.store, loaded);
            for (int i = 0; i < 300; ++i) model.write();
            CHECK(model.differences() == "");
            CHECK(support::index_errors(model.store) == "");
        }
    }
}

TEST_CASE("the hash of a store tells rows and counters, not how they came about") {
    Store first, second;
    for (int i = 0; i < 300; ++i) first.insert(BlockRun{});
    for (std::uint32_t id = 300; id > 0; --id) {
        BlockRun row;
        row.id = BlockRunId{id};
        second.insert(row);
        second.skip_id<BlockRun>();
    }
    CHECK(first == second);
    CHECK(hashed(first) == hashed(second));

    struct Case {
        const char* what;
        void (*change)(Store&);
    };
    const Case cases[] = {
        {"a status", [](Store& s) { s.update(BlockRunId{7}, [](BlockRun& b) { b.status = BlockRunStatus::queued; }); }},
        {"a counter", [](Store& s) { s.skip_id<EventMatcher>(); }},
        {"a text", [](Store& s) { s.symbols.intern("new"); }},
        {"a row less", [](Store& s) { s.erase(BlockRunId{300}); }},
        {"a run that came and went", [](Store& s) { s.erase(s.insert(Run{})); }},
    };
    for (const Case& c : cases) {
        INFO(c.what);
        Store changed = first;
        c.change(changed);
        CHECK(!(changed == first));
        CHECK(hashed(changed) != hashed(first));
        CHECK(hashed(first) == hashed(second));
    }
}

TEST_CASE("a store with something in every column survives saving") {
    for (const Dialect dialect : {Dialect::postgres, Dialect::sqlite}) {
        const Store store = full_store(dialect);
        Store loaded;
        REQUIRE(loads(saved(store), loaded));
        CHECK(loaded == store);
        CHECK(loaded.dialect() == dialect);
        CHECK(loaded.schedule(ScheduleId{1})->tags == std::vector<std::string>{"b", "a"});
        CHECK(loaded.block_run(BlockRunId{1})->metrics.json() == R"({"rows": 7})");
    }
}

TEST_CASE("no cut of a saved store loads") {
    const std::string bytes = saved(full_store(Dialect::postgres));
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        Store loaded;
        if (loads(std::string_view(bytes).substr(0, size), loaded)) FAIL("loads from the first " << size << " bytes");
    }
}

TEST_CASE("a saved store that was tampered with is refused or loads to a consistent store, and never crashes") {
    const std::string bytes = saved(full_store(Dialect::sqlite));
    int refused = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (const char flip : {'\x01', '\x80', '\xff'}) {
            std::string broken = bytes;
            broken[at] = static_cast<char>(broken[at] ^ flip);
            Store loaded;
            if (!loads(broken, loaded)) {
                ++refused;
                continue;
            }
            REQUIRE(support::index_errors(loaded) == "");
        }
    }
    CHECK(refused > 0);
}

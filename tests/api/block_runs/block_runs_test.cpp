#include "support/api_fixture.hpp"
#include "support/catch.hpp"

#include "base/prng.hpp"
#include "lifecycle/rows/create_run.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

// Runs 1 and 2 of schedule 1 (chain) with block runs 1-3 and 4-6; run 3 of schedule 2 (diamond) with 7-10.
void add_runs(ApiFixture& api) {
    const ScheduleId chain = api.add_schedule({.name = "chained", .pipeline = "chain"});
    const ScheduleId diamond = api.add_schedule({.name = "cut"});
    for (const ScheduleId schedule : {chain, chain, diamond}) {
        const RunId run = api.add_run(schedule, "2024-01-01 00:00:00");
        REQUIRE(create_block_runs(api.instance, run));
    }
    const auto start = [&api](std::uint32_t id, int second, BlockRunStatus status) {
        api.instance.store.update(BlockRunId{id}, [&](BlockRun& row) {
            row.dates.set_started_at(api.instance.options.start + Duration::seconds(second));
            row.status = status;
        });
    };
    start(1, 10, BlockRunStatus::completed);
    start(2, 20, BlockRunStatus::running);
    start(4, 5, BlockRunStatus::failed);
}

}  // namespace

TEST_CASE("a block run in a list", "[http-api 5.6]") {
    struct Case {
        Dialect dialect;
        const char* target;
        const char* body;
    };
    const Case cases[] = {
        {Dialect::postgres, "pipeline_runs/1/block_runs?_limit=1&order_by=nonsense",
         R"({"block_runs": [{"block_uuid": "first", "completed_at": null, "created_at": "2026-01-01T00:00:00.000004+00:00", "id": 1, "pipeline_run_id": 1, "started_at": "2026-01-01T00:00:10+00:00", "status": "completed", "updated_at": "2026-01-01T00:00:00.000004+00:00", "pipeline_schedule_id": null, "pipeline_schedule_name": null}], "metadata": {"count": 3, "next": true}})"},
        {Dialect::sqlite, "pipeline_runs/1/block_runs?_limit=1",
         R"({"block_runs": [{"block_uuid": "first", "completed_at": null, "created_at": "2026-01-01T00:00:00", "id": 1, "pipeline_run_id": 1, "started_at": "2026-01-01T00:00:10", "status": "completed", "updated_at": "2026-01-01T00:00:00", "pipeline_schedule_id": null, "pipeline_schedule_name": null}], "metadata": {"count": 3, "next": true}})"},
        {Dialect::postgres, "block_runs?order_by=id&_limit=1&_format=detail",
         R"({"block_runs": [{"block_uuid": "first", "completed_at": null, "created_at": "2026-01-01T00:00:00.000004+00:00", "id": 1, "pipeline_run_id": 1, "started_at": "2026-01-01T00:00:10+00:00", "status": "completed", "updated_at": "2026-01-01T00:00:00.000004+00:00", "pipeline_schedule_id": 1, "pipeline_schedule_name": "chained"}], "metadata": {"count": 10, "next": true}})"},
    };
    for (const Case& c : cases) {
        INFO(c.target);
        ApiFixture api(c.dialect);
        add_runs(api);
        CHECK(api.body_of(std::string("GET /api/") + c.target) == c.body);
    }
}

TEST_CASE("the filters and orders of the list of block runs", "[http-api 9]") {
    struct Case {
        const char* target;
        const char* postgres;
        const char* sqlite;
    };
    const Case cases[] = {
        // The newest start first; those that have not started stand where NULL belongs.
        {"block_runs", "10 9 8 7 6 5 3 2 1 4", "2 1 4 3 5 6 7 8 9 10"},
        {"block_runs?_limit=3&_offset=6", "3 2 1", "7 8 9"},
        {"block_runs?pipeline_run_id=1", "3 2 1", "2 1 3"},
        {"block_runs?pipeline_run_id=%201_0", "", ""},
        {"block_runs?pipeline_run_id=abc", "10 9 8 7 6 5 3 2 1 4", "2 1 4 3 5 6 7 8 9 10"},
        {"block_runs?pipeline_run_id=false", "10 9 8 7 6 5 3 2 1 4", "2 1 4 3 5 6 7 8 9 10"},
        {"block_runs?pipeline_run_id=true", "3 2 1", "2 1 3"},
        {"block_runs?pipeline_run_id=-1", "", ""},
        {"block_runs?pipeline_run_id=99", "", ""},
        {"block_runs?pipeline_uuid=diamond", "10 9 8 7", "7 8 9 10"},
        {"block_runs?pipeline_uuid=chain&pipeline_run_id=2", "6 5 4", "4 5 6"},
        {"block_runs?pipeline_uuid=nope", "", ""},
        {"block_runs?order_by=id%20desc&_limit=2", "10 9", "10 9"},
        {"block_runs?order_by=block_uuid&_limit=4", "10 1 4 8", "10 1 4 8"},
        {"block_runs?order_by=block_uuid%20DESC%20x&_limit=2", "3 6", "3 6"},
        {"block_runs?order_by=started_at", "4 1 2 3 5 6 7 8 9 10", "3 5 6 7 8 9 10 4 1 2"},
        {"block_runs?order_by=status%20desc&_limit=3", "4 1 2", "2 3 5"},
        {"block_runs?order_by=pipeline_run_id%20desc&_limit=1", "7", "7"},
        {"pipeline_runs/2/block_runs", "4 5 6", "4 5 6"},
        {"pipeline_runs/99/block_runs?pipeline_run_id=1", "3 2 1", "2 1 3"},  // no such run: the list of all
        {"pipeline_schedules/2/block_runs", "4 5 6", "4 5 6"},                // a schedule's id is taken for a run's
        {"pipeline_runs/1/block_runs?_limit=2&_offset=2", "3", "3"},
    };
    for (const auto dialect : {Dialect::postgres, Dialect::sqlite}) {
        ApiFixture api(dialect);
        add_runs(api);
        for (const Case& c : cases) {
            INFO(name_of(dialect) << " " << c.target);
            CHECK(api.ids_of(std::string("GET /api/") + c.target) ==
                  (dialect == Dialect::postgres ? c.postgres : c.sqlite));
        }
    }
}

TEST_CASE("what the list of block runs refuses") {
    const char* order =
        "Block run sort column/query is invalid. The sort column must be an attribute of the BlockRun model. The sort "
        "direction is "
        "either \"asc\" (ascending order) or \"desc\" (descending order).";
    const std::pair<const char*, std::string> cases[] = {
        {"block_runs?order_by=nope", order},
        {"block_runs?order_by=id%20sideways", order},
        {"block_runs?order_by=true", "'bool' object has no attribute 'split'"},
        {"block_runs?pipeline_run_id=1.5", "invalid literal for int() with base 10: '1.5'"},
        {"block_runs?pipeline_run_id=nan", "invalid literal for int() with base 10: 'nan'"},
        {"block_runs?_limit=x", "invalid literal for int() with base 10: 'x'"},
        {"pipelines/chain/block_runs", "'Pipeline' object has no attribute 'id'"},
    };
    ApiFixture api;
    add_runs(api);
    for (const auto& [target, exception] : cases) {
        INFO(target);
        CHECK(api.exception_of(std::string("GET /api/") + target) == exception);
    }
    CHECK(api.exception_of("GET /api/block_runs?_offset=-1")
              .starts_with("(psycopg2.errors.InvalidRowCountInResultOffsetClause) OFFSET must not be negative\n"));
    CHECK(api.exception_of("GET /api/block_runs?order_by=metrics")
              .starts_with(
                  "(psycopg2.errors.UndefinedFunction) could not identify an ordering operator for type json\n"));
    CHECK(
        api.body_of("GET /api/block_runs/1") ==
        R"({"error": {"code": 403, "message": "The detail action is disabled for block_runs.", "type": "unauthorized_access"}, "status": 200})");
}

TEST_CASE("runs without a schedule have no block runs in the list of all") {
    ApiFixture api(Dialect::sqlite);
    add_runs(api);
    api.body_of("DELETE /api/pipeline_schedules/1");
    CHECK(api.ids_of("GET /api/block_runs") == "7 8 9 10");
    CHECK(api.ids_of("GET /api/pipeline_runs/1/block_runs") == "1 2 3");
}

TEST_CASE("the list of all block runs is after any writes the one that is made anew") {
    for (const Dialect dialect : {Dialect::postgres, Dialect::sqlite}) {
        ApiFixture api(dialect);
        add_runs(api);
        Store& store = api.instance.store;
        Prng prng(3);
        const auto any_run = [&] { return RunId{static_cast<std::uint32_t>(1 + prng.below(40))}; };
        const auto write = [&] {
            const std::uint64_t kind = prng.below(20);
            const BlockRun* row =
                store.block_runs().first_from(BlockRunId{static_cast<std::uint32_t>(prng.below(150))});
            const RunId run = any_run();
            if (kind < 4 || !row) {
                const ScheduleId schedule{static_cast<std::uint32_t>(1 + kind % 2)};
                REQUIRE(create_block_runs(api.instance, api.add_run(schedule, "")));
            } else if (kind == 4) {
                store.erase(row->id);
            } else if (kind == 5) {
                store.update(row->id, [&](BlockRun& moved) { moved.pipeline_run_id = run; });
            } else if (kind == 6 && store.run(run)) {
                store.update(run, [&](Run& orphan) { orphan.pipeline_schedule_id = {}; });
            } else if (kind == 7 && store.run(run)) {
                store.erase(run);
            } else {
                store.update(row->id, [&](BlockRun& started) {
                    started.status = static_cast<BlockRunStatus>(prng.below(5));
                    started.dates.set_started_at(api.instance.now + Duration::seconds(prng.between(0, 9)));
                });
            }
        };
        for (int round = 0; round < 100; ++round) {
            for (std::uint64_t i = prng.below(6); i > 0; --i) write();
            for (const char* list : {"", "pipeline_uuid=chain&", "order_by=status&", "order_by=block_uuid%20desc&"}) {
                ApiFixture fork = api;
                const std::string page = std::string("GET /api/block_runs?") + list + "_limit=100&_offset=3";
                CAPTURE(page, round, name_of(dialect));
                REQUIRE((api.body_of(page) == fork.body_of(page)));
            }
        }
    }
}

TEST_CASE("block runs are made, changed and removed as plain rows") {
    ApiFixture api(Dialect::postgres);
    api.add_run(api.add_schedule({.pipeline = "chain"}), "2024-01-01 00:00:00");
    const auto row = [](std::string_view members) { return "{\"block_run\": {" + std::string(members) + "}}"; };
    CHECK(
        api.body_of("POST /api/pipeline_runs/1/block_runs",
                    row(R"("block_uuid": "first", "status": "queued", "metrics": {"a": 1})")) ==
        R"({"block_run": {"id": 1, "created_at": "2026-01-01 00:00:00.000003+00:00", "updated_at": "2026-01-01 00:00:00.000003+00:00", "pipeline_run_id": null, "block_uuid": "first", "status": "queued", "started_at": null, "completed_at": null, "metrics": {"a": 1}}, "metadata": null})");
    CHECK(
        api.body_of(
            "PUT /api/block_runs/1",
            row(R"("pipeline_run_id": 1, "status": "RUNNING", "started_at": "2025-01-01 01:00:00+01:00", "bogus": 1)")) ==
        R"({"block_run": {"id": 1, "created_at": "2026-01-01 00:00:00.000003+00:00", "updated_at": "2026-01-01 00:00:00.000004+00:00", "pipeline_run_id": 1, "block_uuid": "first", "status": "running", "started_at": "2025-01-01 00:00:00+00:00", "completed_at": null, "metrics": {"a": 1}}, "metadata": null})");
    CHECK(api.ids_of("GET /api/pipeline_runs/1/block_runs") == "1");
    CHECK(api.body_of("DELETE /api/block_runs/1").starts_with(R"({"block_run": {"id": 1, )"));
    CHECK(api.ids_of("GET /api/pipeline_runs/1/block_runs") == "");
    CHECK(api.body_of("PUT /api/block_runs/1").find("record_not_found") != std::string::npos);

    CHECK(api.exception_of("POST /api/block_runs", row(R"("bogus": 1)")) ==
          "'bogus' is an invalid keyword argument for BlockRun");
    CHECK(api.exception_of("POST /api/block_runs", row(R"("status": "bogus")"))
              .starts_with("(psycopg2.errors.InvalidTextRepresentation) invalid input value for enum blockrunstatus: "
                           "\"bogus\"\n"));
    CHECK(
        api.exception_of("POST /api/block_runs", row(R"("pipeline_run_id": 77)"))
            .starts_with(
                "(psycopg2.errors.ForeignKeyViolation) insert or update on table \"block_run\" violates foreign key"));
    CHECK(api.instance.store.block_runs().empty());
}

#include "lifecycle/why/why.hpp"
#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/runs/cancel_run.hpp"
#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

TEST_CASE("why is this run here: a sentence built from facts") {
    const auto project = ProjectBuilder()
                             .queue_concurrency(1)
                             .pipeline("p")
                             .limits({{}, 1, {}, RunLimitPolicy::wait})
                             .block("load")
                             .lasts(Duration::seconds(15))
                             .block("other")
                             .lasts(Duration::seconds(8))
                             .block("after", {"load"})
                             .block("bad", {"after"})
                             .fails()
                             .retries(1, Duration::seconds(4))
                             .build();
    Stage stage(project);
    const ScheduleId hook = stage.add_schedule("p", ScheduleType::api);
    const RunId run = stage.trigger(hook);
    const RunId second = stage.trigger(hook);
    const auto block = [&](const char* uuid) { return why(stage.instance, stage.block(run, uuid).id); };
    CHECK(why(stage.instance, run) == "waits for the scheduler, which starts it in a tick; next tick 00:00:00");
    CHECK(block("load") ==
          "waits for its run, which waits for the scheduler, which starts it in a tick; next tick 00:00:00");
    stage.run_until(kStart + Duration::seconds(5));
    CHECK(why(stage.instance, run) ==
          "runs since 00:00:00: `load` is running, `other` is queued, `after`, `bad` wait; next tick 00:00:10");
    CHECK(why(stage.instance, second) ==
          "waits: pipeline_run_limit is 1, and 1 run of its trigger \"trigger 1\" is running");
    CHECK(block("load") == "runs since 00:00:00: attempt 1 of 1");
    CHECK(block("other") ==
          "queued since 00:00:00: waits for a free worker: all 1 are busy, and 0 other jobs come first");
    CHECK(block("after") == "waits for `load`, which runs since 00:00:00; next tick 00:00:10");
    CHECK(block("bad") == "waits for `after`, which waits itself; next tick 00:00:10");
    stage.run_until(kStart + Duration::seconds(18));
    CHECK(block("load") == "completed at 00:00:15: its code ended well");
    CHECK(block("after") == "is ready, and waits for the scheduler to queue it; next tick 00:00:20");
    stage.run_until(kStart + Duration::seconds(33));
    CHECK(block("bad") == "runs since 00:00:30: it sleeps until 00:00:35 before attempt 2 of 2");
    stage.run_until(kStart + Duration::seconds(38));
    CHECK(block("bad") == "failed at 00:00:36: its code raised in attempt 2, the last one");
    CHECK(why(stage.instance, run) ==
          "runs since 00:00:00: `bad` failed, for which the scheduler will fail it; next tick 00:00:40");
    stage.run_until(kStart + Duration::seconds(48));
    CHECK(why(stage.instance, run) == "failed at 00:00:40: block `bad` failed");
    write(stage.instance, hook, [](Schedule& row) { row.status = ScheduleStatus::inactive; });
    CHECK(why(stage.instance, stage.trigger(hook)) ==
          "waits: its trigger \"trigger 1\" is inactive, and only an active trigger's runs are started");
    stage.run_until(kStart + Duration::days(1) + Duration::seconds(1));
    CHECK(why(stage.instance, run) == "failed at 2026-01-01 00:00:40: block `bad` failed");
    cancel_run(stage.instance, RunId{3});
    CHECK(why(stage.instance, RunId{3}) == "cancelled at 00:00:01: a request cancelled it");
}

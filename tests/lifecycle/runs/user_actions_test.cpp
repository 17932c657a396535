#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/runs/cancel_run.hpp"
#include "lifecycle/runs/delete_run.hpp"
#include "lifecycle/runs/retry_by_user.hpp"
#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

std::shared_ptr<const Project> slow() {
    return ProjectBuilder()
        .pipeline("slow")
        .block("begin")
        .block("wait_long", {"begin"})
        .lasts(Duration::seconds(600))
        .block("side", {"begin"})
        .lasts(Duration::seconds(600))
        .block("finish", {"wait_long"})
        .build();
}

}  // namespace

TEST_CASE("a cancelled run cancels what had not ended, at once, and its workers are free", "[row 3]") {
    Stage stage(slow());
    const ScheduleId hook = stage.add_schedule("slow", ScheduleType::api);
    const RunId run = stage.trigger(hook);
    stage.advance(Duration::seconds(12));
    CHECK(stage.blocks(run) == "begin completed, wait_long running, side running, finish initial");
    CHECK(stage.instance.jobs.running() == 2);
    cancel_run(stage.instance, run);
    CHECK(stage.run(run).status == RunStatus::cancelled);
    CHECK_FALSE(stage.run(run).completed_at);
    CHECK(stage.blocks(run) == "begin completed, wait_long cancelled, side cancelled, finish cancelled");
    CHECK(stage.instance.jobs.running() == 0);
    // One bulk update: one moment for all.
    CHECK(stage.block(run, "wait_long").dates.updated_at() == stage.block(run, "finish").dates.updated_at());
    CHECK(stage.schedule(hook).status == ScheduleStatus::active);
    stage.advance(Duration::hours(1));
    CHECK(stage.blocks(run) == "begin completed, wait_long cancelled, side cancelled, finish cancelled");
    CHECK(stage.history(Subject::generic_job, 1) == "initial queued running completed");
}

TEST_CASE("only initial and running runs can be cancelled") {
    Stage stage(slow());
    const ScheduleId hook = stage.add_schedule("slow", ScheduleType::api);
    struct Case {
        RunStatus before;
        RunStatus after;
    };
    using enum RunStatus;
    for (const Case& each : {Case{initial, cancelled}, Case{running, cancelled}, Case{completed, completed},
                             Case{failed, failed}, Case{cancelled, cancelled}}) {
        const RunId run = stage.add_run(hook, stage.instance.now, each.before);
        const auto revision = stage.instance.store.revision();
        cancel_run(stage.instance, run);
        CHECK(stage.run(run).status == each.after);
        CHECK((stage.instance.store.revision() == revision) == (each.before == each.after));
    }
}

TEST_CASE("the generic job of a failed run ends failed: its run is not cancelled") {
    Stage stage(ProjectBuilder().pipeline("broken").block("explode").fails().block("after", {"explode"}).build());
    stage.trigger(stage.add_schedule("broken", ScheduleType::api));
    stage.advance(Duration::seconds(30));
    CHECK(stage.history(Subject::generic_job, 1) == "initial queued running failed");
    CHECK(stage.instance.generic_jobs.empty());
}

TEST_CASE("which block runs a retry puts back", "[lifecycle 1.9]") {
    Stage stage(slow());
    const ScheduleId hook = stage.add_schedule("slow", ScheduleType::api);
    const auto run_with = [&](RunStatus status, std::vector<BlockRunStatus> blocks) {
        const RunId run = stage.add_run(hook, stage.instance.now, status);
        std::size_t k = 0;
        for (const BlockRun& row : stage.instance.store.block_runs_of(run))
            set_status(stage.instance, row.id, blocks[k++], {});
        return run;
    };
    using enum BlockRunStatus;
    struct Case {
        RunStatus status;
        std::vector<BlockRunStatus> blocks;
        std::optional<std::string_view> from;
        const char* expected;
    };
    const Case cases[] = {
        {RunStatus::failed,
         {completed, failed, cancelled, cancelled},
         {},
         "begin completed, wait_long initial, side initial, finish initial"},
        {RunStatus::failed,
         {completed, failed, cancelled, cancelled},
         "wait_long",
         "begin completed, wait_long initial, side cancelled, finish initial"},
        {RunStatus::completed,
         {completed, completed, completed, condition_failed},
         {},
         "begin completed, wait_long completed, side completed, finish condition_failed"},
        {RunStatus::completed,
         {completed, completed, completed, completed},
         "begin",
         "begin initial, wait_long initial, side initial, finish initial"},
        {RunStatus::cancelled,
         {completed, completed, cancelled, upstream_failed},
         "nowhere",
         "begin completed, wait_long completed, side cancelled, finish upstream_failed"},
    };
    for (const Case& each : cases) {
        const RunId run = run_with(each.status, each.blocks);
        REQUIRE(retry_blocks(stage.instance, run, each.from).ok());
        CHECK(stage.run(run).status == RunStatus::running);
        CHECK(stage.blocks(run) == each.expected);
    }
}

TEST_CASE("a run that is retried from a block stays running for ever where another branch is cancelled") {
    Stage stage(slow());
    const RunId run = stage.trigger(stage.add_schedule("slow", ScheduleType::api));
    stage.advance(Duration::seconds(12));
    cancel_run(stage.instance, run);
    REQUIRE(retry_blocks(stage.instance, run, "wait_long").ok());
    stage.advance(Duration::hours(10));
    CHECK(stage.blocks(run) == "begin completed, wait_long completed, side cancelled, finish completed");
    CHECK(stage.run(run).status == RunStatus::running);
}

TEST_CASE("retry_incomplete_block_runs puts failed runs back to initial, and they start anew") {
    Stage stage(ProjectBuilder()
                    .pipeline("flaky")
                    .block("a")
                    .block("wobble", {"a"})
                    .attempts("fo")
                    .block("after", {"wobble"})
                    .build());
    const ScheduleId hook = stage.add_schedule("flaky", ScheduleType::api);
    const RunId run = stage.trigger(hook);
    stage.advance(Duration::seconds(35));
    CHECK(stage.blocks(run) == "a completed, wobble failed, after cancelled");
    const MaybeInstant first_start = stage.run(run).started_at;
    retry_incomplete_block_runs(stage.instance, stage.run(run).pipeline_uuid);
    CHECK(stage.run(run).status == RunStatus::initial);
    CHECK(stage.blocks(run) == "a completed, wobble initial, after initial");
    CHECK(stage.run(run).started_at == first_start);
    stage.advance(Duration::seconds(40));
    CHECK(stage.run(run).status == RunStatus::completed);
    CHECK(stage.run(run).started_at != first_start);
}

TEST_CASE("retry_incomplete_block_runs takes failed runs of every schedule, and of a deleted one") {
    Stage stage(ProjectBuilder().pipeline("flaky").block("a").attempts("f").pipeline("other").block("b").build());
    const auto fail = [&stage](std::string_view pipeline) {
        const RunId run = stage.trigger(stage.add_schedule(pipeline, ScheduleType::api));
        stage.advance(Duration::seconds(25));
        return run;
    };
    const std::vector<RunId> failed = {fail("flaky"), fail("flaky"), fail("flaky")};
    const RunId other = fail("other");
    stage.instance.store.update(failed[1], [](Run& run) { run.pipeline_schedule_id = {}; });
    for (const RunId run : failed) REQUIRE(stage.run(run).status == RunStatus::failed);
    retry_incomplete_block_runs(stage.instance, stage.run(failed[0]).pipeline_uuid);
    for (const RunId run : failed) CHECK(stage.run(run).status == RunStatus::initial);
    CHECK(stage.run(other).status == RunStatus::completed);
}

TEST_CASE("deleting a run takes its block runs along, and its work ends in nothing", "[row 99]") {
    Stage stage(slow());
    const RunId run = stage.trigger(stage.add_schedule("slow", ScheduleType::api));
    stage.advance(Duration::seconds(12));
    delete_run(stage.instance, run);
    CHECK(stage.instance.store.run(run) == nullptr);
    CHECK(stage.instance.store.block_runs().empty());
    CHECK(stage.instance.jobs.running() == 2);
    stage.advance(Duration::hours(1));
    CHECK(stage.instance.jobs.alive() == 0);
}

TEST_CASE("writing an unchanged value writes nothing") {
    Stage stage(slow());
    const ScheduleId hook = stage.add_schedule("slow", ScheduleType::api);
    const Schedule before = stage.schedule(hook);
    const Instant now = stage.instance.now;
    write(stage.instance, hook, [](Schedule& row) { row.status = ScheduleStatus::active; });
    CHECK(stage.schedule(hook) == before);
    CHECK(stage.instance.now == now);
    write(stage.instance, hook, [](Schedule& row) { row.status = ScheduleStatus::inactive; });
    CHECK(stage.schedule(hook).updated_at > before.updated_at);
    CHECK(stage.history(Subject::schedule, hook.value) == "inactive");
}

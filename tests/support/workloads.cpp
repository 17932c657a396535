#include "support/workloads.hpp"
#include "support/pick.hpp"

#include <array>
#include <string>

#include "base/date/date_text.hpp"
#include "base/prng.hpp"
#include "base/text/text.hpp"

namespace runsim::support {
namespace {

constexpr std::array<std::string_view, 4> kBlocks = {"load_titanic", "fill_in_missing_values", "train_model",
                                                     "export_predictions"};
constexpr Duration kRow = Duration::microseconds(1);

std::string block_uuid(std::uint32_t number) {
    std::string text(kBlocks[number % kBlocks.size()]);
    if (number >= kBlocks.size()) text.append(":").append(std::to_string(number / kBlocks.size()));
    return text;
}

std::string token(Prng& prng) {
    std::string text;
    for (int i = 0; i < 32; ++i) text += kHexDigits[pick(prng, 16)];
    return text;
}

void add_schedules(Store& store, const Workload& workload, Prng& prng) {
    for (std::uint32_t i = 0; i < workload.schedules; ++i) {
        Schedule schedule;
        schedule.created_at = schedule.updated_at = workload.start + kRow * i;
        schedule.name = "late forest " + std::to_string(i + 1);
        schedule.pipeline_uuid = store.symbols.intern("pipeline_" + std::to_string(i % 7));
        schedule.schedule_type = i % 2 == 0 ? ScheduleType::api : ScheduleType::time;
        if (i % 2 == 1) schedule.schedule_interval = "@hourly";
        schedule.status = ScheduleStatus::active;
        schedule.variables = json::Text(R"({"env": "prod"})");
        schedule.token = token(prng);
        schedule.repo_path = "/home/src/demo";
        store.insert(std::move(schedule));
    }
}

// A trigger's run stores its partition; a tick's has the variables of the schedule.
Run run_of(Store& store, const Schedule& schedule, Instant at) {
    Run run;
    run.pipeline_schedule_id = schedule.id;
    run.pipeline_uuid = schedule.pipeline_uuid;
    run.executor_type = store.symbols.intern("local_python");
    run.created_at = run.updated_at = at;
    run.execution_date = at;
    run.variables = schedule.variables;
    if (schedule.schedule_type == ScheduleType::api) {
        const std::string partition = std::to_string(schedule.id.value) + "/" + partition_text(at, true);
        run.variables = json::Text(R"({"env": "prod", "execution_partition": ")" + partition + R"("})");
        run.event_variables = json::Text::empty_object();
    }
    return run;
}

void finish_block_runs(Store& store, const Run& run, std::uint32_t count, RunStatus status, Prng& prng) {
    Instant at = run.created_at;
    Instant time = *run.started_at;
    for (std::uint32_t i = 0; i < count; ++i) {
        BlockRun row;
        row.pipeline_run_id = run.id;
        row.block_uuid = store.symbols.intern(block_uuid(i));
        at = at + kRow;
        const Instant began = time + Duration::milliseconds(300);
        time = time + Duration::microseconds(prng.between(500'000, 9'000'000));
        row.dates = BlockRunDates{at, time, began, time};
        row.status = BlockRunStatus::completed;
        if (i + 1 == count && status == RunStatus::failed) row.status = BlockRunStatus::failed;
        if (i + 1 == count && status == RunStatus::cancelled) row.status = BlockRunStatus::cancelled;
        store.insert(std::move(row));
    }
}

}  // namespace

Store finished_runs(const Workload& workload) {
    Store store(workload.dialect);
    Prng prng = Prng::fork(workload.seed, "workload");
    add_schedules(store, workload, prng);
    for (std::uint32_t i = 0; i < workload.runs; ++i) {
        const ScheduleId schedule{static_cast<std::uint32_t>(1 + prng.below(workload.schedules))};
        const Instant at =
            workload.start + Duration::minutes(1 + std::int64_t{i}) + Duration::microseconds(prng.between(0, 999'999));
        Run run = run_of(store, *store.schedule(schedule), at);
        const std::uint64_t luck = prng.below(100);
        run.status = luck < 92 ? RunStatus::completed : luck < 98 ? RunStatus::failed : RunStatus::cancelled;
        run.started_at = at + Duration::milliseconds(40);
        run.completed_at = run.updated_at = at + Duration::seconds(50);
        run.id = store.insert(run);
        finish_block_runs(store, run, workload.block_runs, run.status, prng);
    }
    return store;
}

RunId add_initial_run(Store& store, ScheduleId schedule, Instant at, std::uint32_t block_runs) {
    const RunId id = store.insert(run_of(store, *store.schedule(schedule), at));
    for (std::uint32_t i = 0; i < block_runs; ++i) {
        BlockRun row;
        row.pipeline_run_id = id;
        row.block_uuid = store.symbols.intern(block_uuid(i));
        at = at + kRow;
        set_dates(row, at, at);
        store.insert(std::move(row));
    }
    return id;
}

}  // namespace runsim::support

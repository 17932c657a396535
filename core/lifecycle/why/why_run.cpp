#include "lifecycle/why/why.hpp"

#include <vector>

#include "lifecycle/blocks/block_rows.hpp"
#include "lifecycle/why/transition_why.hpp"
#include "lifecycle/why/why_text.hpp"

namespace runsim {

using namespace why_detail;

namespace {

std::string plural(std::int64_t count, std::string_view noun) {
    return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string trigger_name(const Schedule& schedule) { return "trigger \"" + schedule.name.value_or("") + "\""; }

std::string why_initial(const Instance& instance, const Run& run) {
    const Schedule* schedule = instance.store.schedule(run.pipeline_schedule_id);
    if (schedule == nullptr)
        return "waits for ever: its trigger was deleted, and only an active trigger's runs are started";
    if (schedule->status != ScheduleStatus::active)
        return "waits: its " + trigger_name(*schedule) + " is inactive, and only an active trigger's runs are started";
    const PipelineFacts* pipeline = pipeline_facts(instance, run.pipeline_uuid);
    if (pipeline == nullptr) return "waits for ever: the project has no such pipeline";
    const ConcurrencyConfig& limits = pipeline->pipeline->concurrency;
    const auto own = settings_of(instance, run).pipeline_run_limit;
    const auto limit = own ? own : limits.pipeline_run_limit;
    const std::int64_t running = instance.store.running_count(schedule->id);
    if (limit && *limit <= running)
        return "waits: pipeline_run_limit is " + std::to_string(*limit) + ", and " + plural(running, "run") +
               " of its " + trigger_name(*schedule) + (running == 1 ? " is running" : " are running");
    if (const auto all = limits.pipeline_run_limit_all_triggers) {
        std::int64_t count = 0;
        for (const RunId id : instance.store.running_runs())
            count += instance.store.run(id)->pipeline_uuid == run.pipeline_uuid;
        if (*all <= count)
            return "waits: pipeline_run_limit_all_triggers is " + std::to_string(*all) + ", and " +
                   plural(count, "run") + " of its pipeline" + (count == 1 ? " is running" : " are running");
    }
    return "waits for the scheduler, which starts it in a tick; " + next_tick(instance);
}

std::string names(const Instance& instance, const std::vector<const BlockRun*>& rows) {
    constexpr std::size_t kMostNames = 5;
    std::string text;
    for (std::size_t i = 0; i < rows.size() && i < kMostNames; ++i)
        text += (i == 0 ? "" : ", ") + block_name(instance, *rows[i]);
    if (rows.size() > kMostNames) text += " and " + std::to_string(rows.size() - kMostNames) + " more";
    return text;
}

std::string why_running(const Instance& instance, const Run& run) {
    const PipelineFacts* pipeline = pipeline_facts(instance, run.pipeline_uuid);
    const std::string since = run.started_at ? "runs since " + time_text(instance, *run.started_at) + ": " : "runs: ";
    if (pipeline == nullptr) return since + "no tick looks at it, since the project has no such pipeline";
    if (pipeline->streaming) return since + "a streaming pipeline runs until it is cancelled";
    const bool allow = settings_of(instance, run).allow_blocks_to_fail;
    std::vector<const BlockRun*> of[8];
    for (const BlockRun& row : instance.store.block_runs_of(run.id))
        of[static_cast<std::size_t>(row.status)].push_back(&row);
    const auto rows = [&](BlockRunStatus status) -> const std::vector<const BlockRun*>& {
        return of[static_cast<std::size_t>(status)];
    };
    using enum BlockRunStatus;
    const std::size_t open = rows(initial).size() + rows(queued).size() + rows(BlockRunStatus::running).size();
    if (!rows(failed).empty() && !allow)
        return since + names(instance, rows(failed)) + " failed, for which the scheduler will fail it; " +
               next_tick(instance);
    std::string text;
    const auto add = [&](const std::vector<const BlockRun*>& list, std::string_view verb) {
        if (!list.empty()) text += (text.empty() ? "" : ", ") + names(instance, list) + " " + std::string(verb);
    };
    add(rows(BlockRunStatus::running), rows(BlockRunStatus::running).size() == 1 ? "is running" : "are running");
    add(rows(queued), rows(queued).size() == 1 ? "is queued" : "are queued");
    add(rows(initial), rows(initial).size() == 1 ? "waits" : "wait");
    if (open == 0 && !rows(cancelled).empty())
        return since + names(instance, rows(cancelled)) + (rows(cancelled).size() == 1 ? " is" : " are") +
               " cancelled, and nothing but a retry, a cancel or a timeout ends a run with cancelled blocks";
    if (open == 0) return since + "all its blocks have ended, and the scheduler will see it; " + next_tick(instance);
    return since + text + "; " + next_tick(instance);
}

std::string why_finished(const Instance& instance, const Run& run) {
    const auto change = last_change(instance, Subject::run, run.id.value, static_cast<std::uint8_t>(run.status));
    const std::string status(name_of(run.status));
    if (!change)
        return status +
               (run.completed_at ? " since " + time_text(instance, *run.completed_at) : " before the record begins");
    const std::string when = status + " at " + time_text(instance, change->at);
    if (change->from == Transition::kNone) return when + ", as it was made";
    return when + ": " + transition_why(instance, *change);
}

}  // namespace

std::string why(const Instance& instance, RunId id) {
    const Run& run = *instance.store.run(id);
    if (run.status == RunStatus::initial) return why_initial(instance, run);
    return run.status == RunStatus::running ? why_running(instance, run) : why_finished(instance, run);
}

}  // namespace runsim

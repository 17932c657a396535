#include <array>

#include "lifecycle/blocks/behaviour_in_run.hpp"
#include "lifecycle/requests/backfills.hpp"
#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/runs/cancel_run.hpp"
#include "lifecycle/runs/delete_run.hpp"
#include "lifecycle/runs/retry_by_user.hpp"
#include "support/pick.hpp"
#include "support/random_story.hpp"

namespace runsim::test {

namespace {

template <class Row>
auto any_id(const Table<Row>& table, Prng& prng) {
    if (table.empty()) return decltype(Row::id){};
    const Row* row = table.first_from(decltype(Row::id){static_cast<std::uint32_t>(1 + prng.below(table.size()))});
    return row == nullptr ? decltype(Row::id){} : row->id;
}

template <class... Parts>
std::string say(std::string_view words, Parts... ids) {
    std::string text(words);
    ((text += " " + std::to_string(ids.value)), ...);
    return text;
}

std::string add_backfill(Instance& instance, Prng& prng) {
    const Pipeline& pipeline = instance.project->pipelines[pick(prng, 3)];
    Backfill row;
    row.name = "b";
    row.pipeline_uuid = pipeline.symbol;
    row.start_datetime = kStart - Duration::days(3);
    row.end_datetime = kStart;
    row.interval_type = IntervalType::day;
    row.interval_units = 1 + static_cast<std::int64_t>(prng.below(3));
    const BackfillId id = instance.store.insert(std::move(row));
    (void)start_backfill(instance, id).ok();
    return say("start a new backfill of " + pipeline.uuid + ", number", id);
}

std::string change_schedule(Instance& instance, ScheduleId id, Prng& prng) {
    const bool stop = prng.below(3) == 0;
    const auto sla = static_cast<std::int64_t>(prng.below(60));
    write(instance, id, [&](Schedule& row) {
        row.status = stop ? ScheduleStatus::inactive : ScheduleStatus::active;
        row.sla = sla;
    });
    return say(stop ? "deactivate trigger" : "activate trigger", id) + " with an SLA of " + std::to_string(sla);
}

std::string add_time_trigger(Stage& stage, std::string_view pipeline, Prng& prng) {
    static constexpr std::array<const char*, 5> kIntervals = {"@once", "@hourly", "@always_on", "* * * * *",
                                                              "*/2 * * * *"};
    const char* interval = kIntervals[pick(prng, 5)];
    const ScheduleId id = stage.add_schedule(pipeline, ScheduleType::time, interval);
    return say("add to " + std::string(pipeline) + " a time trigger of " + interval + ", number", id);
}

std::string change_settings(Stage& stage, ScheduleId id, Prng& prng) {
    static constexpr std::array<std::string_view, 7> kSettings = {"{}",
                                                                  R"({"skip_if_previous_running": true})",
                                                                  R"({"allow_blocks_to_fail": true})",
                                                                  R"({"timeout": 30})",
                                                                  R"({"timeout": "20", "timeout_status": "cancelled"})",
                                                                  R"({"pipeline_run_limit": 1})",
                                                                  R"({"create_initial_pipeline_run": true})"};
    const std::string_view settings = kSettings[pick(prng, 7)];
    stage.set_settings(id, settings);
    return say("give trigger", id) + " the settings " + std::string(settings);
}

std::string change_model(Instance& instance, RunId id, Prng& prng) {
    BlockBehaviourChange change;
    change.attempts = std::vector{prng.below(2) == 0 ? AttemptOutcome::ok : AttemptOutcome::fail};
    const bool set = set_run_override(instance, id, prng.below(2) == 0 ? "a" : "b:0", change).ok();
    return say(set ? "let a block behave otherwise in run" : "fail to change a block of run", id);
}

}  // namespace

std::string perform_call(Stage& stage, std::uint64_t draw) {
    Prng prng(draw);
    Instance& instance = stage.instance;
    static constexpr std::array<std::string_view, 3> kPipelines = {"p", "q", "r"};
    const ScheduleId schedule = any_id(instance.store.schedules(), prng);
    const RunId run = any_id(instance.store.runs(), prng);
    const BackfillId backfill = any_id(instance.store.backfills(), prng);
    const std::string_view pipeline = kPipelines[pick(prng, 3)];
    const std::uint64_t choice = prng.below(16);
    switch (choice) {
        case 0: return add_time_trigger(stage, pipeline, prng);
        case 1:
            return say("add to " + std::string(pipeline) + " an API trigger, number",
                       stage.add_schedule(pipeline, ScheduleType::api));
        case 8:
            retry_incomplete_block_runs(instance, instance.store.symbols.intern(pipeline));
            return "retry what is incomplete of " + std::string(pipeline);
        case 9: return prng.below(3) == 0 ? add_backfill(instance, prng) : "do nothing";
        default: break;
    }
    if (run) {
        switch (choice) {
            case 4: cancel_run(instance, run); return say("cancel run", run);
            case 5: (void)retry_blocks(instance, run, {}).ok(); return say("retry the blocks of run", run);
            case 6: (void)retry_blocks(instance, run, "b").ok(); return say("retry from b in run", run);
            case 7:
                if (prng.below(3) != 0) return "do nothing";
                delete_run(instance, run);
                return say("delete run", run);
            case 12: return change_model(instance, run, prng);
            default: break;
        }
    }
    if (backfill) {
        switch (choice) {
            case 10: (void)cancel_backfill(instance, backfill).ok(); return say("cancel backfill", backfill);
            case 11: (void)start_backfill(instance, backfill).ok(); return say("start backfill", backfill) + " again";
            default: break;
        }
    }
    if (!schedule) return "do nothing";
    if (choice == 2) return change_settings(stage, schedule, prng);
    if (choice == 3) return change_schedule(instance, schedule, prng);
    return say("trigger", schedule) + say(": run", stage.trigger(schedule));
}

}  // namespace runsim::test

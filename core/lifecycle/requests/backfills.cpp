#include "lifecycle/requests/backfills.hpp"

#include "lifecycle/rows/create_run.hpp"
#include "lifecycle/schedules/create_schedule.hpp"

namespace runsim {

namespace {

ScheduleId schedule_of(Instance& instance, BackfillId id) {
    const Backfill& backfill = *instance.store.backfill(id);
    if (instance.store.schedule(backfill.pipeline_schedule_id) != nullptr) return backfill.pipeline_schedule_id;
    Schedule row;
    row.name = "Backfill " + backfill.name.value_or("None");
    row.pipeline_uuid = backfill.pipeline_uuid;
    row.schedule_interval = "@once";
    row.start_time = instance.now;
    row.variables = backfill.variables;
    row.settings = backfill.settings;
    return create_schedule(instance, std::move(row), {Cause::backfill, id.value});
}

Outcome create_runs(Instance& instance, BackfillId id, ScheduleId schedule, const std::vector<Instant>& dates) {
    for (std::size_t i = 0; i < dates.size(); ++i) {
        const Backfill& backfill = *instance.store.backfill(id);
        const json::Value own = backfill.variables.has_value() ? backfill.variables.value() : json::Value();
        json::Object variables = own.object() ? *own.object() : json::Object();
        for (json::Member& member : backfill_variables(dates, i, instance.options.dialect))
            variables.set(member.key, std::move(member.value));
        Run row;
        row.pipeline_schedule_id = schedule;
        row.pipeline_uuid = backfill.pipeline_uuid;
        row.backfill_id = id;
        row.execution_date = dates[i];
        row.variables = json::Text::of(std::move(variables));
        const RunId run = create_run(instance, std::move(row), {Cause::backfill, id.value});
        if (Outcome made = create_block_runs(instance, run); !made.ok()) return made;
    }
    return Done{};
}

}  // namespace

Outcome start_backfill(Instance& instance, BackfillId id) {
    const auto dates = backfill_dates(*instance.store.backfill(id));
    if (!dates.ok()) return dates.error();
    if (!dates->empty()) {
        const ScheduleId schedule = schedule_of(instance, id);
        if (Outcome made = create_runs(instance, id, schedule, *dates); !made.ok()) return made;
        write(instance, id, [&](Backfill& row) { row.pipeline_schedule_id = schedule; });
        write(instance, schedule, [](Schedule& row) { row.status = ScheduleStatus::active; },
              {Cause::backfill, id.value});
    }
    set_status(instance, id, BackfillStatus::initial, {Cause::user},
               [](Backfill& row, Instant at) { row.started_at = at; });
    return Done{};
}

Outcome cancel_backfill(Instance& instance, BackfillId id) {
    std::vector<RunId> runs;
    const ScheduleId schedule = instance.store.backfill(id)->pipeline_schedule_id;
    for (const RunId run : instance.store.runs_by_id(schedule))
        if (instance.store.run(run)->backfill_id == id && !is_finished(instance.store.run(run)->status))
            runs.push_back(run);
    if (!runs.empty()) {
        const Instant at = instance.moment();
        for (const RunId run : runs)
            set_status_at(instance, at, run, RunStatus::cancelled, {Cause::backfill, id.value});
    }
    set_status(instance, id, BackfillStatus::cancelled, {Cause::user});
    if (instance.store.schedule(schedule) == nullptr)
        return Error{"'NoneType' object has no attribute 'update'", ErrorKind::no_attribute};
    write(instance, schedule, [](Schedule& row) { row.status = ScheduleStatus::inactive; },
          {Cause::backfill, id.value});
    return Done{};
}

}  // namespace runsim

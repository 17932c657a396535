#include "lifecycle/requests/sync_triggers.hpp"

#include "lifecycle/schedules/create_schedule.hpp"
#include "lifecycle/schedules/execution_date.hpp"

namespace runsim {

namespace {

const Schedule* find_named(const Store& store, const Schedule& entry) {
    for (const Schedule& row : store.schedules())
        if (row.pipeline_uuid == entry.pipeline_uuid && row.name == entry.name) return &row;
    return nullptr;
}

void overwrite(Schedule& row, const Schedule& entry, Instant now) {
    row.description = entry.description;
    // The real server writes the instant back into the file, which keeps it from then on.
    if (entry.last_enabled_at) row.last_enabled_at = entry.last_enabled_at;
    if (entry.status == ScheduleStatus::active && !row.last_enabled_at) row.last_enabled_at = now;
    row.repo_path = entry.repo_path;
    row.schedule_interval = entry.schedule_interval;
    row.schedule_type = entry.schedule_type;
    row.settings = entry.settings;
    row.sla = entry.sla;
    row.start_time = entry.start_time;
    row.status = entry.status;
    if (entry.token && !entry.token->empty()) row.token = entry.token;
    row.variables = entry.variables;
}

}  // namespace

Outcome sync_triggers(Instance& instance, const std::vector<Schedule>& entries) {
    for (const Schedule& entry : entries)
        if (entry.schedule_interval && !is_valid_interval(*entry.schedule_interval))
            return Error{"Failed to sync schedules: trigger " + entry.name.value_or("") + ": schedule_interval \"" +
                         *entry.schedule_interval + "\": Cron expression is invalid."};
    const Instant now = instance.now;
    for (const Schedule& entry : entries) {
        if (const Schedule* known = find_named(instance.store, entry)) {
            write(instance, known->id, [&](Schedule& row) { overwrite(row, entry, now); }, {Cause::sync});
            continue;
        }
        Schedule row = entry;
        if (row.status == ScheduleStatus::active && !row.last_enabled_at) row.last_enabled_at = now;
        row.id = {};
        create_schedule(instance, std::move(row), {Cause::sync});
    }
    return Done{};
}

}  // namespace runsim

#include "lifecycle/schedules/sync_triggers.hpp"

#include <utility>

#include "base/contains.hpp"
#include "lifecycle/schedules/create_schedule.hpp"

namespace runsim {

namespace {

constexpr Why kWhy{Cause::sync};

// Returns the schedule of an entry: the newest of those with its name.
ScheduleId schedule_of(const Instance& instance, const Schedule& entry) {
    ScheduleId found;
    for (const Schedule& row : instance.store.schedules())
        if (row.pipeline_uuid == entry.pipeline_uuid && row.name == entry.name &&
            (!row.repo_path || row.repo_path == instance.project->repo_path))
            found = row.id;
    return found;
}

void lay_over(Schedule& row, const Schedule& entry, const std::string& repo_path) {
    row.description = entry.description;
    row.last_enabled_at = entry.last_enabled_at;
    row.repo_path = repo_path;
    row.schedule_interval = entry.schedule_interval;
    row.schedule_type = entry.schedule_type;
    row.settings = entry.settings;
    row.sla = entry.sla;
    row.start_time = entry.start_time;
    row.status = entry.status;
    if (entry.token) row.token = entry.token;
    row.variables = entry.variables;
}

void sync(Instance& instance, Schedule entry) {
    const std::string& repo_path = instance.project->repo_path;
    const ScheduleId id = schedule_of(instance, entry);
    const Schedule* row = instance.store.schedule(id);
    // The first reading wrote the moment back into the file.
    if (entry.status == ScheduleStatus::active && !entry.last_enabled_at)
        entry.last_enabled_at = row && row->last_enabled_at ? row->last_enabled_at : instance.now;
    if (row) return write(instance, id, [&](Schedule& stored) { lay_over(stored, entry, repo_path); }, kWhy);
    Schedule made;
    made.name = entry.name;
    made.pipeline_uuid = entry.pipeline_uuid;
    lay_over(made, entry, repo_path);
    create_schedule(instance, std::move(made), kWhy);
}

}  // namespace

void sync_triggers(Instance& instance) {
    if (instance.files.written.empty()) return;
    const std::vector<Symbol> written = std::exchange(instance.files.written, {});
    for (const TriggerFile& trigger : instance.files.triggers)
        if (contains(written, trigger.row.pipeline_uuid)) sync(instance, trigger.row);
}

}  // namespace runsim

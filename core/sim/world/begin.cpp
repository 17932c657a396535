#include "sim/world/begin.hpp"

#include <algorithm>

#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/schedules/create_schedule.hpp"

namespace runsim {

namespace {

ScheduleId insert_schedule(Instance& instance, Schedule row) {
    row.created_at = row.updated_at = stored_moment(instance, instance.now);
    row.repo_path = instance.project->repo_path;
    if (!row.token) row.token = new_token(instance);
    if (row.status == ScheduleStatus::active && !row.last_enabled_at) row.last_enabled_at = instance.now;
    for (const std::string& tag : row.tags) tag_id(instance, tag);
    return insert_at(instance, instance.now, std::move(row), {Cause::sync});
}

// Postgres counts on as if no row had brought its id, and would meet one of them.
void pass_ids_up_to(Store& store, std::uint32_t id) {
    while (store.dialect() == Dialect::postgres && store.next_id<Schedule>().value <= id) store.skip_id<Schedule>();
}

}  // namespace

void make_schedules(Instance& instance, const std::vector<Schedule>& rows) {
    std::uint32_t highest = 0;
    for (const Schedule& row : rows)
        if (row.id) highest = std::max(highest, insert_schedule(instance, row).value);
    pass_ids_up_to(instance.store, highest);
    for (const Schedule& row : rows)
        if (!row.id) insert_schedule(instance, row);
}

}  // namespace runsim

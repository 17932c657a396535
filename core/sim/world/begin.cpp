#include "sim/world/begin.hpp"

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

template <class Row>
void lay_table(Instance& instance, const std::vector<Row>& rows) {
    for (const Row& row : rows) insert_at(instance, instance.now, row, {Cause::rows});
    if (!rows.empty()) instance.store.skip_ids_up_to<Row>(rows.back().id);
}

}  // namespace

void lay_rows(Instance& instance, const Rows& rows) {
    lay_table(instance, rows.event_matchers);
    lay_table(instance, rows.schedules);
    lay_table(instance, rows.backfills);
    lay_table(instance, rows.runs);
    lay_table(instance, rows.block_runs);
    for (const Schedule& row : rows.schedules)
        for (const std::string& tag : row.tags) tag_id(instance, tag);
}

void make_schedules(Instance& instance, const std::vector<Schedule>& rows) {
    // Postgres continues its counter as if no row had an id of its own, and would reach one of them.
    for (const Schedule& row : rows)
        if (row.id) instance.store.skip_ids_up_to<Schedule>(insert_schedule(instance, row));
    for (const Schedule& row : rows)
        if (!row.id) insert_schedule(instance, row);
}

}  // namespace runsim

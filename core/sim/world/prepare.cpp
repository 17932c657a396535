#include "sim/world/prepare.hpp"

#include <utility>

#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/scheduler/scheduler.hpp"
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

// Inserts the rows that a world begins with, unchanged: nothing creates them, and the clock does not move. Ids of later
// rows follow the highest of each table.
void lay_rows(Instance& instance, const Rows& rows) {
    lay_table(instance, rows.event_matchers);
    lay_table(instance, rows.schedules);
    lay_table(instance, rows.backfills);
    lay_table(instance, rows.runs);
    lay_table(instance, rows.block_runs);
    for (const Schedule& row : rows.schedules)
        for (const std::string& tag : row.tags) tag_id(instance, tag);
}

// Creates the schedules that a world begins with. They are all created at this instant: the clock does not move. Those
// with an id keep it. The others get ids above the highest, and later rows ids above those.
void make_schedules(Instance& instance, const std::vector<Schedule>& rows) {
    // Postgres continues its counter as if no row had an id of its own, and would reach one of them.
    for (const Schedule& row : rows)
        if (row.id) instance.store.skip_ids_up_to<Schedule>(insert_schedule(instance, row));
    for (const Schedule& row : rows)
        if (!row.id) insert_schedule(instance, row);
}

}  // namespace

Result<PreparedWorld> prepare_world(std::string_view document) {
    auto read = read_project_document(document);
    if (!read) return read.error();
    LoadedProject loaded = std::move(read).value();
    Scenario& scenario = loaded.scenario;
    Instance instance = make_instance(loaded.project, scenario.options);
    start_scheduler(instance, scenario.begin);
    instance.files.triggers = std::move(scenario.triggers);
    instance.files.settings = std::move(scenario.settings);
    instance.accounts = std::move(scenario.accounts);
    for (User& user : instance.accounts.users) user.created_at = scenario.options.start - Duration::microseconds(1);
    lay_rows(instance, scenario.rows);
    make_schedules(instance, scenario.schedules);
    return PreparedWorld{std::move(instance), std::move(loaded.notes), std::move(scenario.calls)};
}

}  // namespace runsim

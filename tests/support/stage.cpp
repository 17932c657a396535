#include "support/stage.hpp"

#include <utility>

#include "lifecycle/rows/create_run.hpp"
#include "lifecycle/rows/run_variables.hpp"
#include "lifecycle/rows/write_row.hpp"

namespace runsim::test {

Options Stage::default_options() {
    Options options;
    options.start = kStart;
    return options;
}

Stage::Stage(std::shared_ptr<const Project> project, Options options)
    : instance(make_instance(std::move(project), options)) {
    start_scheduler(instance, options.start);
}

void Stage::run_until(Instant until) {
    while (perform_next_event(instance, until)) {
    }
    if (instance.now < until) instance.now = until;
}

bool Stage::step() { return perform_next_event(instance, kLastInstant); }

ScheduleId Stage::add_schedule(std::string_view pipeline, ScheduleType type, std::optional<std::string> interval,
                               ScheduleStatus status) {
    Schedule row;
    row.name = "trigger " + std::to_string(instance.store.schedules().size() + 1);
    row.pipeline_uuid = instance.store.symbols.intern(pipeline);
    row.schedule_type = type;
    row.schedule_interval = std::move(interval);
    row.status = status;
    row.token = new_token(instance);
    row.created_at = row.updated_at = instance.moment();
    return instance.store.insert(std::move(row));
}

void Stage::set_settings(ScheduleId schedule, std::string_view settings) {
    write(instance, schedule, [&](Schedule& row) { row.settings = json::Text(std::string(settings)); });
}

RunId Stage::trigger(ScheduleId schedule) {
    Run row;
    row.pipeline_schedule_id = schedule;
    row.pipeline_uuid = instance.store.schedule(schedule)->pipeline_uuid;
    row.execution_date = instance.now;
    row.variables = json::Text::of(configured_variables(*instance.store.schedule(schedule), {}, instance.now));
    const RunId id = create_run(instance, std::move(row));
    RUNSIM_ASSERT(create_block_runs(instance, id).ok(), "the project of a test is sound");
    return id;
}

RunId Stage::add_run(ScheduleId schedule, Instant execution_date, RunStatus status) {
    Run row;
    row.pipeline_schedule_id = schedule;
    row.pipeline_uuid = instance.store.schedule(schedule)->pipeline_uuid;
    row.execution_date = execution_date;
    row.status = status;
    if (status != RunStatus::initial) row.started_at = instance.now;
    const RunId id = create_run(instance, std::move(row));
    RUNSIM_ASSERT(create_block_runs(instance, id).ok(), "the project of a test is sound");
    return id;
}

std::vector<RunId> Stage::runs_of(ScheduleId id) const {
    const auto& runs = instance.store.runs_by_id(id);
    return {runs.begin(), runs.end()};
}

const BlockRun& Stage::block(RunId run, std::string_view uuid) const {
    const BlockRun* found = nullptr;
    for (const BlockRun& row : instance.store.block_runs_of(run))
        if (instance.store.symbols.text(row.block_uuid) == uuid) found = &row;
    RUNSIM_ASSERT(found != nullptr, "the run has that block run");
    return *found;
}

std::string Stage::blocks(RunId run) const {
    std::string text;
    for (const BlockRun& row : instance.store.block_runs_of(run)) {
        if (!text.empty()) text += ", ";
        text += std::string(instance.store.symbols.text(row.block_uuid)) + " " + std::string(name_of(row.status));
    }
    return text;
}

std::string Stage::history(Subject subject, std::uint32_t id) const {
    std::string text;
    const auto& log = instance.transitions;
    for (std::uint64_t number = log.begin(); number < log.end(); ++number) {
        if (log[number].subject != subject || log[number].id != id || log[number].from == log[number].to) continue;
        if (!text.empty()) text += " ";
        text += status_name(subject, log[number].to);
    }
    return text;
}

}  // namespace runsim::test

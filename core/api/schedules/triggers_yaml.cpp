#include "api/rows/column.hpp"
#include "api/rows/row_text.hpp"
#include "api/schedules/handlers.hpp"
#include "json/write.hpp"
#include "lifecycle/requests/edit_project_files.hpp"
#include "model/date_style.hpp"

// The entries of a pipeline's triggers.yaml (http-api.md 9).
namespace runsim::api {

namespace {

void append_trigger(std::string& out, const Store& store, const TriggerFile& trigger) {
    const Schedule& row = trigger.row;
    std::string envs;
    json::Writer list(envs);
    list.begin_array();
    for (const std::string& env : trigger.envs) list.string(env);
    list.end_array();
    RowText w(out, str_date_style(store.dialect()));
    w.begin();
    w.raw("envs", envs);
    w.text("name", row.name);
    w.word("pipeline_uuid", store.symbols.text(row.pipeline_uuid));
    w.text("schedule_interval", row.schedule_interval);
    w.word("schedule_type", row.schedule_type ? name_of(*row.schedule_type) : std::string_view());
    w.json("settings", row.settings);
    w.integer("sla", row.sla);
    w.date("start_time", row.start_time);
    w.word("status", name_of(row.status));
    w.json("variables", row.variables);
    w.end();
}

ResultOf<const Pipeline*> pipeline_of(const Call& call) {
    if (!call.parent) return no_attribute("NoneType", "uuid");
    if (!call.parent->pipeline) return no_attribute(call.parent->resource->class_name, "uuid");
    return call.parent->pipeline;
}

}  // namespace

Outcome list_pipeline_triggers(Call& call, std::string& out) {
    const auto pipeline = pipeline_of(call);
    if (!pipeline) return pipeline.error();
    out += '[';
    bool first = true;
    for (const TriggerFile& trigger : call.instance.files.triggers) {
        if (trigger.row.pipeline_uuid != (*pipeline)->symbol) continue;
        if (!first) out += ", ";
        first = false;
        append_trigger(out, call.store(), trigger);
    }
    out += ']';
    return Done{};
}

// Writes a schedule into the file. (The real server also accepts an entry spelled out in the payload, but its
// constructor then requires keys that no client sends.)
Outcome create_pipeline_trigger(Call& call, std::string& out) {
    const auto pipeline = pipeline_of(call);
    const json::Value* id = call.payload.find("pipeline_schedule_id");
    if (!id || !id->truthy()) {
        const json::Value* name = call.payload.find("name");
        if (!name || !name->truthy()) return invalid("Pipeline schedule ID or trigger name is required.");
        return Failure(
            Exception{"NotImplementedError",
                      "runsim writes a trigger of a pipeline_schedule_id only, not one that the payload describes."});
    }
    if (!pipeline) return pipeline.error();
    const auto number = integer_column({call.dialect(), "pipeline_schedule", "id"}, *id);
    if (!number) return number.error();
    const Schedule* schedule = call.store().schedule(ScheduleId::from(number->value_or(0)));
    if (!schedule) return no_attribute("NoneType", "last_enabled_at");
    call.instance.moment();
    const std::string name = schedule->name.value_or("");
    save_trigger(call.instance, (*pipeline)->symbol, name, *schedule);
    append_trigger(out, call.store(), *find_trigger(call.instance, (*pipeline)->symbol, name));
    return Done{};
}

}  // namespace runsim::api

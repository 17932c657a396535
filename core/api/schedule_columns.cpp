#include "api/schedule_columns.hpp"

#include "api/run_text.hpp"
#include "json/write.hpp"

namespace runsim::api {

void append_schedule_columns(std::string& out, const Store& store, const Schedule& schedule) {
    const DateStyle style = model_date_style(store.dialect());
    json::Writer w(out);
    const auto text = [&w](std::string_view key, const std::optional<std::string>& value) {
        w.key(key);
        if (value) w.string(*value); else w.null();
    };
    const auto date = [&w, style](std::string_view key, MaybeInstant value) {
        w.key(key);
        if (value) w.string(date_text(*value, style)); else w.null();
    };
    const auto json = [&w](std::string_view key, const json::Text& value) {
        w.key(key);
        w.raw(value.json());
    };
    w.begin_object();
    w.key("id");
    w.integer(schedule.id.value);
    date("created_at", schedule.created_at);
    date("updated_at", schedule.updated_at);
    text("name", schedule.name);
    text("description", schedule.description);
    w.key("pipeline_uuid");
    if (schedule.pipeline_uuid == Symbol()) w.null(); else w.string(store.symbols.text(schedule.pipeline_uuid));
    w.key("schedule_type");
    if (schedule.schedule_type) w.string(name_of(*schedule.schedule_type)); else w.null();
    date("start_time", schedule.start_time);
    text("schedule_interval", schedule.schedule_interval);
    w.key("status");
    w.string(name_of(schedule.status));
    date("last_enabled_at", schedule.last_enabled_at);
    json("variables", schedule.variables);
    w.key("sla");
    if (schedule.sla) w.integer(*schedule.sla); else w.null();
    text("token", schedule.token);
    text("repo_path", schedule.repo_path);
    json("settings", schedule.settings);
    text("global_data_product_uuid", schedule.global_data_product_uuid);
    w.end_object();
}

}  // namespace runsim::api

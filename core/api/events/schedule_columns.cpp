#include "api/events/schedule_columns.hpp"

#include "api/rows/row_text.hpp"
#include "model/date_style.hpp"

namespace runsim::api {

void append_schedule_columns(std::string& out, const Store& store, const Schedule& schedule) {
    RowText w(out, str_date_style(store.dialect()));
    w.begin();
    w.id("id", schedule.id.value);
    w.date("created_at", schedule.created_at);
    w.date("updated_at", schedule.updated_at);
    w.text("name", schedule.name);
    w.text("description", schedule.description);
    w.word("pipeline_uuid", store.symbols.text(schedule.pipeline_uuid));
    w.word("schedule_type", schedule.schedule_type ? name_of(*schedule.schedule_type) : std::string_view());
    w.date("start_time", schedule.start_time);
    w.text("schedule_interval", schedule.schedule_interval);
    w.word("status", name_of(schedule.status));
    w.date("last_enabled_at", schedule.last_enabled_at);
    w.json("variables", schedule.variables);
    w.integer("sla", schedule.sla);
    w.text("token", schedule.token);
    w.text("repo_path", schedule.repo_path);
    w.json("settings", schedule.settings);
    w.text("global_data_product_uuid", schedule.global_data_product_uuid);
    w.end();
}

}  // namespace runsim::api

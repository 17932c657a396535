#include "api/events/schedule_columns.hpp"

#include "api/rows/row_text.hpp"
#include "model/date_style.hpp"

namespace runsim::api {

void append_schedule_columns(std::string& out, const Instance& instance, const Schedule& schedule) {
    RowText w(out, str_date_style(instance.store.dialect()));
    w.raw_row(schedule, instance.project->release, [&] {
        w.text("name", schedule.name);
        w.text("description", schedule.description);
        w.word("pipeline_uuid", instance.store.symbols.text(schedule.pipeline_uuid));
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
    });
}

}  // namespace runsim::api

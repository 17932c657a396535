#include "api/schedules/schedule_text.hpp"

#include "api/events/event_matcher_text.hpp"
#include "base/sort_stably.hpp"
#include "json/write.hpp"
#include "lifecycle/schedules/execution_date.hpp"
#include "lifecycle/schedules/runtime_history.hpp"
#include "model/date_style.hpp"

namespace runsim::api {

namespace {

// Writes one object.
class ScheduleWriter {
public:
    ScheduleWriter(std::string& out, const Instance& instance, const Schedule& schedule)
        : instance_(instance), row_(schedule), w_(out), style_(str_date_style(instance.store.dialect())) {}

    void columns() {
        date("created_at", row_.created_at);
        text("description", row_.description);
        text("global_data_product_uuid", row_.global_data_product_uuid);
        id();
        date("last_enabled_at", row_.last_enabled_at);
        text("name", row_.name);
        w_.key("pipeline_uuid");
        if (row_.pipeline_uuid == Symbol())
            w_.null();
        else
            w_.string(instance_.store.symbols.text(row_.pipeline_uuid));
        text("repo_path", row_.repo_path);
        interval();
        json("settings", row_.settings);
        w_.member("sla", row_.sla);
        date("start_time", row_.start_time);
        w_.member("status", name_of(row_.status));
        text("token", row_.token);
        date("updated_at", row_.updated_at);
        json("variables", row_.variables);
    }

    // Of integration_source/detail.
    void source_columns() {
        id();
        text("name", row_.name);
        interval();
        json("settings", row_.settings);
        json("variables", row_.variables);
    }

    void event_matchers() {
        w_.key("event_matchers");
        std::string matchers;
        append_event_matchers_of(matchers, instance_, row_);
        w_.raw(matchers);
    }

    // The date is null for an interval without a next date, where the real server fails the whole request (Q23).
    void next_date() {
        const auto next = next_execution_date(row_, instance_.now);
        w_.key("next_pipeline_run_date");
        if (next && *next)
            w_.string(date_text(**next, DateStyle::space_offset));
        else
            w_.null();
    }

    void tags(bool sorted) {
        w_.key("tags");
        std::vector<std::string> names = row_.tags;
        if (sorted) sort_stably(names);
        w_.begin_array();
        for (const std::string& name : names) w_.string(name);
        w_.end_array();
    }

    // The computed attributes of the list. They are null without a run (Q14).
    void list_end() {
        const auto& ids = instance_.store.runs_by_id(row_.id);
        const bool any = !ids.empty();
        event_matchers();
        w_.key("last_pipeline_run_status");  // of the highest id, not of the latest date (Q33)
        if (any)
            w_.string(name_of(instance_.store.run(*ids.rbegin())->status));
        else
            w_.null();
        next_date();
        w_.key("pipeline_in_progress_runs_count");
        const auto alive = static_cast<std::int64_t>(instance_.store.initial_runs(row_.id).size());
        if (any)
            w_.integer(alive + instance_.store.running_count(row_.id));
        else
            w_.null();
        w_.key("pipeline_runs_count");
        if (any)
            w_.integer(static_cast<std::int64_t>(ids.size()));
        else
            w_.null();
        tags(false);
    }

    void list_end_without_list() {
        for (const std::string_view name : {"event_matchers", "last_pipeline_run_status", "next_pipeline_run_date",
                                            "pipeline_in_progress_runs_count", "pipeline_runs_count", "tags"})
            null(name);
    }

    void detail_end() {
        event_matchers();
        next_date();
        tags(true);
    }

    // Only DETAIL counts the runs.
    void runtime_end(bool counts_runs) {
        next_date();
        w_.key("pipeline_runs_count");
        if (counts_runs)
            w_.integer(static_cast<std::int64_t>(instance_.store.runs_by_id(row_.id).size()));
        else
            w_.null();
        w_.key("runtime_average");
        if (const auto average = runtime_average(instance_, row_.id))
            w_.real(*average);
        else
            w_.null();
        tags(true);
    }

    void begin() { w_.begin_object(); }
    void end() { w_.end_object(); }

private:
    void id() { w_.member("id", row_.id.value); }
    void interval() {
        text("schedule_interval", row_.schedule_interval);
        w_.key("schedule_type");
        if (row_.schedule_type)
            w_.string(name_of(*row_.schedule_type));
        else
            w_.null();
    }
    void null(std::string_view key) { w_.member(key, nullptr); }
    void text(std::string_view key, const std::optional<std::string>& value) { w_.member(key, value); }
    void json(std::string_view key, const json::Text& value) { w_.member(key, value); }
    void date(std::string_view key, MaybeInstant value) {
        if (!value) return null(key);
        w_.member(key, date_text(*value, style_));
    }

    const Instance& instance_;
    const Schedule& row_;
    json::Writer w_;
    DateStyle style_;
};

}  // namespace

ScheduleFormat schedule_format_of(std::string_view name) {
    if (name == "list") return ScheduleFormat::list;
    if (name == "detail" || name == "update") return ScheduleFormat::detail;
    if (name == "with_runtime_average") return ScheduleFormat::runtime;
    if (name == "integration_source/detail") return ScheduleFormat::source;
    return ScheduleFormat::standard;
}

void append_schedule(std::string& out, const Call& call, const Schedule& schedule, ScheduleFormat format) {
    ScheduleWriter writer(out, call.instance, schedule);
    writer.begin();
    if (format == ScheduleFormat::source)
        writer.source_columns();
    else
        writer.columns();
    if (format == ScheduleFormat::detail) writer.detail_end();
    if (format == ScheduleFormat::runtime) writer.runtime_end(call.action == Action::detail);
    if (format == ScheduleFormat::list && call.action == Action::list) writer.list_end();
    if (format == ScheduleFormat::list && call.action != Action::list) writer.list_end_without_list();
    writer.end();
}

}  // namespace runsim::api

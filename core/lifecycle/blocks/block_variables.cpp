#include "lifecycle/blocks/block_variables.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/date/date_text.hpp"
#include "lifecycle/cron/cron.hpp"
#include "lifecycle/cron/interval.hpp"
#include "lifecycle/rows/run_variables.hpp"
#include "model/date_style.hpp"

namespace runsim {

namespace {

constexpr std::string_view kIntervalKeys[] = {"interval_end_datetime", "interval_seconds", "interval_start_datetime",
                                              "interval_start_datetime_previous"};

json::Object object_of(const json::Text& text) {
    json::Value value = text.has_value() ? text.value() : json::Value();
    return value.object() ? std::move(*value.object()) : json::Object();
}

void overlay(json::Object& under, json::Object over) {
    for (json::Member& member : over) under.set(member.key, std::move(member.value));
}

// Returns the end of the interval of a run that begins at `start`, or none if the schedule has no such end.
MaybeInstant end_of_interval(const Schedule& schedule, Interval interval, Instant start) {
    if (is_period(interval)) return period_after(interval, start);
    if (interval != Interval::cron) return {};
    const auto cron = CronExpression::parse(*schedule.schedule_interval);
    if (!cron.ok()) return {};
    const auto end = cron->next(start);
    return end.ok() ? MaybeInstant(*end) : MaybeInstant();
}

// lifecycle.md 5, step 6. The previous interval has the same length as this one, regardless of the calendar.
void add_intervals(json::Object& variables, const Schedule& schedule, Instant start, DateStyle style) {
    const Interval interval = interval_of(schedule);
    json::Value end;
    json::Value seconds;
    json::Value previous;
    if (const MaybeInstant instant = end_of_interval(schedule, interval, start)) {
        const Duration length = *instant - start;
        const bool varies = interval == Interval::monthly || interval == Interval::cron;
        end = date_value(*instant, style);
        seconds = varies ? json::Value(static_cast<double>(length.us) / 1e6) : json::Value(length.us / 1'000'000);
        previous = date_value(start - length, style);
    }
    variables.set("interval_end_datetime", std::move(end));
    variables.set("interval_seconds", std::move(seconds));
    variables.set("interval_start_datetime", date_value(start, style));
    variables.set("interval_start_datetime_previous", std::move(previous));
}

// Converts texts from a backfill to dates for the code.
void parse_intervals(json::Object& variables, DateStyle style) {
    for (const std::string_view key : kIntervalKeys) {
        const json::Value* value = variables.find(key);
        const std::string* text = value == nullptr ? nullptr : value->string();
        if (text == nullptr) continue;
        const auto date = parse_iso_date(*text);
        if (date.ok() && is_representable(date->utc())) variables.set(key, date_text(date->utc(), style));
    }
}

}  // namespace

json::Object get_variables(const Instance& instance, const Run& run) {
    const Store& store = instance.store;
    const DateStyle style = str_date_style(store.dialect());
    const Schedule* schedule = store.schedule(run.pipeline_schedule_id);
    const PipelineFacts* pipeline = pipeline_facts(instance, run.pipeline_uuid);

    json::Object variables = pipeline ? object_of(pipeline->pipeline->variables) : json::Object();
    if (schedule) overlay(variables, object_of(schedule->variables));
    overlay(variables, object_of(run.variables));
    json::Object event_variables = object_of(run.event_variables);
    for (const json::Member& member : event_variables)
        if (!variables.contains(member.key)) variables.append(member.key, member.value);

    const bool brings_intervals =
        std::any_of(std::begin(kIntervalKeys), std::end(kIntervalKeys), [&](std::string_view key) {
            const json::Value* value = variables.find(key);
            return value != nullptr && value->truthy();
        });
    if (run.execution_date) {
        const std::string date = date_text(*run.execution_date, DateStyle::iso);
        variables.set("ds", date.substr(0, 10));
        variables.set("hr", date.substr(11, 2));
    }
    variables.set("env", "prod");
    json::Value* given = variables.find("event");
    json::Object event = given != nullptr && given->object() ? std::move(*given->object()) : json::Object();
    overlay(event, std::move(event_variables));
    variables.set("event", std::move(event));
    variables.set("execution_date",
                  run.execution_date ? json::Value(date_text(*run.execution_date, style)) : json::Value());
    variables.set("execution_partition", execution_partition(run));
    variables.set("pipeline_run_id", std::int64_t{run.id.value});
    variables.set("trigger_name", schedule && schedule->name ? json::Value(*schedule->name) : json::Value());
    if (brings_intervals)
        parse_intervals(variables, style);
    else if (schedule && schedule->schedule_type == ScheduleType::time && run.execution_date)
        add_intervals(variables, *schedule, *run.execution_date, style);
    if (pipeline && pipeline->integration) {
        variables.set("pipeline.name", pipeline->pipeline->name);
        variables.set("pipeline.uuid", pipeline->pipeline->uuid);
        variables.set("pipeline_uuid", pipeline->pipeline->uuid);
    }
    return variables;
}

}  // namespace runsim

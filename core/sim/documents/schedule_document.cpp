#include "sim/documents/schedule_document.hpp"

#include <algorithm>
#include <set>

#include "base/text/text.hpp"
#include "lifecycle/schedules/execution_date.hpp"
#include "sim/documents/scenario.hpp"
#include "sim/reading/nearest.hpp"

namespace runsim {

namespace {

constexpr std::int64_t kMostId = 1'000'000;
constexpr std::int64_t kMostSla = 1'000'000'000;

constexpr std::string_view kIntervals =
    "@once, @hourly, @daily, @weekly, @monthly, @always_on or a cron expression (such as \"*/15 * * * *\")";

bool is_token(std::string_view text) {
    return text.size() == 32 && std::all_of(text.begin(), text.end(),
                                            [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

Schedule read_schedule_columns(const Fields& fields) {
    Schedule row;
    row.name = fields.nonempty_text("name");
    row.description = fields.text("description");
    row.schedule_type = fields.choice<ScheduleType>("schedule_type");
    row.status = fields.choice<ScheduleStatus>("status").value_or(ScheduleStatus::inactive);
    row.schedule_interval = fields.text("schedule_interval");
    if (row.schedule_interval && !row.schedule_interval->empty() && !is_valid_interval(*row.schedule_interval))
        fields.refuse("schedule_interval", *fields.find("schedule_interval"), kIntervals);
    if (const auto start_time = fields.date("start_time")) row.start_time = *start_time;
    if (const json::Object* variables = fields.object("variables"))
        row.variables = json::Text::of(json::Value(*variables));
    if (const json::Object* settings = fields.object("settings")) row.settings = json::Text::of(json::Value(*settings));
    row.sla = fields.integer("sla", 0, kMostSla);
    row.token = fields.nonempty_text("token");
    return row;
}

namespace {

Schedule read_schedule(const Fields& fields, const Project& project) {
    fields.allow_only({"id", "pipeline", "name", "schedule_type", "schedule_interval", "status", "start_time", "token",
                       "variables", "settings", "sla", "description", "tags"});
    for (const std::string_view key : {"pipeline", "name"})
        if (!fields.find(key)) fields.complain(key, "is missing");
    Schedule row = read_schedule_columns(fields);
    if (const auto id = fields.integer("id", 1, kMostId)) row.id.value = static_cast<std::uint32_t>(*id);
    if (const auto uuid = fields.text("pipeline")) {
        std::vector<std::string_view> uuids;
        for (const Pipeline& pipeline : project.pipelines) uuids.push_back(pipeline.uuid);
        for (const BrokenPipeline& broken : project.broken) uuids.push_back(broken.shown.uuid);
        if (const Pipeline* pipeline = project.find_pipeline(*uuid))
            row.pipeline_uuid = pipeline->symbol;
        else if (const BrokenPipeline* broken = project.find_broken(*uuid))
            row.pipeline_uuid = broken->shown.symbol;
        else
            fields.complain("pipeline",
                            "there is no pipeline " + quoted(*uuid) + " (there are: " + listed(uuids) + ")");
    }
    if (row.token && !is_token(*row.token))
        fields.refuse("token", *fields.find("token"), "32 of the digits 0-9 and a-f");
    if (const json::Object* settings = fields.object("settings"))
        Fields(fields.problems(), fields.place().key("settings"), *settings, NullIs::absent)
            .allow_only(schedule_setting_keys());
    row.tags = fields.texts("tags").value_or(std::vector<std::string>());
    return row;
}

}  // namespace

const Fields::Names& schedule_setting_keys() {
    static const Fields::Names kKeys = {"skip_if_previous_running",
                                        "allow_blocks_to_fail",
                                        "create_initial_pipeline_run",
                                        "landing_time_enabled",
                                        "pipeline_run_limit",
                                        "timeout",
                                        "timeout_status"};
    return kKeys;
}

std::vector<Schedule> read_schedules(const json::Array& list, const Place& place, const Project& project,
                                     Problems& problems) {
    std::vector<Schedule> rows;
    if (list.size() > kMostSchedules) {
        problems.add(place, "has " + std::to_string(list.size()) + " entries; at most " +
                                std::to_string(kMostSchedules) + " are possible");
        return rows;
    }
    std::set<std::uint32_t> ids;
    std::set<std::string> tokens;
    for_each_object(list, place, problems, NullIs::absent, "a schedule", [&](const Fields& fields) {
        Schedule row = read_schedule(fields, project);
        if (row.id && !ids.insert(row.id.value).second)
            fields.complain("id", std::to_string(row.id.value) + " is taken by an earlier schedule");
        if (row.token && !tokens.insert(*row.token).second)
            fields.complain("token", quoted(*row.token) + " is taken by an earlier schedule");
        rows.push_back(std::move(row));
    });
    return rows;
}

}  // namespace runsim

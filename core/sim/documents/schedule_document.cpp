#include "sim/documents/schedule_document.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text/text.hpp"
#include "lifecycle/schedules/execution_date.hpp"
#include "sim/documents/scenario.hpp"
#include "sim/reading/nearest.hpp"

namespace runsim {

namespace {

constexpr std::int64_t kMostId = 1'000'000;
constexpr std::int64_t kMostSla = 1'000'000'000;

// lifecycle.md 0.4: Mage raises a TypeError for any other, wherever it reads the settings of a trigger.
const Fields::Names kSettings = {"skip_if_previous_running",
                                 "allow_blocks_to_fail",
                                 "create_initial_pipeline_run",
                                 "landing_time_enabled",
                                 "pipeline_run_limit",
                                 "timeout",
                                 "timeout_status"};

// What schedules of runsim.json and triggers of triggers.yaml have in common.
Schedule read_common(const Fields& fields, std::string_view invalid_interval) {
    Schedule row;
    row.name = fields.nonempty_text("name");
    row.description = fields.text("description");
    row.schedule_type = fields.choice<ScheduleType>("schedule_type");
    row.status = fields.choice<ScheduleStatus>("status").value_or(ScheduleStatus::inactive);
    row.schedule_interval = fields.text("schedule_interval");
    if (row.schedule_interval && !row.schedule_interval->empty() && !is_valid_interval(*row.schedule_interval))
        fields.refuse("schedule_interval", *fields.find("schedule_interval"), invalid_interval);
    if (const auto start_time = fields.date("start_time")) row.start_time = *start_time;
    if (const json::Object* variables = fields.object("variables"))
        row.variables = json::Text::of(json::Value(*variables));
    if (const json::Object* settings = fields.object("settings")) row.settings = json::Text::of(json::Value(*settings));
    row.sla = fields.integer("sla", 0, kMostSla);
    row.token = fields.nonempty_text("token");
    return row;
}

constexpr std::string_view kIntervals =
    "@once, @hourly, @daily, @weekly, @monthly, @always_on or a cron expression (such as \"*/15 * * * *\")";

bool is_token(std::string_view text) {
    return text.size() == 32 && std::all_of(text.begin(), text.end(),
                                            [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Schedule read_schedule(const Fields& fields, const Project& project) {
    fields.allow_only({"id", "pipeline", "name", "schedule_type", "schedule_interval", "status", "start_time", "token",
                       "variables", "settings", "sla", "description", "tags"});
    for (const std::string_view key : {"pipeline", "name"})
        if (!fields.find(key)) fields.complain(key, "is missing");
    Schedule row = read_common(fields, kIntervals);
    if (const auto id = fields.integer("id", 1, kMostId)) row.id.value = static_cast<std::uint32_t>(*id);
    if (const auto uuid = fields.text("pipeline")) {
        std::vector<std::string_view> uuids;
        for (const Pipeline& pipeline : project.pipelines) uuids.push_back(pipeline.uuid);
        if (const Pipeline* pipeline = project.find_pipeline(*uuid))
            row.pipeline_uuid = pipeline->symbol;
        else
            fields.complain("pipeline",
                            "there is no pipeline " + quoted(*uuid) + " (there are: " + listed(uuids) + ")");
    }
    if (row.token && !is_token(*row.token))
        fields.refuse("token", *fields.find("token"), "32 of the digits 0-9 and a-f");
    if (const json::Object* settings = fields.object("settings"))
        Fields(fields.problems(), fields.place().key("settings"), *settings, NullIs::absent).allow_only(kSettings);
    row.tags = fields.texts("tags").value_or(std::vector<std::string>());
    return row;
}

// --- triggers.yaml ---

const Fields::Names kTriggerKeys = {"name",      "schedule_type", "schedule_interval", "start_time", "status",
                                    "variables", "settings",      "last_enabled_at",   "sla",        "envs",
                                    "token",     "description",   "pipeline_uuid"};
const Fields::Names kEnvironments = {"dev", "prod", "staging", "test", "test_mage"};
constexpr std::string_view kEnvironment = "dev";  // what a server is that nobody told otherwise

// Why Mage leaves the entry out, or "".
std::string reason_to_drop(const Fields& entry) {
    for (const std::string_view key : {"name", "schedule_type", "start_time", "schedule_interval"})
        if (!entry.object().contains(key)) return std::string(key) + " is missing";
    for (const json::Member& member : entry.object())
        if (std::find(kTriggerKeys.begin(), kTriggerKeys.end(), member.key) == kTriggerKeys.end())
            return member.key + ": " + no_such_key(member.key, kTriggerKeys);
    const auto environments = entry.texts("envs");
    if (!environments || environments->empty()) return {};
    for (const std::string& name : *environments)
        if (std::find(kEnvironments.begin(), kEnvironments.end(), name) == kEnvironments.end())
            return "envs: " + quoted(name) + " is not one of " + listed(kEnvironments);
    if (std::find(environments->begin(), environments->end(), kEnvironment) != environments->end()) return {};
    return "envs: it is not for " + quoted(kEnvironment) + ", which this simulation is";
}

void note_settings(const Fields& entry, Notes& notes) {
    const json::Object* settings = entry.object("settings");
    if (!settings) return;
    for (const json::Member& member : *settings) {
        if (std::find(kSettings.begin(), kSettings.end(), member.key) != kSettings.end()) continue;
        notes.push_back(entry.place().key("settings").key(member.key).text() + ": " +
                        no_such_key(member.key, kSettings) +
                        "; Mage fails where it reads these settings, here it is ignored");
    }
}

}  // namespace

Schedule read_schedule_columns(const Fields& fields) { return read_common(fields, kIntervals); }

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
    for (std::size_t i = 0; i < list.size(); ++i) {
        const json::Object* entry = list[i].object();
        if (!entry) {
            problems.add(place.item(i), shown(list[i]) + " is not a schedule (an object of keys and values)");
            continue;
        }
        const Fields fields(problems, place.item(i), *entry, NullIs::absent);
        Schedule row = read_schedule(fields, project);
        if (row.id && !ids.insert(row.id.value).second)
            fields.complain("id", std::to_string(row.id.value) + " is taken by an earlier schedule");
        if (row.token && !tokens.insert(*row.token).second)
            fields.complain("token", quoted(*row.token) + " is taken by an earlier schedule");
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<TriggerFile> read_triggers(const Fields& file, const Pipeline& pipeline, Notes& notes) {
    std::vector<TriggerFile> rows;
    const json::Array* list = file.array("triggers");
    if (!list) return rows;
    if (list->size() > kMostSchedules) {
        file.complain("triggers", "has " + std::to_string(list->size()) + " entries; at most " +
                                      std::to_string(kMostSchedules) + " are possible");
        return rows;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
        const Place numbered = file.place().key("triggers").item(i);
        const json::Object* entry = (*list)[i].object();
        if (!entry) {
            file.problems().add(numbered, shown((*list)[i]) + " is not a trigger (keys and values)");
            continue;
        }
        const json::Value* name = entry->find("name");
        const Place place = name && name->string() ? file.place().part("trigger " + quoted(*name->string())) : numbered;
        const Fields fields(file.problems(), place, *entry, NullIs::absent);
        if (const std::string reason = reason_to_drop(fields); !reason.empty()) {
            notes.push_back(place.text() + ": " + reason + "; the trigger is left out, as Mage does");
            continue;
        }
        if (!fields.find("name")) fields.complain("name", "is empty");
        Schedule row = read_common(
            fields, std::string(kIntervals) + "; Mage's sync fails on it and makes no trigger of any pipeline");
        row.pipeline_uuid = pipeline.symbol;
        if (!row.variables.has_value()) row.variables = json::Text::empty_object();
        if (!row.settings.has_value()) row.settings = json::Text::empty_object();
        if (const auto enabled = fields.date("last_enabled_at")) row.last_enabled_at = *enabled;
        note_settings(fields, notes);
        rows.push_back({fields.texts("envs").value_or(std::vector<std::string>()), std::move(row)});
    }
    return rows;
}

void lay_triggers_over(std::vector<Schedule>& schedules, std::vector<Schedule> triggers,
                       const std::vector<Schedule>& synced) {
    std::set<std::pair<Symbol, std::string>> done;
    for (const Schedule& row : synced) done.emplace(row.pipeline_uuid, row.name.value_or(""));
    std::map<std::pair<Symbol, std::string>, std::size_t> places;
    for (std::size_t i = 0; i < schedules.size(); ++i)
        places.emplace(std::pair(schedules[i].pipeline_uuid, *schedules[i].name), i);
    for (Schedule& trigger : triggers) {
        if (done.contains({trigger.pipeline_uuid, *trigger.name})) continue;
        const auto [place, is_new] = places.emplace(std::pair(trigger.pipeline_uuid, *trigger.name), schedules.size());
        if (is_new) {
            schedules.push_back(std::move(trigger));
            continue;
        }
        Schedule& row = schedules[place->second];
        trigger.id = row.id;
        trigger.tags = std::move(row.tags);
        if (!trigger.token) trigger.token = std::move(row.token);
        row = std::move(trigger);
    }
}

}  // namespace runsim

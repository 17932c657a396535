#include "sim/documents/trigger_document.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "api/rows/column.hpp"
#include "base/contains.hpp"
#include "json/loose_values.hpp"
#include "lifecycle/schedules/execution_date.hpp"
#include "sim/documents/scenario.hpp"
#include "sim/documents/schedule_document.hpp"
#include "sim/reading/nearest.hpp"

namespace runsim {

namespace {

using json::Object;
using json::Value;

const Fields::Names kTriggerKeys = {"name",      "schedule_type", "schedule_interval", "start_time", "status",
                                    "variables", "settings",      "last_enabled_at",   "sla",        "envs",
                                    "token",     "description",   "pipeline_uuid",     "repo_path"};
const Fields::Names kEnvironments = {"dev", "prod", "staging", "test", "test_mage"};
constexpr std::string_view kEnvironment = "dev";  // a server's default
constexpr std::string_view kStopsSync = "; Mage's sync of all triggers fails at it";

// A YAML date: {"$date": "2026-01-01"} in the document.
const std::string* date_of(const Value& value) {
    const Object* object = value.object();
    return object && object->size() == 1 ? object->text("$date") : nullptr;
}

// The value with its dates as texts. Sets `any` if there are dates.
Value without_dates(Value value, bool& any) {
    if (const std::string* date = date_of(value)) {
        any = true;
        return Value(*date);
    }
    if (json::Array* list = value.array())
        for (Value& item : *list) item = without_dates(std::move(item), any);
    if (Object* object = value.object())
        for (json::Member& member : *object) member.value = without_dates(std::move(member.value), any);
    return value;
}

std::optional<WrittenDate> parse_date(const std::string& text) {
    auto written = parse_iso_date(text);
    if (!written) written = parse_lenient_date(text, Instant{});
    if (!written || !is_representable(written->utc())) return std::nullopt;
    return *written;
}

// Reads one entry that is a mapping.
class Entry {
public:
    Entry(const Object& given, Place place, Symbol pipeline, const std::string& repo_path, Dialect dialect,
          Notes& notes)
        : entry_(given), place_(std::move(place)), repo_path_(repo_path), dialect_(dialect), notes_(notes) {
        trigger_.row.pipeline_uuid = pipeline;
    }

    // Returns nullopt if Mage drops the entry; says why in a note.
    std::optional<TriggerFile> read(TriggersOfFile& file) {
        if (!read_kind() || !read_environments() || !read_interval()) return std::nullopt;
        if (!is_for_environment()) return drop("envs", "it is not for \"dev\", which this simulation is");
        read_name();
        read_dates();
        trigger_.row.sla = read_sla();
        trigger_.row.description = read_text("description");
        trigger_.row.token = read_text("token");
        trigger_.row.variables = read_json("variables");
        if (!flagged_) trigger_.row.settings = read_json("settings");
        note_settings();
        if (!is_of_this_project()) return std::nullopt;
        file.stops_sync = file.stops_sync || stops_sync_;
        file.stops_search = file.stops_search || stops_search_;
        file.is_rewritten = file.is_rewritten || (trigger_.row.status == ScheduleStatus::active &&
                                                  value_of(entry_, "last_enabled_at").is_null());
        return std::move(trigger_);
    }

private:
    std::nullopt_t drop(std::string_view key, std::string_view reason) {
        add_note(notes_, place_.key(key), std::string(reason) + "; the trigger is left out, as Mage does");
        return std::nullopt;
    }

    void stop_sync(std::string_view key, std::string_view reason) {
        stops_sync_ = true;
        add_note(notes_, place_.key(key), std::string(reason) + std::string(kStopsSync));
    }
    std::string not_a(std::string_view key, std::string_view what) const {
        return shown(value_of(entry_, key)) + " is not " + std::string(what);
    }

    // An enumerator by its spelling. Another text is dropped, another value fails in the database.
    template <class E>
    bool read_choice(std::string_view key, std::optional<E>& choice) {
        const Value& value = value_of(entry_, key);
        if (value.is_null()) return true;
        const auto& names = EnumSpelling<E>::names;
        const Fields::Names all(names.begin(), names.end());
        if (const std::string* text = value.string(); text && !text->empty()) {
            choice = enum_of<E>(*text);
            if (choice) return true;
            std::string complaint = shown(value) + " is not one of " + listed(all);
            if (const auto meant = nearest(*text, all); !meant.empty())
                complaint.append("; did you mean ").append(quoted(meant)).append("?");
            drop(key, complaint);
            return false;
        }
        stop_sync(key, not_a(key, "one of " + listed(all)));
        return true;
    }

    bool read_kind() {
        for (const std::string_view key : {"name", "schedule_type", "start_time", "schedule_interval"})
            if (!entry_.contains(key)) return drop(key, "is missing"), false;
        for (const json::Member& member : entry_)
            if (!contains(kTriggerKeys, member.key))
                return drop(member.key, no_such_key(member.key, kTriggerKeys)), false;
        std::optional<ScheduleStatus> status;
        if (!read_choice("schedule_type", trigger_.row.schedule_type) || !read_choice("status", status)) return false;
        trigger_.row.status = status.value_or(ScheduleStatus::inactive);
        return true;
    }

    bool read_environments() {
        const Value* value = entry_.find("envs");
        if (!value) return true;
        if (!value->array() && !value->string() && !value->object())
            return drop("envs", not_a("envs", "a list of environments")), false;
        trigger_.envs = texts_of(entry_, "envs");
        if (const json::Array* list = value->array(); list && list->size() != trigger_.envs.size())
            return drop("envs", not_a("envs", "a list of " + listed(kEnvironments))), false;
        for (const std::string& name : trigger_.envs)
            if (!contains(kEnvironments, name))
                return drop("envs", quoted(name) + " is not one of " + listed(kEnvironments)), false;
        return true;
    }

    bool is_for_environment() const {
        const auto& envs = trigger_.envs;
        return envs.empty() || contains(envs, kEnvironment);
    }

    bool read_interval() {
        const Value& value = value_of(entry_, "schedule_interval");
        if (value.is_null()) return true;
        const std::string* text = value.string();
        const bool is_time = trigger_.row.schedule_type == ScheduleType::time;
        if (!text) {
            if (is_time) return drop("schedule_interval", not_a("schedule_interval", "a text")), false;
            if (value.truthy()) stop_sync("schedule_interval", not_a("schedule_interval", "a text"));
            return true;
        }
        trigger_.row.schedule_interval = *text;
        const bool valid = !text->empty() && is_valid_interval(*text);
        if (is_time && !valid && !flag_interval()) return false;
        if (!text->empty() && !valid)
            stop_sync("schedule_interval", not_a("schedule_interval", "an interval or a cron expression"));
        return true;
    }

    // Mage marks a cron expression that is none in the settings.
    bool flag_interval() {
        bool any = false;
        Value settings = without_dates(value_of(entry_, "settings"), any);
        if (!settings.truthy()) settings = Object();
        if (!settings.object())
            return drop("settings", shown(settings) + " is not a mapping of keys and values"), false;
        settings.object()->set("invalid_schedule_interval", true);
        trigger_.row.settings = json::Text::of(settings);
        flagged_ = true;
        if (any) stop_sync("settings", "a date cannot be JSON");
        return true;
    }

    void read_name() {
        const Value& value = value_of(entry_, "name");
        if (value.string() && !value.string()->empty()) {
            trigger_.row.name = *value.string();
            return;
        }
        stop_sync("name", value.is_null() || value.string() ? "is empty" : not_a("name", "a text"));
        const bool is_list = value.array() || (value.object() && !date_of(value));
        stops_search_ = is_list || (dialect_ == Dialect::postgres && !value.is_null() && !value.string());
    }

    void read_dates() {
        for (const auto& [key, column] :
             {std::pair{std::string_view("start_time"), &trigger_.row.start_time},
              std::pair{std::string_view("last_enabled_at"), &trigger_.row.last_enabled_at}}) {
            const Value& value = value_of(entry_, key);
            if (value.is_null()) continue;
            const std::string* date = date_of(value);
            // A text is for PostgreSQL to read; sqlite takes none.
            const std::string* text = date ? date : dialect_ == Dialect::postgres ? value.string() : nullptr;
            const auto written = text ? parse_date(*text) : std::nullopt;
            if (!written) {
                stop_sync(key, not_a(key, value.string() ? "a date but a text, which sqlite refuses" : "a date"));
                continue;
            }
            *column = api::stored_date(dialect_, *written);
            if (dialect_ == Dialect::sqlite && written->offset && *written->offset != Duration())
                add_note(notes_, place_.key(key), quoted(*text) + ": sqlite cuts off the time zone, as in Mage");
        }
    }

    std::optional<std::int64_t> read_sla() {
        const Value& value = value_of(entry_, "sla");
        const std::string* text = value.string();
        if (dialect_ == Dialect::sqlite && (value.real() || (text && !python_int(value)))) {
            const auto whole = python_int(value);
            add_note(notes_, place_.key("sla"),
                     not_a("sla", "a whole number of seconds") +
                         (whole ? ": sqlite keeps it as it is, here it is " + std::to_string(*whole)
                                : ": sqlite keeps it, and Mage's check of SLAs fails at it; here it is ignored"));
            return whole;
        }
        const auto number = api::integer_column({dialect_, "pipeline_schedule", "sla"}, value);
        if (number) return *number;
        stop_sync("sla", not_a("sla", "a whole number of seconds"));
        return std::nullopt;
    }

    std::optional<std::string> read_text(std::string_view key) {
        const Value& given = value_of(entry_, key);
        const std::string* date = date_of(given);
        const auto text = api::text_column({dialect_, "pipeline_schedule", key}, date ? Value(*date) : given, 0);
        if (text) return *text;
        stop_sync(key, not_a(key, "a text"));
        return std::nullopt;
    }

    json::Text read_json(std::string_view key) {
        const Value* given = entry_.find(key);
        if (!given) return json::Text::empty_object();
        bool any = false;
        const Value value = without_dates(*given, any);
        if (any) stop_sync(key, "a date cannot be JSON");
        return json::Text::of(value);
    }

    void note_settings() {
        const Value settings = trigger_.row.settings.value();
        if (!settings.object()) {
            if (settings.truthy())
                add_note(notes_, place_.key("settings"),
                         shown(settings) +
                             " is not a mapping of keys and values; Mage fails where it reads these "
                             "settings, here they are ignored");
            return;
        }
        const Fields::Names& known = schedule_setting_keys();
        for (const json::Member& member : *settings.object()) {
            if (contains(known, member.key)) continue;
            add_note(notes_, place_.key("settings").key(member.key),
                     no_such_key(member.key, known) + "; Mage fails where it reads these settings, here it is ignored");
        }
    }

    bool is_of_this_project() {
        const auto repo_path = read_text("repo_path");
        if (!repo_path || *repo_path == repo_path_ || stops_sync_) return true;
        drop("repo_path", quoted(*repo_path) + " is another project, of which Mage shows and starts nothing");
        return false;
    }

    const Object& entry_;
    Place place_;
    const std::string& repo_path_;
    Dialect dialect_;
    Notes& notes_;
    TriggerFile trigger_;
    bool flagged_ = false;
    bool stops_sync_ = false;
    bool stops_search_ = false;
};

// The list of triggers, or why Mage cannot read the file.
const json::Array* list_of(const Value& file, const Place& place, Notes& notes) {
    const auto refuse = [&](const Place& at, const Value& value, std::string_view what) {
        add_note(notes, at,
                 shown(value) + " is not " + std::string(what) + "; as in Mage, the pipeline has no triggers");
        return nullptr;
    };
    if (!file.truthy()) return nullptr;
    if (!file.object()) return refuse(place, file, "a mapping with the key triggers");
    const Value& triggers = value_of(*file.object(), "triggers");
    if (!triggers.truthy()) return nullptr;
    if (!triggers.array()) return refuse(place.key("triggers"), triggers, "a list of triggers");
    for (std::size_t i = 0; i < triggers.array()->size(); ++i)
        if (const Value& item = (*triggers.array())[i]; !item.object() || date_of(item))
            return refuse(place.key("triggers").item(i), item, "a trigger (keys and values)");
    return triggers.array();
}

}  // namespace

TriggersOfFile read_triggers(const Value& file, const Place& place, Symbol pipeline, const std::string& repo_path,
                             Dialect dialect, Problems& problems, Notes& notes) {
    TriggersOfFile read;
    const json::Array* list = list_of(file, place, notes);
    if (!list) return read;
    if (list->size() > kMostSchedules) {
        problems.add(place.key("triggers"), "has " + std::to_string(list->size()) + " entries; at most " +
                                                std::to_string(kMostSchedules) + " are possible");
        return read;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
        const Object& given = *(*list)[i].object();
        const std::string* name = given.text("name");
        const Place at = name ? place.part("trigger " + quoted(*name)) : place.key("triggers").item(i);
        if (auto trigger = Entry(given, at, pipeline, repo_path, dialect, notes).read(read))
            read.entries.push_back(std::move(*trigger));
    }
    return read;
}

std::vector<Schedule> synced_triggers(const std::vector<TriggersOfFile>& files, Notes& notes) {
    const auto any = [&files](bool TriggersOfFile::* flag) {
        return std::any_of(files.begin(), files.end(), [flag](const TriggersOfFile& file) { return file.*flag; });
    };
    const bool all = !any(&TriggersOfFile::stops_sync);
    const bool second = !any(&TriggersOfFile::stops_search) &&
                        std::none_of(files.begin(), files.end(),
                                     [](const TriggersOfFile& file) { return file.is_rewritten && file.stops_sync; });
    std::vector<Schedule> rows;
    for (const TriggersOfFile& file : files)
        if (all || (second && file.is_rewritten))
            for (const TriggerFile& trigger : file.entries) rows.push_back(trigger.row);
    if (!all)
        notes.push_back(rows.empty()
                            ? "triggers.yaml: as in Mage, whose sync fails, no trigger of any file is there"
                            : "triggers.yaml: as in Mage, whose first sync fails, only the triggers of those files are "
                              "there in which an active trigger has no last_enabled_at");
    return rows;
}

void lay_triggers_over(std::vector<Schedule>& schedules, std::vector<Schedule> triggers,
                       const std::vector<Schedule>& synced, bool new_interval_enables,
                       std::vector<TriggerFile>& files) {
    std::set<std::pair<Symbol, std::string>> done;
    for (const Schedule& row : synced) done.emplace(row.pipeline_uuid, row.name.value_or(""));
    std::map<std::pair<Symbol, std::string>, std::size_t> places;
    for (std::size_t i = 0; i < schedules.size(); ++i)
        places.emplace(std::pair(schedules[i].pipeline_uuid, *schedules[i].name), i);
    for (Schedule& trigger : triggers) {
        if (done.contains({trigger.pipeline_uuid, *trigger.name})) continue;
        const auto place = places.find(std::pair(trigger.pipeline_uuid, *trigger.name));
        if (place == places.end()) {
            schedules.push_back(std::move(trigger));
            continue;
        }
        Schedule& row = schedules[place->second];
        // An active one without the date gets it when its row is made, and its file with it.
        if (new_interval_enables && trigger.status == ScheduleStatus::active &&
            row.schedule_interval != trigger.schedule_interval) {
            trigger.last_enabled_at = {};
            for (TriggerFile& file : files)
                if (file.row.pipeline_uuid == trigger.pipeline_uuid && file.row.name == trigger.name)
                    file.row.last_enabled_at = {};
        }
        trigger.id = row.id;
        trigger.tags = std::move(row.tags);
        if (!trigger.token) trigger.token = std::move(row.token);
        row = std::move(trigger);
    }
}

}  // namespace runsim

#include <algorithm>

#include "base/date/date_text.hpp"
#include "base/sort_stably.hpp"
#include "json/loose_values.hpp"
#include "json/write.hpp"
#include "lifecycle/blocks/code_files.hpp"
#include "sim/documents/accounts_document.hpp"
#include "sim/documents/behaviour_document.hpp"
#include "sim/documents/data_product_document.hpp"
#include "sim/documents/faults_document.hpp"
#include "sim/documents/history_document.hpp"
#include "sim/documents/pipeline_document.hpp"
#include "sim/documents/rows_document.hpp"
#include "sim/documents/scenario.hpp"
#include "sim/documents/schedule_document.hpp"
#include "sim/documents/template_document.hpp"
#include "sim/documents/trigger_document.hpp"
#include "sim/reading/time_text.hpp"
#include "sim/reading/unsimulated_features.hpp"

namespace runsim {

namespace {

constexpr Instant kDefaultStart{1'767'225'600'000'000};    // 2026-01-01 00:00:00
constexpr std::int64_t kMostSeed = 9'007'199'254'740'991;  // what a JavaScript number holds exactly
constexpr Duration kShortestInterval = Duration::milliseconds(1);
constexpr std::int64_t kMostWorkers = 100'000;

// The triggers.yaml of a pipeline, which is read when the dialect is known.
struct TriggersText {
    std::string pipeline;
    json::Value file;
};

struct Reading {
    Problems problems;
    Notes notes;
    std::shared_ptr<Project> project = std::make_shared<Project>();
    Scenario scenario;
    std::vector<TriggersText> triggers;
};

// What the settings page shows of metadata.yaml, as if it had been stored there.
json::Text stored_settings(const json::Object& metadata) {
    json::Object stored;
    for (const std::string_view key :
         {"features", "openai_api_key", "emr_config", "pipelines", "remote_variables_dir", "spark_config"})
        if (const json::Value* value = metadata.find(key); value && !value->is_null()) stored.set(key, *value);
    return stored.empty() ? json::Text() : json::Text::of(json::Value(std::move(stored)));
}

// metadata.yaml of the project (lifecycle.md 11.2). What is no mapping counts as an empty one.
RetryConfig read_metadata(const json::Value* file, Project& project, Scenario& scenario, Notes& notes) {
    static const json::Object kEmpty;
    const Place place("metadata.yaml");
    const json::Object* object = file ? file->object() : nullptr;
    if (file && file->truthy() && !object)
        add_note(
            notes, place,
            shown(*file) +
                " is not a mapping of keys and values; Mage does not start with it, here it is as if it were empty");
    const json::Object& metadata = object ? *object : kEmpty;
    scenario.settings = stored_settings(metadata);
    if (const std::string* uuid = metadata.text("project_uuid")) project.project_uuid = *uuid;
    for (const std::string_view key : {"project_uuid", "openai_api_key"})
        if (const json::Value* value = metadata.find(key); value && value->truthy() && !value->string())
            add_note(notes, place.key(key), shown(*value) + " is not a text: a real Mage does not start with it");
    if (const bool* help = metadata.boolean("help_improve_mage")) project.help_improve_mage = *help;
    const json::Value* queue = metadata.find("queue_config");
    const json::Object* config = queue ? queue->object() : nullptr;
    const json::Value* workers = config ? config->find("concurrency") : nullptr;
    if (workers && workers->truthy()) {
        const auto number = python_int(*workers);
        if (number && *number >= 1)
            project.queue_concurrency = std::min(*number, kMostWorkers);
        else
            add_note(notes, place.key("queue_config").key("concurrency"),
                     shown(*workers) + " is not a number of workers; here there are 20");
    }
    EntryFaults faults;
    const RetryConfig retry = read_retry_config(metadata, RetryConfig(), nullptr, faults);
    add_notes(faults, place, notes);
    return retry;
}

// Reads the object of texts at a key of a pipeline's entry. Returns an empty object if there is none.
const json::Object& texts_by_block(const Fields& entry, std::string_view key) {
    static const json::Object kNone;
    const json::Object* given = entry.object(key);
    if (!given) return kNone;
    const Fields texts(entry.problems(), entry.place().key(key), *given, NullIs::absent);
    for (const json::Member& member : *given) texts.text(member.key);
    return *given;
}

// Reads the code of the last pipeline's blocks.
void read_code(const Fields& entry, const json::Object& file, const Place& place, Reading& reading) {
    Project& project = *reading.project;
    index_code(file, texts_by_block(entry, "content"), texts_by_block(entry, "missing"), project.code);
    for (const Block& block : project.pipelines.back().blocks) {
        const auto at = project.code.find(block.function_file);
        if (at != project.code.end() && !at->second)
            add_note(reading.notes, place.part("block " + quoted(block.uuid)),
                     "there is no file " + block.function_file + ": its runs fail, as in Mage");
    }
}

// What the host could not read as YAML, as a note about the file says it. Returns nullopt if it could.
std::optional<std::string> unreadable(const Fields& entry, std::string_view file) {
    const json::Object* files = entry.object("unreadable");
    if (!files) return std::nullopt;
    return Fields(entry.problems(), entry.place().key("unreadable"), *files, NullIs::absent).text(file);
}

BrokenPipeline unreadable_pipeline(const std::string& uuid, const Place& place, const std::string& why,
                                   Reading& reading) {
    add_note(reading.notes, place, why);
    BrokenPipeline broken = broken_pipeline(json::Value(), {place, "'NoneType' object has no attribute 'get'"}, uuid,
                                            reading.project->symbols, reading.notes);
    broken.run_error = "Invalid pipeline config: None";
    return broken;
}

void read_pipeline_file(const Fields& entry, const std::string& uuid, const RetryConfig& retry, Reading& reading) {
    Project& project = *reading.project;
    const Place place("pipelines/" + uuid + "/metadata.yaml");
    if (const auto why = unreadable(entry, "metadata")) {
        project.broken.push_back(unreadable_pipeline(uuid, place, *why, reading));
        return;
    }
    const json::Value* given = entry.find("metadata");
    const json::Value file = given ? *given : json::Value();
    if (const auto fault = load_fault(file, uuid, place)) {
        project.broken.push_back(broken_pipeline(file, *fault, uuid, project.symbols, reading.notes));
        return;
    }
    project.pipelines.push_back(
        read_pipeline(*file.object(), place, uuid, retry, project.symbols, reading.problems, reading.notes));
    read_code(entry, *file.object(), place, reading);
}

// One entry of the document's `pipelines`: the files of a pipeline's folder.
void read_folder(const Fields& entry, const RetryConfig& retry, Reading& reading) {
    entry.allow_only({"uuid", "metadata", "triggers", "content", "missing", "unreadable"});
    const auto uuid = entry.nonempty_text("uuid");
    if (!uuid || uuid->find('/') != std::string::npos) {
        if (!entry.find("uuid")) entry.complain("uuid", "is missing");
        if (uuid) entry.refuse("uuid", *entry.find("uuid"), "the name of a folder");
        return;
    }
    read_pipeline_file(entry, *uuid, retry, reading);
    if (const auto why = unreadable(entry, "triggers"))
        add_note(reading.notes, Place("pipelines/" + *uuid + "/triggers.yaml"),
                 *why + "; as in Mage, the pipeline has no triggers");
    else if (const json::Value* triggers = entry.find("triggers"))
        reading.triggers.push_back({*uuid, *triggers});
}

std::vector<TriggersOfFile> read_trigger_files(Reading& reading) {
    std::vector<TriggersOfFile> files;
    for (const TriggersText& text : reading.triggers) {
        files.push_back(read_triggers(text.file, Place("pipelines/" + text.pipeline + "/triggers.yaml"),
                                      *reading.project->symbols.find(text.pipeline), reading.project->repo_path,
                                      reading.scenario.options.dialect, reading.problems, reading.notes));
        for (const TriggerFile& entry : files.back().entries) reading.scenario.triggers.push_back(entry);
    }
    return files;
}

void read_pipelines(const json::Array& list, const RetryConfig& retry, Reading& reading) {
    const Place place = Place("project document").key("pipelines");
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (const json::Object* entry = list[i].object())
            read_folder(Fields(reading.problems, place.item(i), *entry, NullIs::absent), retry, reading);
        else
            reading.problems.add(place.item(i),
                                 shown(list[i]) + " is not a pipeline (an object of uuid, metadata, triggers)");
    }
    std::vector<Pipeline>& pipelines = reading.project->pipelines;
    sort_stably(pipelines, [](const Pipeline& a, const Pipeline& b) { return a.uuid < b.uuid; });
    std::vector<BrokenPipeline>& broken = reading.project->broken;
    sort_stably(broken, [](const BrokenPipeline& a, const BrokenPipeline& b) { return a.shown.uuid < b.shown.uuid; });
    std::vector<std::string_view> uuids;
    for (const Pipeline& pipeline : pipelines) uuids.push_back(pipeline.uuid);
    for (const BrokenPipeline& pipeline : broken) uuids.push_back(pipeline.shown.uuid);
    sort_stably(uuids);
    for (std::size_t i = 1; i < uuids.size(); ++i)
        if (uuids[i] == uuids[i - 1]) reading.problems.add(place, "there are two pipelines " + quoted(uuids[i]));
}

// What runsim.json and the caller's options have in common.
void read_options(const Fields& fields, Options& options, Project& project) {
    if (const auto release = fields.choice<Release>("mage")) project.release = *release;
    if (const auto seed = fields.integer("seed", 0, kMostSeed)) options.seed = static_cast<std::uint64_t>(*seed);
    if (const auto start = fields.instant("start", kEarliestStart, kLatestStart)) options.start = *start;
    if (const auto dialect = fields.choice<Dialect>("dialect")) options.dialect = *dialect;
}

void read_runsim_json(const Fields& fields, Reading& reading) {
    fields.allow_only({"$schema", "mage", "seed", "start", "dialect", "scheduler_interval", "block_start_delay",
                       "blocks", "runs", "schedules", "rows", "history", "faults", "auth", "users"});
    fields.text("$schema");
    Options& options = reading.scenario.options;
    read_options(fields, options, *reading.project);
    read_accounts(fields, reading.scenario.accounts);
    if (const auto interval = fields.duration("scheduler_interval")) {
        if (*interval < kShortestInterval)
            fields.refuse("scheduler_interval", *fields.find("scheduler_interval"), "a duration of at least \"1ms\"");
        else
            options.scheduler_interval = *interval;
    }
    if (const auto delay = fields.duration("block_start_delay")) options.block_start_delay = *delay;
    if (const json::Object* blocks = fields.object("blocks")) {
        const Fields entries(reading.problems, fields.place().key("blocks"), *blocks, NullIs::wrong);
        reading.project->models = read_block_models(entries, *reading.project);
        const BlockModels& models = reading.project->models;
        for (Pipeline& pipeline : reading.project->pipelines)
            for (Block& block : pipeline.blocks)
                lay_over(block.model, merged_change(models, pipeline.uuid, block.uuid));
    }
    if (const json::Array* runs = fields.array("runs"))
        read_run_rules(*runs, fields.place().key("runs"), *reading.project, reading.problems);
    if (const json::Array* schedules = fields.array("schedules"))
        reading.scenario.schedules =
            read_schedules(*schedules, fields.place().key("schedules"), *reading.project, reading.problems);
    if (const json::Object* rows = fields.object("rows"))
        read_rows(Fields(reading.problems, fields.place().key("rows"), *rows, NullIs::wrong), *reading.project,
                  reading.scenario, reading.notes);
}

std::string too_long(std::string_view document) {
    return "project document: has " + std::to_string(document.size()) + " bytes; at most " +
           std::to_string(kMostDocumentBytes) + " are possible";
}

// The object at a key of the document, in its own file's name. Absent is an empty object where `may_be_absent`.
const json::Object& part(const Fields& document, std::string_view key, const Place& file, Problems& problems) {
    static const json::Object kEmpty;
    const json::Value* value = document.find(key);
    if (!value) return kEmpty;
    if (!value->object()) problems.add(file, shown(*value) + " is not a mapping of keys and values");
    return value->object() ? *value->object() : kEmpty;
}

}  // namespace

Result<LoadedProject> read_project_document(std::string_view text) {
    if (text.size() > kMostDocumentBytes) return Error{too_long(text)};
    auto parsed = parse_object(text, "project document");
    if (!parsed) return parsed.error();
    const bool had_passwords = digest_passwords(*parsed);
    Reading reading;
    const Place place("project document");
    const Fields document(reading.problems, place, *parsed->object(), NullIs::absent);
    document.allow_only(
        {"name", "metadata", "pipelines", "global_data_products", "custom_templates", "runsim", "options", "notes"});
    reading.notes = document.texts("notes").value_or(Notes());

    Project& project = *reading.project;
    project.document = had_passwords ? json::to_text(*parsed) : std::string(text);
    project.name = document.nonempty_text("name").value_or("");
    if (!document.find("name")) document.complain("name", "is missing");
    project.repo_path = "/home/src/" + project.name;

    const RetryConfig retry = project.retry =
        read_metadata(document.find("metadata"), project, reading.scenario, reading.notes);

    if (const json::Value* products = document.find("global_data_products"))
        project.data_products = read_data_products(*products, reading.notes);

    if (const json::Object* templates = document.object("custom_templates"))
        project.templates =
            read_templates(Fields(reading.problems, place.key("custom_templates"), *templates, NullIs::absent), project,
                           reading.problems, reading.notes);

    const json::Array* pipelines = document.array("pipelines");
    if (!document.find("pipelines")) document.complain("pipelines", "is missing");
    if (pipelines && pipelines->size() > kMostPipelinesOfDocument)
        document.complain("pipelines", "has " + std::to_string(pipelines->size()) + " entries; at most " +
                                           std::to_string(kMostPipelinesOfDocument) + " are possible");
    else if (pipelines)
        read_pipelines(*pipelines, retry, reading);

    const Place runsim_json("runsim.json");
    const Fields runsim(reading.problems, runsim_json, part(document, "runsim", runsim_json, reading.problems),
                        NullIs::wrong);
    reading.scenario.options.start = kDefaultStart;
    read_runsim_json(runsim, reading);

    const Place options_place("options");
    const Fields options(reading.problems, options_place, part(document, "options", options_place, reading.problems),
                         NullIs::absent);
    options.allow_only({"mage", "seed", "start", "dialect", "auth"});
    read_options(options, reading.scenario.options, project);
    if (const auto auth = options.boolean("auth")) reading.scenario.accounts.required = *auth;

    const MaybeInstant newest = newest_date(reading.scenario.rows);
    if (newest && !runsim.find("start") && !options.find("start")) reading.scenario.options.start = *newest;

    // Offsets of the history count from the start, which the options have a last word on.
    reading.scenario.begin = reading.scenario.options.start;
    if (const json::Object* history = runsim.object("history"))
        read_history(Fields(reading.problems, runsim_json.key("history"), *history, NullIs::wrong), reading.scenario);

    if (newest && reading.scenario.begin < *newest)
        runsim.complain("rows", "the newest date is " + date_text(*newest, DateStyle::space) +
                                    ", after the moment at which the world begins, " +
                                    date_text(reading.scenario.begin, DateStyle::space));

    if (const json::Object* faults = runsim.object("faults"))
        read_faults(Fields(reading.problems, runsim_json.key("faults"), *faults, NullIs::wrong), reading.scenario);

    const std::vector<TriggersOfFile> triggers = read_trigger_files(reading);
    if (!reading.problems.empty()) return Error{reading.problems.text()};
    lay_triggers_over(reading.scenario.schedules, synced_triggers(triggers, reading.notes),
                      reading.scenario.rows.schedules, traits_of(project.release).new_interval_enables,
                      reading.scenario.triggers);
    note_unknown_limits(project, reading.notes);
    note_missing_products(project, reading.notes);
    note_unsimulated(project, reading.notes);
    return LoadedProject{std::move(reading.project), std::move(reading.scenario), std::move(reading.notes)};
}

}  // namespace runsim

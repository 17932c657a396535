#include <algorithm>

#include "base/date/date_text.hpp"
#include "json/parse.hpp"
#include "sim/documents/accounts_document.hpp"
#include "sim/documents/behaviour_document.hpp"
#include "sim/documents/faults_document.hpp"
#include "sim/documents/history_document.hpp"
#include "sim/documents/pipeline_document.hpp"
#include "sim/documents/rows_document.hpp"
#include "sim/documents/scenario.hpp"
#include "sim/documents/schedule_document.hpp"
#include "sim/documents/unsimulated_features.hpp"
#include "sim/reading/time_text.hpp"

namespace runsim {

namespace {

constexpr Instant kDefaultStart{1'767'225'600'000'000};    // 2026-01-01 00:00:00
constexpr std::int64_t kMostSeed = 9'007'199'254'740'991;  // what a JavaScript number holds exactly
constexpr Duration kShortestInterval = Duration::milliseconds(1);
constexpr std::int64_t kMostWorkers = 100'000;

struct Reading {
    Problems problems;
    Notes notes;
    std::shared_ptr<Project> project = std::make_shared<Project>();
    Scenario scenario;
    std::vector<Schedule> triggers;
};

// metadata.yaml of the project (lifecycle.md 11.2).
RetryConfig read_metadata(const Fields& metadata, Project& project) {
    if (const auto uuid = metadata.text("project_uuid")) project.project_uuid = *uuid;
    project.help_improve_mage = metadata.boolean("help_improve_mage");
    if (const json::Object* queue = metadata.object("queue_config")) {
        const Fields fields(metadata.problems(), metadata.place().key("queue_config"), *queue, NullIs::absent);
        if (const auto workers = fields.integer("concurrency", 1, kMostWorkers)) project.queue_concurrency = *workers;
    }
    return read_retry_config(metadata, RetryConfig());
}

// A pipeline's file with the code of its blocks in their entries, as the API shows it. Nothing runs it.
json::Object with_code(const json::Object& metadata, const Fields& code) {
    json::Object shown_file = metadata;
    for (const json::Member& member : code.object()) code.text(member.key);
    for (const std::string_view list : {"blocks", "callbacks", "conditionals", "widgets"}) {
        json::Value* entries = shown_file.find(list);
        if (!entries || !entries->array()) continue;
        for (json::Value& entry : *entries->array()) {
            json::Object* block = entry.object();
            const json::Value* uuid = block ? block->find("uuid") : nullptr;
            const json::Value* text = uuid && uuid->string() ? code.find(*uuid->string()) : nullptr;
            if (text && text->string()) block->set("content", *text);
        }
    }
    return shown_file;
}

// One entry of the document's `pipelines`: the files of a pipeline's folder.
void read_folder(const Fields& entry, const RetryConfig& retry, Reading& reading) {
    static const json::Object kEmpty;
    entry.allow_only({"uuid", "metadata", "triggers", "content"});
    const auto uuid = entry.nonempty_text("uuid");
    if (!uuid || uuid->find('/') != std::string::npos) {
        if (!entry.find("uuid")) entry.complain("uuid", "is missing");
        if (uuid) entry.refuse("uuid", *entry.find("uuid"), "the name of a folder");
        return;
    }
    const Place metadata_yaml("pipelines/" + *uuid + "/metadata.yaml");
    const json::Value* metadata = entry.find("metadata");
    if (!metadata)
        reading.problems.add(metadata_yaml, "is empty");
    else if (!metadata->object())
        reading.problems.add(metadata_yaml, shown(*metadata) + " is not a mapping of keys and values");
    const json::Object& file = metadata && metadata->object() ? *metadata->object() : kEmpty;
    const json::Object* code = entry.object("content");
    const json::Object config =
        code ? with_code(file, Fields(reading.problems, entry.place().key("content"), *code, NullIs::absent)) : file;
    reading.project->pipelines.push_back(read_pipeline(Fields(reading.problems, metadata_yaml, config, NullIs::absent),
                                                       *uuid, retry, reading.project->symbols, reading.notes));
    const Place triggers_yaml("pipelines/" + *uuid + "/triggers.yaml");
    const json::Value* triggers = entry.find("triggers");
    if (!triggers) return;
    if (!triggers->object()) {
        reading.problems.add(triggers_yaml, shown(*triggers) + " is not a mapping with the key triggers");
        return;
    }
    const Fields triggers_file(reading.problems, triggers_yaml, *triggers->object(), NullIs::absent);
    for (TriggerFile& trigger : read_triggers(triggers_file, reading.project->pipelines.back(), reading.notes)) {
        reading.triggers.push_back(trigger.row);
        reading.scenario.triggers.push_back(std::move(trigger));
    }
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
    std::sort(pipelines.begin(), pipelines.end(), [](const Pipeline& a, const Pipeline& b) { return a.uuid < b.uuid; });
    for (std::size_t i = 1; i < pipelines.size(); ++i)
        if (pipelines[i].uuid == pipelines[i - 1].uuid)
            reading.problems.add(place, "there are two pipelines " + quoted(pipelines[i].uuid));
}

// What runsim.json and the caller's options have in common.
void read_options(const Fields& fields, Options& options) {
    if (const auto seed = fields.integer("seed", 0, kMostSeed)) options.seed = static_cast<std::uint64_t>(*seed);
    if (const auto start = fields.instant("start", kEarliestStart, kLatestStart)) options.start = *start;
    if (const auto dialect = fields.choice<Dialect>("dialect")) options.dialect = *dialect;
}

void read_runsim_json(const Fields& fields, Reading& reading) {
    fields.allow_only({"$schema", "seed", "start", "dialect", "scheduler_interval", "block_start_delay", "blocks",
                       "runs", "schedules", "rows", "history", "faults", "auth", "users"});
    fields.text("$schema");
    Options& options = reading.scenario.options;
    read_options(fields, options);
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
        const BlockModels models = read_block_models(entries, *reading.project);
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
    const auto parsed = json::parse_document(text, "project document");
    if (!parsed) return parsed.error();
    Reading reading;
    const Place place("project document");
    if (!parsed->object()) return Error{place.text() + ": " + shown(*parsed) + " is not an object of keys and values"};
    const Fields document(reading.problems, place, *parsed->object(), NullIs::absent);
    document.allow_only({"name", "metadata", "pipelines", "runsim", "options"});

    Project& project = *reading.project;
    project.document = std::string(text);
    project.name = document.nonempty_text("name").value_or("");
    if (!document.find("name")) document.complain("name", "is missing");
    project.repo_path = "/home/src/" + project.name;

    const Place metadata_yaml("metadata.yaml");
    const json::Object& metadata = part(document, "metadata", metadata_yaml, reading.problems);
    const RetryConfig retry = read_metadata(Fields(reading.problems, metadata_yaml, metadata, NullIs::absent), project);

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
    options.allow_only({"seed", "start", "dialect", "auth"});
    read_options(options, reading.scenario.options);
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

    if (!reading.problems.empty()) return Error{reading.problems.text()};
    lay_triggers_over(reading.scenario.schedules, std::move(reading.triggers), reading.scenario.rows.schedules);
    note_unsimulated(project, reading.notes);
    return LoadedProject{std::move(reading.project), std::move(reading.scenario), std::move(reading.notes)};
}

}  // namespace runsim

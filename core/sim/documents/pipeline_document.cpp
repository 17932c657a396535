#include "sim/documents/pipeline_document.hpp"

#include <algorithm>

#include "base/contains.hpp"
#include "base/text/text.hpp"
#include "json/loose_values.hpp"
#include "json/write.hpp"
#include "sim/documents/data_product_document.hpp"
#include "sim/documents/scenario.hpp"
#include "sim/reading/nearest.hpp"

namespace runsim {

namespace {

using json::Object;
using json::Value;

constexpr std::string_view kEveryTick =
    "Mage's scheduler fails at it in every tick, for all pipelines; here it is ignored";

const Fields::Names kConcurrencyKeys = {"block_run_limit", "pipeline_run_limit", "pipeline_run_limit_all_triggers",
                                        "on_pipeline_run_limit_reached"};

// A limit as schedule_all takes it: int() of it, or the number as it stands.
std::optional<std::int64_t> read_limit(const Object& config, std::string_view key, const Place& place, bool by_int,
                                       Notes& notes) {
    const Value& value = value_of(config, key);
    if (value.is_null()) return std::nullopt;
    const bool is_number = value.integer() || value.boolean();
    const auto number = is_number || by_int ? python_int(value) : std::nullopt;
    if (!number) add_note(notes, place.key(key), shown(value) + " is no limit: " + std::string(kEveryTick));
    return number;
}

ConcurrencyConfig read_concurrency(const Object& file, const Place& pipeline_place, std::string& step_error,
                                   Notes& notes) {
    ConcurrencyConfig config;
    const Place place = pipeline_place.key("concurrency_config");
    const Value& value = value_of(file, "concurrency_config");
    if (!value.truthy()) return config;
    const Object* object = value.object();
    if (!object) {
        add_note(notes, place, shown(value) + " is not a mapping of keys and values: " + std::string(kEveryTick));
        return config;
    }
    for (const json::Member& member : *object)
        if (!contains(kConcurrencyKeys, std::string_view(member.key))) config.unknown_keys.push_back(member.key);
    config.pipeline_run_limit = read_limit(*object, "pipeline_run_limit", place, true, notes);
    config.pipeline_run_limit_all_triggers =
        read_limit(*object, "pipeline_run_limit_all_triggers", place, false, notes);
    const Value& blocks = value_of(*object, "block_run_limit");
    if (blocks.integer() || blocks.boolean()) {
        config.block_run_limit = python_int(blocks);
    } else if (!blocks.is_null()) {
        step_error = "unsupported operand type(s) for -: '" + std::string(blocks.python_type()) + "' and 'int'";
        add_note(notes, place.key("block_run_limit"),
                 shown(blocks) + " is not a whole number: every run fails, as in Mage");
    }
    const Value& policy = value_of(*object, "on_pipeline_run_limit_reached");
    if (policy.string() && *policy.string() == "skip")
        config.on_pipeline_run_limit_reached = RunLimitPolicy::skip;
    else if (policy.truthy() && !(policy.string() && *policy.string() == "wait"))
        add_note(notes, place.key("on_pipeline_run_limit_reached"),
                 shown(policy) + " is neither wait nor skip; it means wait");
    return config;
}

template <class Visit>
void each_entry(const Object& file, const Place& place, std::string_view list, Visit visit) {
    const json::Array* entries = file.array(list);
    if (!entries) return;
    for (std::size_t i = 0; i < entries->size(); ++i)
        if (const Object* entry = (*entries)[i].object()) visit(*entry, place_of_entry(place, list, i, *entry));
}

std::vector<AttachedText> read_attached(const Object& file, const Place& place, std::string_view list) {
    std::vector<AttachedText> attached;
    each_entry(file, place, list, [&](const Object& entry, const Place& at) {
        if (const std::string* uuid = entry.text("uuid")) {
            const std::string* name = entry.text("name");
            attached.push_back({{*uuid, name ? *name : *uuid}, at, texts_of(entry, "upstream_blocks")});
        }
    });
    return attached;
}

// Mage's server reads the tags of all pipelines before it answers anything.
std::optional<std::vector<std::string>> read_tags(const Object& file, const Place& place, Notes& notes) {
    const Value* value = file.find("tags");
    if (!value) return std::nullopt;
    const json::Array* list = value->array();
    const bool sound = list ? std::all_of(list->begin(), list->end(), [](const Value& tag) { return tag.string(); })
                            : value->string() || value->object();
    if (!sound) {
        add_note(notes, place.key("tags"),
                 shown(*value) +
                     " is not a list of texts: a real Mage does not start with it; here it is as if the "
                     "pipeline had no other tags");
    }
    return texts_of(file, "tags");
}

// What a real Mage cannot list, so that its list of pipelines is an error for all of them.
void note_unlistable(const Object& file, const Place& place, Notes& notes) {
    const auto note = [&](const Place& at, const Value& value) {
        if (!value.truthy() || value.string()) return;
        add_note(notes, at, shown(value) + " is not a text: in Mage the list of all pipelines is an error");
    };
    note(place.key("uuid"), value_of(file, "uuid"));
    note(place.key("type"), value_of(file, "type"));
    each_entry(file, place, "blocks",
               [&](const Object& entry, const Place& at) { note(at.key("language"), value_of(entry, "language")); });
}

// Mappings that Mage merges with others when a run begins.
void check_mappings(const Object& file, const Place& place, Pipeline& pipeline, Notes& notes) {
    const Value& variables = value_of(file, "variables");
    if (variables.object()) pipeline.variables = json::Text::of(variables);
    for (const std::string_view key : {"variables", "notification_config"}) {
        const Value& value = value_of(file, key);
        if (!value.truthy() || value.object()) continue;
        pipeline.step_error = "'" + std::string(value.python_type()) + "' object is not a mapping";
        add_note(notes, place.key(key),
                 shown(value) + " is not a mapping of keys and values: every run fails, as in Mage");
    }
}

}  // namespace

void add_note(Notes& notes, const Place& place, std::string_view sentence) {
    std::string line = place.text();
    notes.push_back(single_line(line.append(": ").append(sentence)));
}

Pipeline read_pipeline(const Object& file, const Place& place, std::string uuid, const RetryConfig& project_retry,
                       SymbolTable& symbols, Problems& problems, Notes& notes) {
    Pipeline pipeline;
    pipeline.uuid = std::move(uuid);
    pipeline.symbol = symbols.intern(pipeline.uuid);
    pipeline.name = text_or(file, "name", pipeline.uuid);
    if (const std::string* description = file.text("description")) pipeline.description = *description;
    if (const std::string* type = file.text("type"); type && !type->empty()) pipeline.type = *type;
    pipeline.tags = read_tags(file, place, notes);
    pipeline.concurrency = read_concurrency(file, place, pipeline.step_error, notes);
    check_mappings(file, place, pipeline, notes);
    note_unlistable(file, place, notes);
    pipeline.run_in_one_process = value_of(file, "run_pipeline_in_one_process").truthy();
    pipeline.executor_type = text_or(file, "executor_type", "");
    if (const Value& executor = value_of(file, "executor_type"); executor.truthy() && !executor.string())
        add_note(notes, place.key("executor_type"),
                 shown(executor) + " is not a text: in Mage its blocks run for ever");
    EntryFaults faults;
    if (file.object("retry_config")) pipeline.retry = read_retry_config(file, RetryConfig(), nullptr, faults);
    add_notes(faults, place, notes);
    pipeline.executor_count = python_int(value_of(file, "executor_count")).value_or(1);
    pipeline.metadata = json::Text::of(Value(file));
    if (const auto fault = detail_fault(file, place)) {
        pipeline.detail_error = fault->error;
        if (fault->stops_runs) pipeline.start_error = fault->error;
        add_note(notes, fault->place,
                 "Mage loads the pipeline, but cannot show it in full: " + fault->error +
                     (pipeline.start_error.empty() ? "" : "; every run fails at its start"));
    }

    std::vector<BlockText> blocks;
    each_entry(file, place, "blocks", [&](const Object& entry, const Place& at) {
        blocks.push_back(read_block(entry, file, at, project_retry, notes));
        if (blocks.back().block.type == "global_data_product")
            blocks.back().block.data_product = read_data_product_use(entry, at, notes);
        if (pipeline.type == "streaming") blocks.back().block.executable = false;
    });
    if (blocks.size() > kMostBlocks) {
        std::string complaint = "has ";
        append_int(complaint, static_cast<std::int64_t>(blocks.size()));
        append_int(complaint += " entries; a pipeline may have at most ", static_cast<std::int64_t>(kMostBlocks));
        problems.add(place.key("blocks"), complaint);
        blocks.clear();
    }
    link_blocks(pipeline, std::move(blocks), read_attached(file, place, "conditionals"),
                read_attached(file, place, "callbacks"), read_attached(file, place, "widgets"), notes);
    for (Block& block : pipeline.blocks) {
        block.symbol = symbols.intern(block.replicated_block ? block.uuid + ":" + *block.replicated_block : block.uuid);
        if (block.replicated_block) symbols.intern(block.uuid);
    }
    return pipeline;
}

BrokenPipeline broken_pipeline(const Value& file, const PipelineFault& fault, std::string uuid, SymbolTable& symbols,
                               Notes& notes) {
    BrokenPipeline broken;
    broken.error = broken.run_error = fault.error;
    Pipeline& shown_as = broken.shown;
    shown_as.uuid = std::move(uuid);
    shown_as.symbol = symbols.intern(shown_as.uuid);
    const auto cached = file.object() ? cached_file(*file.object(), shown_as.uuid) : std::nullopt;
    broken.listed = cached.has_value();
    std::string listing = "it is not in the list of pipelines";
    if (cached && load_fault(Value(*cached), shown_as.uuid, fault.place)) {
        shown_as.type = "invalid";
        shown_as.metadata = json::Text::empty_object();
        listing = "it is listed with the type \"invalid\"";
    } else if (cached) {
        Notes ignored;
        Problems none;
        SymbolTable other;
        const Symbol symbol = shown_as.symbol;
        shown_as = read_pipeline(*file.object(), fault.place, shown_as.uuid, {}, other, none, ignored);
        shown_as.symbol = symbol;
        shown_as.blocks.clear();
        shown_as.conditionals.clear();
        shown_as.callbacks.clear();
        listing = "it is listed, from a cache, as if nothing were wrong";
    }
    add_note(notes, fault.place,
             "Mage cannot load pipeline " + quoted(shown_as.uuid) + ": " + fault.error + ". As in Mage, " + listing +
                 ", its detail is an error, and no run of it starts");
    return broken;
}

void note_unknown_limits(const Project& project, Notes& notes) {
    const bool ends_tick = traits_of(project.release).unknown_limit_ends_tick;
    for (const Pipeline& pipeline : project.pipelines) {
        const Place place = Place("pipelines/" + pipeline.uuid + "/metadata.yaml").key("concurrency_config");
        for (const std::string& key : pipeline.concurrency.unknown_keys)
            add_note(notes, place.key(key),
                     no_such_key(key, kConcurrencyKeys) +
                         (ends_tick ? "; while the pipeline has an active trigger, every tick ends here with an "
                                      "error, and runs of other pipelines wait, too"
                                    : "; Mage leaves it out"));
    }
}

}  // namespace runsim

#include <iterator>

#include "api/block_runs/block_payload.hpp"
#include "api/block_runs/handlers.hpp"
#include "api/pipelines/block_graph.hpp"
#include "api/pipelines/find_template.hpp"
#include "api/pipelines/pipeline_content.hpp"
#include "api/pipelines/pipeline_file.hpp"
#include "api/pipelines/pipeline_text.hpp"
#include "base/contains.hpp"
#include "base/text/text.hpp"
#include "json/write.hpp"
#include "lifecycle/blocks/code_files.hpp"

// DETAIL, CREATE and DELETE of blocks (http-api.md 5.10): entries of a pipeline's file, and files with code.
namespace runsim::api {

namespace {

// The types for which the real server has a class. (It saves other types in SQL, and cannot load their pipeline then.)
constexpr std::string_view kTypes[] = {"callback", "chart",  "conditional", "custom",      "data_exporter",
                                       "dbt",      "group",  "data_loader", "transformer", "global_data_product",
                                       "markdown", "sensor", "scratchpad",  "pipeline"};

constexpr std::size_t kMostBlocksOfPipeline = 1'000;
constexpr std::size_t kMostCodeFiles = 10'000;

bool is_replica(const json::Object& entry) { return entry.text("replicated_block") != nullptr; }

// Returns whether the real server creates a file for such a block.
bool has_own_file(const json::Object& entry) {
    const std::string* type = entry.text("type");
    return !is_replica(entry) && !(type && *type == "global_data_product");
}

// A file of our own instead of the real server's template.
std::string template_code(const std::string& type, const std::string& language) {
    if (language != "python") return "";
    return "@" + type + "\ndef run(*args, **kwargs):\n    return {}\n";
}

Failure exists_already(const std::string& uuid) {
    return plain_exception("[ERR_BLOCK_EXISTS] Block " + uuid + " already exists." + std::string(41, ' ') +
                           "Please use a different name.");
}

Failure too_many(std::string_view what, std::size_t most) {
    return plain_exception("block: there are " + std::to_string(most) + " " + std::string(what) +
                           ", more are not possible");
}

// Returns the entry of a new block, replica or not, from the payload.
ResultOf<json::Object> entry_of_payload(const Call& call, const json::Object& content, const Pipeline* pipeline) {
    const json::Object& payload = call.payload;
    const auto given = [&payload](std::string_view key) {
        const json::Value* value = payload.find(key);
        return value ? *value : json::Value();
    };
    json::Object entry;
    entry.append("color", given("color"));
    entry.append("configuration", given("configuration"));
    entry.append("has_callback", false);
    entry.append("name", given("name").truthy() ? given("name") : given("uuid"));
    entry.append("language", given("language").truthy() ? given("language") : json::Value("python"));
    entry.append("status", "not_executed");
    entry.append("type", given("type"));
    if (given("replicated_block").truthy()) {
        if (!pipeline) return no_attribute("NoneType", "get_block");
        const json::Value wanted = given("replicated_block");
        const std::string uuid = wanted.string() ? *wanted.string() : json::python_repr(wanted);
        const json::Object* replicated = entry_of(content, "blocks", uuid);
        if (!replicated)
            return invalid("Replicated block " + uuid + " does not exist in pipeline " + pipeline->uuid + ".");
        const json::Object* original = original_of(content, *replicated);
        if (!original) original = replicated;
        for (const std::string_view key : {"type", "configuration", "language"}) entry.set(key, *original->find(key));
        entry.append("replicated_block", *original->find("uuid"));
    }
    auto uuid = clean_block_name(*entry.find("name"));
    if (!uuid) return uuid.error();
    entry.append("uuid", std::move(*uuid));
    return entry;
}

// Creates the file of a new block, or fails if the block cannot have it.
Outcome make_file(Call& call, const json::Object& entry, const json::Object& content) {
    const json::Value& language = *entry.find("language");
    const std::string* name = language.string();
    if (!name || code_ending(*name).empty()) return Failure(Exception{"KeyError", json::python_repr(language)});
    const std::string* type = entry.text("type");
    const std::string& uuid = *entry.text("uuid");
    const std::string path = code_path(entry, nullptr);
    const json::Value* unique = call.payload.find("require_unique_name");
    if (code_at(call.instance, path)) {
        const bool in_pipeline = type && entry_of(content, list_of_type(*type), uuid);
        if (in_pipeline || (unique && unique->truthy())) return exists_already(uuid);
        return Done{};
    }
    if (!type || !contains(kTypes, *type)) return type_error("'NoneType' object is not callable");
    if (call.instance.files.code.size() >= kMostCodeFiles) return too_many("files written by calls", kMostCodeFiles);
    write_code(call.instance, path, template_code(*type, *name));
    return Done{};
}

// Writes the code sent with a new block.
void take_code(Instance& instance, json::Object& entry, const json::Value* code) {
    if (!code || !code->string() || code->string()->empty() || !has_own_file(entry)) return;
    const std::string path = code_path(entry, nullptr);
    const std::string* before = code_at(instance, path);
    if (before && *before == *code->string()) return;
    write_code(instance, path, *code->string());
    if (*entry.text("type") != "callback") entry.set("status", "updated");
}

const Pipeline& no_pipeline_at_all() {
    static const Pipeline kNone;
    return kNone;
}

// Returns a block by its file, "type/uuid.ending". No pipeline needs to have it.
ResultOf<json::Object> block_of_file(const Call& call) {
    const std::string path = percent_decode(call.pk, false);
    const std::size_t slash = path.find('/');
    if (slash == std::string::npos) return invalid("The url path should be in block_type/block_uuid format.");
    std::string uuid = path.substr(slash + 1);
    std::string language = "python";
    if (const std::size_t dot = uuid.rfind('.'); dot != std::string::npos) {
        const std::string ending = uuid.substr(dot + 1);
        language = language_of_ending(ending);
        if (language.empty()) return Failure(Exception{"KeyError", python_repr(ending)});
        uuid.resize(dot);
    }
    if (const std::string* given = call.query.first("block_language"); given && !given->empty()) language = *given;
    json::Object entry;
    entry.append("name", uuid);
    entry.append("type", path.substr(0, slash));
    entry.append("language", language);
    entry.append("status", "not_executed");
    entry.append("has_callback", false);
    entry.append("uuid", uuid);
    if (!code_at(call.instance, code_path(entry, nullptr))) return not_found();
    json::Object loaded = loaded_block(entry);
    loaded.set("downstream_blocks", json::Array());
    loaded.set("upstream_blocks", json::Array());
    return loaded;
}

}  // namespace

Outcome find_block(Call& call) {
    if (!call.parent) {
        const auto block = block_of_file(call);
        if (!block) return block.error();
        call.record.resource = call.resource;
        return Done{};
    }
    const Pipeline* pipeline = call.parent->pipeline;
    if (!pipeline) return no_attribute(call.parent->resource->class_name, "get_block");
    const std::string uuid = percent_decode(call.pk, false);
    std::string message = "Block " + uuid + " does not exist in pipeline " + pipeline->uuid;
    if (const std::string* extension = call.query.first("extension_uuid"); extension && is_truthy(*extension))
        return invalid(message + " for extension " + *extension + ".");
    const std::string* type = call.query.first("block_type");
    const std::string_view list = list_of_type(type ? *type : std::string());
    const json::Object content = loaded_content(*pipeline);
    // "each:0" is a child of `each`.
    for (const std::string& name : {uuid, uuid.substr(0, uuid.find(':'))}) {
        if (!entry_of(content, list, name)) continue;
        call.record = {.resource = call.resource, .id = 0, .pipeline = pipeline, .uuid = name, .list = list};
        return Done{};
    }
    return invalid(message + ".");
}

Outcome detail_block(Call& call, std::string& out) {
    const bool outputs = !call.query.first("include_outputs") || call.query.truthy("include_outputs");
    const bool all = call.format() == "detail" || call.format() == "dbt";
    const BlockParts parts = all ? BlockParts::alone : BlockParts::of_list;
    if (!call.record.pipeline) {
        const auto block = block_of_file(call);
        if (!block) return block.error();
        out += block_text(call.instance, no_pipeline_at_all(), {}, *block, parts, all && outputs);
        return Done{};
    }
    const json::Object content = loaded_content(*call.record.pipeline);
    const json::Object& entry = *entry_of(content, call.record.list, call.record.uuid);
    out += block_text(call.instance, *call.record.pipeline, content, entry, parts, all && outputs);
    return Done{};
}

Outcome create_block(Call& call, std::string& out) {
    Instance& instance = call.instance;
    const auto project = instance.project;  // which the change replaces
    const json::Value* action_object = call.payload.find("block_action_object");
    const std::string* kind = call.payload.text("type");
    if ((action_object && action_object->truthy()) || (kind && *kind == "extension")) return not_simulated(call, out);
    if (call.parent && !call.parent->pipeline) return no_attribute(call.parent->resource->class_name, "has_block");
    const Pipeline* pipeline = call.parent ? call.parent->pipeline : nullptr;
    if (pipeline && pipeline->blocks.size() >= kMostBlocksOfPipeline)
        return too_many("blocks in the pipeline", kMostBlocksOfPipeline);

    json::Object content = pipeline ? loaded_content(*pipeline) : json::Object();
    auto given = entry_of_payload(call, content, pipeline);
    if (!given) return given.error();
    json::Object& entry = *given;
    if (const json::Object* config = call.payload.object("config")) {
        const json::Value* custom = config->find("custom_template_uuid");
        if (custom && custom->string() && find_template(call.project().templates.blocks, *custom->string()))
            return Failure(Exception{"NotImplementedError", "runsim does not simulate blocks made of a template."});
        if (custom && custom->truthy()) return no_attribute("NoneType", "create_block");
    }
    if (has_own_file(entry)) {
        if (auto done = make_file(call, entry, content); !done) return done;
    }
    entry = loaded_block(entry);
    const auto upstream = names_in(call.payload.find("upstream_blocks"));
    if (!upstream) return upstream.error();
    const auto downstream = names_in(call.payload.find("downstream_blocks"));
    if (!downstream) return downstream.error();
    const std::string uuid = *entry.text("uuid");
    if (!pipeline) {
        instance.moment();
        take_code(instance, entry, call.payload.find("content"));
        entry.set("upstream_blocks", json::Array());
        entry.set("downstream_blocks", json::Array());
        out += block_text(instance, no_pipeline_at_all(), content, entry, BlockParts::alone);
        return Done{};
    }
    const std::int64_t* priority = call.payload.integer("priority");
    const std::string_view list = list_of_type(*entry.text("type"));
    if (auto done = BlockGraph(content, pipeline->uuid)
                        .add(entry, *upstream, *downstream, priority ? std::optional(*priority) : std::nullopt);
        !done)
        return done;
    json::Object& added = *entry_of(content, list, uuid);
    take_code(instance, added, call.payload.find("content"));
    out += block_text(instance, *pipeline, content, added, BlockParts::alone);
    save_content(instance, *pipeline, std::move(content));
    return Done{};
}

Outcome delete_block(Call& call, std::string& out) {
    Instance& instance = call.instance;
    const auto project = instance.project;  // which the change replaces
    if (!call.record.pipeline) return no_attribute("NoneType", "blocks_by_uuid");
    const Pipeline& pipeline = *call.record.pipeline;
    json::Object content = loaded_content(pipeline);
    const json::Object before = *entry_of(content, call.record.list, call.record.uuid);
    std::vector<std::string> uuids = {call.record.uuid};
    for (const json::Value& value : entries_of(content, "blocks")) {
        const std::string* replicated = value.object()->text("replicated_block");
        if (replicated && *replicated == call.record.uuid) uuids.push_back(*value.object()->text("uuid"));
    }
    const bool force = call.query.truthy("force") || pipeline.type == "integration";
    BlockGraph graph(content, pipeline.uuid);
    for (const std::string& uuid : uuids) {
        const std::string_view list = uuid == call.record.uuid ? call.record.list : "blocks";
        if (auto done = graph.remove(list, uuid, force); !done) return done;
    }
    // The entry as it was, without the blocks that no longer wait for it.
    json::Object removed = before;
    removed.set("downstream_blocks", json::Array());
    out += block_text(instance, pipeline, content, removed, BlockParts::of_list);
    // Mage also deletes the file if it cannot contain code that runs.
    const std::string type = before.text("type") ? *before.text("type") : std::string();
    if (type == "markdown" || type == "scratchpad" || type == "chart")
        write_code(instance, code_path(before, nullptr), std::nullopt);
    save_content(instance, pipeline, std::move(content));
    return Done{};
}

}  // namespace runsim::api

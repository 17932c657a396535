#include "api/pipelines/pipeline_text.hpp"

#include <algorithm>

#include "api/rows/row_text.hpp"
#include "base/date/date_text.hpp"
#include "json/write.hpp"
#include "model/date_style.hpp"

namespace runsim::api {

namespace {

const json::Value kNull;
const json::Value kEmptyObject = json::Object();
const json::Value kEmptyArray = json::Array();

// A key of a file's object where it is there and not null, else the default.
const json::Value& value_or(const json::Object& object, std::string_view key, const json::Value& fallback) {
    const json::Value* value = object.find(key);
    return value && !value->is_null() ? *value : fallback;
}

struct KeyDefault {
    std::string_view key;
    const json::Value* fallback;
};

void append_keys(json::Writer& w, const json::Object& object, std::initializer_list<KeyDefault> keys) {
    for (const auto& [key, fallback] : keys) {
        w.key(key);
        w.value(value_or(object, key, *fallback));
    }
}

const json::Array& list_of(const json::Value& content, std::string_view key) {
    static const json::Array kNone;
    const json::Value* list = content.object() ? content.object()->find(key) : nullptr;
    return list && list->array() ? *list->array() : kNone;
}

const json::Object* entry_of(const json::Array& blocks, const json::Value& uuid) {
    for (const json::Value& block : blocks) {
        const json::Value* own = block.object() ? block.object()->find("uuid") : nullptr;
        if (own && *own == uuid) return block.object();
    }
    return nullptr;
}

// Whether the notebook has executed every block above, as the file remembers it.
bool upstream_executed(const json::Value& content, const json::Object& block) {
    const json::Array* above = value_or(block, "upstream_blocks", kEmptyArray).array();
    if (!above) return true;
    return std::all_of(above->begin(), above->end(), [&content](const json::Value& uuid) {
        const json::Object* entry = entry_of(list_of(content, "blocks"), uuid);
        const json::Value* status = entry ? entry->find("status") : nullptr;
        return status && status->string() && *status->string() == "executed";
    });
}

// What a block's entry does not say itself.
struct Found {
    json::Value tags = json::Array();
    json::Value callbacks = json::Array();
    json::Value conditionals = json::Array();
};
Found find_of(const Instance& instance, const Pipeline& pipeline, const json::Object& entry) {
    Found found;
    const json::Value* uuid = entry.find("uuid");
    const Block* block = uuid && uuid->string() ? pipeline.find_block(*uuid->string()) : nullptr;
    if (!block) return found;
    const auto name = [](json::Value& list, std::string_view text) { list.array()->emplace_back(text); };
    const PipelineFacts* facts = pipeline_facts(instance, pipeline.symbol);
    const auto index = static_cast<std::size_t>(block - pipeline.blocks.data());
    if (block->dynamic) name(found.tags, "dynamic");
    if (facts && facts->blocks[index].dynamic_child) name(found.tags, "dynamic_child");
    if (block->reduce_output) name(found.tags, "reduce_output");
    if (block->replicated_block) name(found.tags, "replicated");
    for (const std::uint32_t i : block->callbacks) name(found.callbacks, pipeline.callbacks[i].uuid);
    for (const std::uint32_t i : block->conditionals) name(found.conditionals, pipeline.conditionals[i].uuid);
    return found;
}

void append_block(json::Writer& w, const json::Value& content, const json::Object& entry, const Found& found,
                  BlockParts parts, const PipelineParts& of) {
    json::Object block = entry;
    // The list comes out of a cache that forgets these, and all that is no block.
    if (parts == BlockParts::of_list && of.cached)
        for (const std::string_view key : {"color", "configuration", "executor_config", "executor_type", "has_callback",
                                           "retry_config", "status", "timeout"})
            block.erase(key);
    static const json::Value kLocalPython = "local_python";
    static const json::Value kNoContent = "";
    w.begin_object();
    w.member("all_upstream_blocks_executed", upstream_executed(content, block));
    append_keys(w, block,
                {{"color", &kNull},
                 {"configuration", &kEmptyObject},
                 {"downstream_blocks", &kEmptyArray},
                 {"executor_config", &kNull},
                 {"executor_type", block.contains("executor_type") ? &kNull : &kLocalPython},
                 {"has_callback", &kNull},
                 {"name", &kNull},
                 {"language", &kNull},
                 {"retry_config", &kNull},
                 {"status", &kNull},
                 {"timeout", &kNull},
                 {"type", &kNull},
                 {"upstream_blocks", &kEmptyArray},
                 {"uuid", &kNull}});
    if (parts == BlockParts::of_detail) {
        append_keys(w, block, {{"callback_blocks", &found.callbacks}, {"conditional_blocks", &found.conditionals}});
        if (of.content) append_keys(w, block, {{"content", &kNoContent}});
        if (of.outputs) append_keys(w, block, {{"outputs", &kEmptyArray}});
        append_keys(w, block, {{"metadata", &kEmptyObject}});
    }
    if (parts != BlockParts::of_list) append_keys(w, block, {{"tags", &found.tags}});
    w.end_object();
}

void append_blocks(json::Writer& w, const Instance& instance, const Pipeline& pipeline, const json::Value& content,
                   std::string_view key, const PipelineParts& parts) {
    w.begin_array(key);
    static const json::Array kForgotten;
    const json::Array& list = parts.cached && key != "blocks" ? kForgotten : list_of(content, key);
    for (const json::Value& block : list) {
        if (!block.object()) continue;
        const Found found = key == "blocks" ? find_of(instance, pipeline, *block.object()) : Found();
        append_block(w, content, *block.object(), found, parts.detail ? BlockParts::of_detail : BlockParts::of_list,
                     parts);
    }
    w.end_array();
}

void append_schedules(json::Writer& w, const Store& store, Symbol pipeline) {
    const DateStyle style = iso_date_style(store.dialect());
    std::string list = "[";
    for (const Schedule& schedule : store.schedules()) {
        if (schedule.pipeline_uuid != pipeline) continue;
        if (list.size() > 1) list += ", ";
        RowText row(list, style);
        row.begin();
        row.date("created_at", schedule.created_at);
        row.id("id", schedule.id.value);
        row.text("name", schedule.name);
        row.word("pipeline_uuid", store.symbols.text(schedule.pipeline_uuid));
        row.text("schedule_interval", schedule.schedule_interval);
        row.word("schedule_type", schedule.schedule_type ? name_of(*schedule.schedule_type) : std::string_view());
        row.date("start_time", schedule.start_time);
        row.word("status", name_of(schedule.status));
        row.date("updated_at", schedule.updated_at);
        row.end();
    }
    w.raw_member("schedules", list + "]");
}

}  // namespace

void append_pipeline(std::string& out, const Instance& instance, const Pipeline& pipeline, const PipelineParts& parts) {
    static const json::Value kFalse = false;
    static const json::Value kOne = 1;
    const json::Value content = pipeline.metadata.value();
    static const json::Object kNoFile;
    const json::Object& file = content.object() ? *content.object() : kNoFile;
    const json::Object& kept = parts.cached ? kNoFile : file;

    json::Writer w(out);
    w.begin_object();
    append_keys(w, kept, {{"cache_block_output_in_memory", &kFalse}, {"concurrency_config", &kEmptyObject}});
    append_keys(w, file, {{"created_at", &kNull}});
    append_keys(w, kept, {{"data_integration", &kNull}});
    append_keys(w, file, {{"description", &kNull}});
    append_keys(w, kept, {{"executor_config", &kEmptyObject}, {"executor_count", &kOne}, {"executor_type", &kNull}});
    w.member("name", pipeline.name);
    append_keys(w, kept,
                {{"notification_config", &kEmptyObject},
                 {"remote_variables_dir", &kNull},
                 {"retry_config", &kEmptyObject},
                 {"run_pipeline_in_one_process", &kFalse}});
    w.raw_member("settings", "{\"triggers\": null}");
    append_keys(w, file, {{"tags", &kEmptyArray}});
    w.member("type", pipeline.type);
    w.member("uuid", pipeline.uuid);
    w.member("variables_dir", "/root/.mage_data/" + instance.project->name);
    if (parts.variables && pipeline.variables.has_value()) {
        w.raw_member("variables", pipeline.variables.json());
    }
    append_keys(w, kept, {{"spark_config", &kEmptyObject}});
    append_blocks(w, instance, pipeline, content, "blocks", parts);
    append_blocks(w, instance, pipeline, content, "callbacks", parts);
    append_blocks(w, instance, pipeline, content, "conditionals", parts);
    append_blocks(w, instance, pipeline, content, "widgets", parts);
    if (parts.extensions) append_keys(w, file, {{"extensions", &kEmptyObject}});
    if (parts.schedules) append_schedules(w, instance.store, pipeline.symbol);
    w.key("updated_at");
    // Files that were loaded are older than the server.
    const Instant loaded = instance.options.start - Duration::microseconds(1);
    if (parts.exists)
        w.string(date_text(pipeline.updated_at.value_or(loaded), DateStyle::iso_offset));
    else
        w.null();
    w.end_object();
}

json::Object block_file(const json::Value& content, const Pipeline& pipeline, const Block& block) {
    if (const json::Object* entry = entry_of(list_of(content, "blocks"), json::Value(block.uuid))) return *entry;
    const auto uuids = [&pipeline](const std::vector<std::uint32_t>& indexes) {
        json::Array list;
        for (const std::uint32_t index : indexes) list.emplace_back(pipeline.blocks[index].uuid);
        return list;
    };
    json::Object entry;
    entry.set("uuid", block.uuid);
    entry.set("name", block.name);
    entry.set("type", block.type);
    entry.set("language", block.language);
    entry.set("upstream_blocks", uuids(block.upstream));
    entry.set("downstream_blocks", uuids(block.downstream));
    return entry;
}

std::string block_text(const Instance& instance, const Pipeline& pipeline, const json::Value& content,
                       const json::Object& entry, BlockParts parts) {
    std::string text;
    json::Writer w(text);
    append_block(w, content, entry, find_of(instance, pipeline, entry), parts, {});
    return text;
}

}  // namespace runsim::api

#include "api/pipelines/pipeline_text.hpp"
#include "api/pipelines/block_output.hpp"
#include "api/pipelines/pipeline_content.hpp"
#include "api/rows/row_text.hpp"
#include "base/contains.hpp"
#include "base/date/date_text.hpp"
#include "json/write.hpp"
#include "lifecycle/blocks/code_files.hpp"
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

// Of the file's settings only the one that there is.
void append_settings(json::Writer& w, const json::Object& file) {
    constexpr std::string_view kSaves = "save_in_code_automatically";
    const json::Object* settings = file.object("settings");
    const json::Value* triggers = settings ? settings->find("triggers") : nullptr;
    w.begin_object("settings");
    w.key("triggers");
    if (triggers && triggers->object()) {
        const json::Value* saves = triggers->object()->find(kSaves);
        w.begin_object();
        w.key(kSaves);
        if (saves)
            w.value(*saves);
        else
            w.null();
        w.end_object();
    } else if (triggers) {
        w.value(*triggers);
    } else {
        w.null();
    }
    w.end_object();
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
    if (block->replicated_block) name(found.tags, "replica");
    for (const std::uint32_t i : block->callbacks) name(found.callbacks, pipeline.callbacks[i].uuid);
    for (const std::uint32_t i : block->conditionals) name(found.conditionals, pipeline.conditionals[i].uuid);
    return found;
}

// Returns the content of a file, or "" if there is none.
std::string_view code_or_nothing(const Instance& instance, std::string_view path) {
    const std::string* code = code_at(instance, path);
    return code ? std::string_view(*code) : std::string_view();
}

std::string_view code_of(const Instance& instance, const json::Object& content, const json::Object& entry) {
    return code_or_nothing(instance, code_path(entry, original_of(content, entry)));
}

std::string_view callback_code(const Instance& instance, const json::Object& entry) {
    const std::string* uuid = entry.text("uuid");
    return code_or_nothing(instance, callback_path(uuid ? *uuid : std::string()));
}

// Writes the error of a block whose file is missing. A replica, and a block without a file of its own, have none.
void append_missing_file(json::Writer& w, const Instance& instance, const json::Object& entry) {
    const std::string* type = entry.text("type");
    if (entry.text("replicated_block") || (type && *type == "global_data_product")) return;
    const std::string path = code_path(entry, nullptr);
    if (code_at(instance, path)) return;
    w.begin_object("error");
    w.member("error", "No such file or directory");
    w.member("message",
             "You may have moved it or changed its filename. Delete the current block to remove it from the pipeline "
             "or write code and save the pipeline to create a new file at " +
                 instance.project->repo_path + "/" + path + ".");
    w.end_object();
}

bool shows_code(BlockParts parts, const PipelineParts& of) {
    if (parts == BlockParts::of_list || parts == BlockParts::of_run) return false;
    return parts == BlockParts::alone || of.content;
}

// Keys that only some blocks have, behind those that all have.
constexpr std::string_view kLateKeys[] = {"replicated_block", "groups"};

void append_block(json::Writer& w, const Instance& instance, const Pipeline& pipeline, const json::Object& content,
                  const json::Object& entry, BlockParts parts, const PipelineParts& of) {
    w.begin_object();
    w.member("all_upstream_blocks_executed", upstream_executed(content, entry));
    for (const json::Member& member : entry) {
        if (contains(kLateKeys, member.key) || member.key == "extension_uuid") continue;
        w.key(member.key);
        w.value(member.value);
    }
    const bool of_pipeline = parts == BlockParts::of_detail;
    const Found found = parts == BlockParts::of_run || of_pipeline ? find_of(instance, pipeline, entry) : Found();
    if (of_pipeline)
        append_keys(w, {}, {{"callback_blocks", &found.callbacks}, {"conditional_blocks", &found.conditionals}});
    for (const std::string_view key : kLateKeys) {
        const json::Value* value = entry.find(key);
        if (!value) continue;
        w.key(key);
        w.value(*value);
    }
    if (shows_code(parts, of)) {
        w.member("content", code_of(instance, content, entry));
        const json::Value* has_callback = entry.find("has_callback");
        if (has_callback && has_callback->truthy()) w.member("callback_content", callback_code(instance, entry));
    }
    if (of.outputs && (of_pipeline || parts == BlockParts::of_chart || parts == BlockParts::alone)) {
        const std::string* uuid = entry.text("uuid");
        const Block* block = uuid && is_executed(instance, pipeline, *uuid) ? pipeline.find_block(*uuid) : nullptr;
        w.key("outputs");
        append_notebook_outputs(w, block ? block->model.output : BlockOutput());
        if (of_pipeline) append_missing_file(w, instance, entry);
    }
    if (of_pipeline) w.raw_member("metadata", "{}");
    if (of_pipeline || parts == BlockParts::of_run) w.member("tags", found.tags);
    w.end_object();
}

void append_blocks(json::Writer& w, const Instance& instance, const Pipeline& pipeline, const json::Object& content,
                   std::string_view key, const PipelineParts& parts) {
    w.begin_array(key);
    const BlockParts of = !parts.detail      ? BlockParts::of_list
                          : key == "widgets" ? BlockParts::of_chart
                                             : BlockParts::of_detail;
    for (const json::Value& block : entries_of(content, key))
        append_block(w, instance, pipeline, content, *block.object(), of, parts);
    w.end_array();
}

// A key that anybody may have written.
std::string escaped(std::string_view key) {
    std::string text;
    json::append_string(text, key);
    return text.substr(1, text.size() - 2);
}

// The blocks of an extension come after its other keys.
void append_extensions(json::Writer& w, const Instance& instance, const Pipeline& pipeline, const json::Object& content,
                       const PipelineParts& parts) {
    w.begin_object("extensions");
    static const json::Object kNone;
    const json::Object* extensions = content.object("extensions");
    for (const json::Member& extension : extensions ? *extensions : kNone) {
        const json::Object* config = extension.value.object();
        if (!config) continue;
        w.key(escaped(extension.key));
        w.begin_object();
        for (const json::Member& member : *config) {
            if (member.key == "blocks") continue;
            w.key(escaped(member.key));
            w.value(member.value);
        }
        w.begin_array("blocks");
        for (const json::Value& block : entries_of(*config, "blocks")) {
            if (!block.object()) continue;
            append_block(w, instance, pipeline, content, loaded_block(*block.object()),
                         parts.detail ? BlockParts::of_chart : BlockParts::of_list, parts);
        }
        w.end_array();
        w.end_object();
    }
    w.end_object();
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
    const json::Object content = parts.cached ? listed_content(pipeline) : loaded_content(pipeline);

    json::Writer w(out);
    w.begin_object();
    append_keys(w, content,
                {{"cache_block_output_in_memory", &kFalse},
                 {"concurrency_config", &kEmptyObject},
                 {"created_at", &kNull},
                 {"data_integration", &kNull},
                 {"description", &kNull},
                 {"executor_config", &kEmptyObject}});
    w.member("executor_count", pipeline.type == "streaming" ? pipeline.executor_count : 1);
    append_keys(w, content,
                {{"executor_type", &kNull},
                 {"name", &kNull},
                 {"notification_config", &kEmptyObject},
                 {"remote_variables_dir", &kNull},
                 {"retry_config", &kEmptyObject},
                 {"run_pipeline_in_one_process", &kFalse}});
    append_settings(w, content);
    append_keys(w, content, {{"tags", &kEmptyArray}});
    w.member("type", pipeline.type);
    w.member("uuid", pipeline.uuid);
    w.member("variables_dir", "/root/.mage_data/" + instance.project->name);
    if (const json::Value* variables = content.find("variables"); variables && !variables->is_null())
        w.member("variables", *variables);
    append_keys(w, content, {{"spark_config", &kEmptyObject}});
    for (const std::string_view list : kBlockLists) append_blocks(w, instance, pipeline, content, list, parts);
    if (parts.extensions) append_extensions(w, instance, pipeline, content, parts);
    if (parts.schedules) append_schedules(w, instance.store, pipeline.symbol);
    // Files that were loaded are older than the server.
    const Instant loaded = instance.options.start - Duration::microseconds(1);
    if (!parts.exists)
        w.member("updated_at", nullptr);
    else if (parts.is_saved)
        w.member("updated_at", date_text(pipeline.updated_at.value_or(loaded), DateStyle::iso_offset));
    w.end_object();
}

std::string block_text(const Instance& instance, const Pipeline& pipeline, const json::Object& content,
                       const json::Object& entry, BlockParts parts, bool outputs) {
    std::string text;
    json::Writer w(text);
    append_block(w, instance, pipeline, content, entry, parts, {.outputs = outputs});
    return text;
}

}  // namespace runsim::api

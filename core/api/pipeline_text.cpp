#include "api/pipeline_text.hpp"

#include "base/date_text.hpp"
#include "json/write.hpp"

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

void append_block(json::Writer& w, const json::Object& block, const PipelineParts& parts) {
    static const json::Value kTrue = true;
    static const json::Value kFalse = false;
    static const json::Value kNotExecuted = "not_executed";
    static const json::Value kNoContent = "";
    w.begin_object();
    w.key("all_upstream_blocks_executed");
    w.value(kTrue);
    append_keys(w, block,
                {{"color", &kNull},
                 {"configuration", &kEmptyObject},
                 {"downstream_blocks", &kEmptyArray},
                 {"executor_config", &kNull},
                 {"executor_type", &kNull},
                 {"has_callback", &kFalse},
                 {"name", &kNull},
                 {"language", &kNull},
                 {"retry_config", &kNull},
                 {"status", &kNotExecuted},
                 {"timeout", &kNull},
                 {"type", &kNull},
                 {"upstream_blocks", &kEmptyArray},
                 {"uuid", &kNull}});
    if (parts.detail) {
        append_keys(w, block, {{"callback_blocks", &kEmptyArray}, {"conditional_blocks", &kEmptyArray}});
        if (parts.content) append_keys(w, block, {{"content", &kNoContent}});
        if (parts.outputs) append_keys(w, block, {{"outputs", &kEmptyArray}});
        append_keys(w, block, {{"metadata", &kEmptyObject}, {"tags", &kEmptyArray}});
    }
    w.end_object();
}

void append_blocks(json::Writer& w, const json::Object& file, std::string_view key, const PipelineParts& parts) {
    w.key(key);
    w.begin_array();
    if (const json::Array* blocks = value_or(file, key, kEmptyArray).array()) {
        for (const json::Value& block : *blocks)
            if (block.object()) append_block(w, *block.object(), parts);
    }
    w.end_array();
}

void append_schedules(json::Writer& w, const Store& store, Symbol pipeline) {
    const DateStyle style = store.dialect() == Dialect::postgres ? DateStyle::iso_offset : DateStyle::iso;
    const auto date = [&w, style](std::string_view key, MaybeInstant value) {
        w.key(key);
        if (value) w.string(date_text(*value, style)); else w.null();
    };
    const auto text = [&w](std::string_view key, const std::optional<std::string>& value) {
        w.key(key);
        if (value) w.string(*value); else w.null();
    };
    w.key("schedules");
    w.begin_array();
    for (const Schedule& schedule : store.schedules()) {
        if (schedule.pipeline_uuid != pipeline) continue;
        w.begin_object();
        date("created_at", schedule.created_at);
        w.key("id");
        w.integer(schedule.id.value);
        text("name", schedule.name);
        w.key("pipeline_uuid");
        w.string(store.symbols.text(schedule.pipeline_uuid));
        text("schedule_interval", schedule.schedule_interval);
        w.key("schedule_type");
        if (schedule.schedule_type) w.string(name_of(*schedule.schedule_type)); else w.null();
        date("start_time", schedule.start_time);
        w.key("status");
        w.string(name_of(schedule.status));
        date("updated_at", schedule.updated_at);
        w.end_object();
    }
    w.end_array();
}

}  // namespace

void append_pipeline(std::string& out, const Instance& instance, const Pipeline& pipeline, const PipelineParts& parts) {
    static const json::Value kFalse = false;
    static const json::Value kOne = 1;
    const json::Value content = pipeline.metadata.value();
    static const json::Object kNoFile;
    const json::Object& file = content.object() ? *content.object() : kNoFile;

    json::Writer w(out);
    w.begin_object();
    append_keys(w, file,
                {{"cache_block_output_in_memory", &kFalse},
                 {"concurrency_config", &kEmptyObject},
                 {"created_at", &kNull},
                 {"data_integration", &kNull},
                 {"description", &kNull},
                 {"executor_config", &kEmptyObject},
                 {"executor_count", &kOne},
                 {"executor_type", &kNull}});
    w.key("name");
    w.string(pipeline.name);
    append_keys(w, file,
                {{"notification_config", &kEmptyObject},
                 {"remote_variables_dir", &kNull},
                 {"retry_config", &kEmptyObject},
                 {"run_pipeline_in_one_process", &kFalse}});
    w.key("settings");
    w.raw("{\"triggers\": null}");
    append_keys(w, file, {{"tags", &kEmptyArray}});
    w.key("type");
    w.string(pipeline.type);
    w.key("uuid");
    w.string(pipeline.uuid);
    w.key("variables_dir");
    w.string("/root/.mage_data/" + instance.project->name);
    if (pipeline.variables.has_value()) {
        w.key("variables");
        w.raw(pipeline.variables.json());
    }
    append_keys(w, file, {{"spark_config", &kEmptyObject}});
    append_blocks(w, file, "blocks", parts);
    append_blocks(w, file, "callbacks", parts);
    append_blocks(w, file, "conditionals", parts);
    append_blocks(w, file, "widgets", parts);
    if (parts.detail) append_keys(w, file, {{"extensions", &kEmptyObject}});
    if (parts.schedules) append_schedules(w, instance.store, pipeline.symbol);
    w.key("updated_at");
    w.string(date_text(instance.options.start, DateStyle::iso_offset));
    w.end_object();
}

}  // namespace runsim::api

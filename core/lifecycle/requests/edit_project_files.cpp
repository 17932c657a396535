#include "lifecycle/requests/edit_project_files.hpp"

#include <algorithm>

#include "base/contains.hpp"
#include "base/date/date_text.hpp"
#include "base/sort_stably.hpp"
#include "lifecycle/requests/blocks_of_file.hpp"
#include "lifecycle/rows/write_row.hpp"

namespace runsim {

namespace {

bool by_uuid(const Pipeline& pipeline, std::string_view uuid) { return pipeline.uuid < uuid; }

std::vector<PipelineFile>::iterator place_of(ProjectFiles& files, std::string_view uuid) {
    return std::lower_bound(files.pipelines.begin(), files.pipelines.end(), uuid,
                            [](const PipelineFile& file, std::string_view wanted) { return file.uuid < wanted; });
}

// PyYAML writes mappings with their keys in order.
json::Value sorted(json::Value value) {
    if (json::Array* array = value.array())
        for (json::Value& item : *array) item = sorted(std::move(item));
    if (json::Object* object = value.object()) {
        sort_stably(*object, [](const json::Member& a, const json::Member& b) { return a.key < b.key; });
        for (json::Member& member : *object) member.value = sorted(std::move(member.value));
    }
    return value;
}

json::Text metadata_of(const Pipeline& source, const PipelineFile& file) {
    const json::Value given = file.content.has_value() ? file.content.value() : source.metadata.value();
    json::Object metadata = given.object() ? *given.object() : json::Object();
    const auto text = [&metadata](std::string_view key, const std::optional<std::string>& value) {
        if (value)
            metadata.set(key, *value);
        else
            metadata.set(key, nullptr);
    };
    text("description", file.description);
    // A file without a name keeps none: its pipeline cannot be renamed.
    const json::Value* name = metadata.find("name");
    const bool unnamed = given.object() && file.name == source.name && (!name || name->is_null());
    if (!unnamed) text("name", file.name);
    text("type", file.type);
    text("uuid", file.uuid);
    if (file.created_at)
        metadata.set("created_at", date_text(*file.created_at, DateStyle::space_offset));
    else if (file.source.empty())
        metadata.erase("created_at");  // copied from the original pipeline
    json::Array tags;
    for (const std::string& tag : file.tags.value_or(std::vector<std::string>())) tags.emplace_back(tag);
    metadata.set("tags", std::move(tags));
    return json::Text::of(sorted(std::move(metadata)));
}

// Builds a pipeline from a file, with the blocks and settings of its source as far as the file has none.
Pipeline made_pipeline(Instance& instance, const PipelineFile& file) {
    static const Pipeline kEmpty;
    SymbolTable& symbols = instance.store.symbols;
    const Pipeline* found = file.source.empty() ? nullptr : instance.loaded->find_pipeline(file.source);
    const Pipeline& source = found ? *found : kEmpty;
    Pipeline pipeline = source;
    pipeline.uuid = file.uuid;
    pipeline.symbol = symbols.intern(file.uuid);
    pipeline.name = file.name;
    pipeline.type = file.type;
    pipeline.description = file.description;
    pipeline.tags = file.tags;
    pipeline.updated_at = file.updated_at;
    pipeline.metadata = metadata_of(source, file);
    pipeline.listed = file.listed;
    const json::Value metadata = pipeline.metadata.value();
    if (const json::Object* variables = metadata.object()->object("variables"))
        pipeline.variables = json::Text::of(*variables);
    if (file.content.has_value()) take_content(pipeline, source, file, *instance.loaded, symbols);
    return pipeline;
}

void erase_pipeline(std::vector<Pipeline>& pipelines, std::string_view uuid) {
    const auto at = std::lower_bound(pipelines.begin(), pipelines.end(), uuid, by_uuid);
    if (at != pipelines.end() && at->uuid == uuid) pipelines.erase(at);
}

void insert_pipeline(std::vector<Pipeline>& pipelines, Pipeline pipeline) {
    const auto at = std::lower_bound(pipelines.begin(), pipelines.end(), pipeline.uuid, by_uuid);
    pipelines.insert(at, std::move(pipeline));
}

void use(Instance& instance, Project project) {
    project.symbols = instance.store.symbols;
    set_project(instance, std::make_shared<const Project>(std::move(project)));
}

// Removes a pipeline from the files, and records the removal if it was a loaded one.
void forget(ProjectFiles& files, const std::string& uuid) {
    const auto at = place_of(files, uuid);
    const bool own = at != files.pipelines.end() && at->uuid == uuid;
    if (own) files.pipelines.erase(at);
    const auto place = std::lower_bound(files.removed.begin(), files.removed.end(), uuid);
    if (!own && (place == files.removed.end() || *place != uuid)) files.removed.insert(place, uuid);
}

// Updates the rows of a renamed pipeline.
template <class Row>
void transfer(Instance& instance, const Table<Row>& rows, Symbol from, Symbol to) {
    std::vector<decltype(Row::id)> ids;
    for (const Row& row : rows)
        if (row.pipeline_uuid == from) ids.push_back(row.id);
    if (ids.empty()) return;
    const Instant at = stored_moment(instance, instance.moment());
    for (const auto id : ids) {
        instance.store.update(id, [to, at](Row& row) {
            row.pipeline_uuid = to;
            row.updated_at = at;
        });
    }
}

// Returns the value at a path of keys, or nullptr if there is none.
const json::Value* value_at(const json::Value& value, std::initializer_list<std::string_view> path) {
    const json::Value* at = &value;
    for (const std::string_view key : path) at = at && at->object() ? at->object()->find(key) : nullptr;
    return at;
}

bool is_of(const TriggerFile& trigger, Symbol pipeline, std::string_view name) {
    return trigger.row.pipeline_uuid == pipeline && trigger.row.name.value_or("") == name;
}

}  // namespace

json::Text written_content(json::Object content) { return json::Text::of(sorted(std::move(content))); }

void add_pipeline(Instance& instance, PipelineFile file) {
    Project project = *instance.project;
    insert_pipeline(project.pipelines, made_pipeline(instance, file));
    instance.files.pipelines.insert(place_of(instance.files, file.uuid), std::move(file));
    use(instance, std::move(project));
}

void change_pipeline(Instance& instance, const Pipeline& pipeline, PipelineFile file) {
    Project project = *instance.project;
    const Symbol from = pipeline.symbol;
    Pipeline made = made_pipeline(instance, file);
    const Symbol to = made.symbol;
    forget(instance.files, pipeline.uuid);
    erase_pipeline(project.pipelines, pipeline.uuid);
    insert_pipeline(project.pipelines, std::move(made));
    instance.files.pipelines.insert(place_of(instance.files, file.uuid), std::move(file));
    if (from != to) {
        transfer(instance, instance.store.schedules(), from, to);
        transfer(instance, instance.store.runs(), from, to);
        transfer(instance, instance.store.backfills(), from, to);
        for (TriggerFile& trigger : instance.files.triggers)
            if (trigger.row.pipeline_uuid == from) trigger.row.pipeline_uuid = to;
        std::erase(instance.files.written, from);
        note_written_triggers(instance, to);
    }
    use(instance, std::move(project));
}

void remove_pipeline(Instance& instance, const Pipeline& pipeline) {
    Project project = *instance.project;
    const Symbol symbol = pipeline.symbol;
    std::erase_if(instance.files.triggers, [symbol](const TriggerFile& t) { return t.row.pipeline_uuid == symbol; });
    std::erase(instance.files.written, symbol);
    forget(instance.files, pipeline.uuid);
    erase_pipeline(project.pipelines, pipeline.uuid);
    use(instance, std::move(project));
}

PipelineFile file_of(const Instance& instance, const Pipeline& pipeline) {
    for (const PipelineFile& file : instance.files.pipelines)
        if (file.uuid == pipeline.uuid) return file;
    return {.uuid = pipeline.uuid,
            .name = pipeline.name,
            .type = pipeline.type,
            .description = pipeline.description,
            .tags = pipeline.tags,
            .source = pipeline.uuid,
            .content = {},
            .listed = {},
            .renamed = {},
            .executed = {},
            .created_at = {},
            .updated_at = instance.options.start};
}

void restore_files(Instance& instance) {
    const ProjectFiles& files = instance.files;
    if (files.pipelines.empty() && files.removed.empty()) return;
    Project project = *instance.project;
    for (const std::string& uuid : files.removed) erase_pipeline(project.pipelines, uuid);
    for (const PipelineFile& file : files.pipelines) insert_pipeline(project.pipelines, made_pipeline(instance, file));
    use(instance, std::move(project));
}

const TriggerFile* find_trigger(const Instance& instance, Symbol pipeline, std::string_view name) {
    for (const TriggerFile& trigger : instance.files.triggers)
        if (is_of(trigger, pipeline, name)) return &trigger;
    return nullptr;
}

void save_trigger(Instance& instance, Symbol pipeline, std::string_view name, const Schedule& schedule) {
    std::vector<TriggerFile>& triggers = instance.files.triggers;
    const auto at =
        std::find_if(triggers.begin(), triggers.end(), [&](const TriggerFile& t) { return is_of(t, pipeline, name); });
    TriggerFile& trigger = at != triggers.end() ? *at : triggers.emplace_back();
    trigger.row = schedule;
    trigger.row.pipeline_uuid = pipeline;
    if (!traits_of(instance.project->release).file_has_description) trigger.row.description.reset();
    note_written_triggers(instance, pipeline);
}

void remove_trigger(Instance& instance, Symbol pipeline, std::string_view name) {
    const auto erased =
        std::erase_if(instance.files.triggers, [&](const TriggerFile& t) { return is_of(t, pipeline, name); });
    if (erased > 0) note_written_triggers(instance, pipeline);
}

void note_written_triggers(Instance& instance, Symbol pipeline) {
    if (!contains(instance.files.written, pipeline)) instance.files.written.push_back(pipeline);
}

bool saves_triggers(const Instance& instance, const Pipeline& pipeline) {
    const json::Value own = pipeline.metadata.value();
    const json::Value* saves = value_at(own, {"settings", "triggers", "save_in_code_automatically"});
    if (saves && !saves->is_null()) return saves->truthy();
    const json::Value set = instance.files.settings.value();
    saves = value_at(set, {"pipelines", "settings", "triggers", "save_in_code_automatically"});
    return saves && saves->truthy();
}

}  // namespace runsim

#include "api/pipelines/pipeline_file.hpp"

#include <algorithm>

#include "api/calls/records.hpp"
#include "api/pipelines/find_template.hpp"
#include "api/pipelines/handlers.hpp"
#include "api/pipelines/pipeline_content.hpp"
#include "api/pipelines/pipeline_text.hpp"
#include "base/contains.hpp"
#include "base/text/text.hpp"
#include "base/text/unicode.hpp"
#include "json/loose_values.hpp"
#include "json/write.hpp"
#include "lifecycle/requests/edit_project_files.hpp"

// CREATE and DELETE of pipelines, and what UPDATE writes into their files (http-api.md 5.9).
namespace runsim::api {

namespace {

constexpr std::size_t kMostPipelinesOfWorld = 2'000;  // of a world, those of the project included
constexpr std::string_view kTypes[] = {"python",      "pyspark",   "databricks",
                                       "integration", "streaming", "execution_framework"};

// A text, or none for null; anything else is an error that names the key.
ResultOf<std::optional<std::string>> read_text(const json::Object& payload, std::string_view key) {
    const json::Value& value = value_of(payload, key);
    if (value.is_null()) return std::optional<std::string>();
    if (value.string()) return std::optional<std::string>(*value.string());
    return type_error("pipeline." + std::string(key) + ": " + json::python_repr(value) + " is not a text");
}

ResultOf<std::optional<std::string>> read_type(const json::Object& payload) {
    auto type = read_text(payload, "type");
    if (!type || !*type) return type;
    if (contains(kTypes, **type)) return type;
    // The real server stores it, and then has no pipeline of that type to run.
    return value_error("pipeline.type: " + python_repr(**type) + " is not a type of pipeline");
}

ResultOf<std::optional<std::vector<std::string>>> read_tags(const json::Object& payload) {
    using Tags = std::optional<std::vector<std::string>>;
    const json::Value& value = value_of(payload, "tags");
    if (value.is_null()) return Tags();
    std::vector<std::string> tags;
    if (!value.array()) return type_error("pipeline.tags: " + json::python_repr(value) + " is not a list of texts");
    for (const json::Value& tag : *value.array()) {
        if (!tag.string()) return type_error("pipeline.tags: " + json::python_repr(tag) + " is not a text");
        tags.push_back(*tag.string());
    }
    return Tags(std::move(tags));
}

// The copy of a pipeline under a name that is free: its own, or <pipeline>_copy, or that with a number.
PipelineFile copy_of(const Call& call, const Pipeline& source, std::optional<std::string> name) {
    const Project& project = call.project();
    const std::string base = uuid_of_name(source.name) + "_copy";
    PipelineFile file = file_of(call.instance, source);
    file.name = name.value_or(base);
    for (std::size_t number = project.pipelines.size() + 1; project.has_folder(file.name); ++number) {
        file.name = base + "_";
        append_int(file.name, static_cast<std::int64_t>(number));
    }
    file.uuid = uuid_of_name(file.name);
    file.created_at = {};
    file.listed = {};
    file.executed.clear();
    return file;
}

Failure exists(const std::string& name) { return plain_exception("Pipeline " + name + " already exists."); }

}  // namespace

std::string uuid_of_name(std::string_view name, char kept) {
    std::string uuid;
    for (std::size_t at = 0; at < name.size();) {
        const char32_t c = next_character(name, at);
        if (c == 0xfeff || c == '"' || c == '$' || c == '\n' || c == '\r' || c == '\t') continue;
        if (c >= 'A' && c <= 'Z') {
            uuid += static_cast<char>(c - 'A' + 'a');
        } else if (c >= 0x80 || c == '_' || c == static_cast<unsigned char>(kept) || (c >= 'a' && c <= 'z') ||
                   (c >= '0' && c <= '9')) {
            append_character(uuid, c);
        } else {
            uuid += '_';
        }
    }
    if (!uuid.empty() && uuid.front() >= '0' && uuid.front() <= '9') uuid.insert(0, "letter_");
    return uuid;
}

void save_content(Instance& instance, const Pipeline& pipeline, json::Object content,
                  const std::vector<RenamedBlock>& renamed, const std::vector<std::string>& executed) {
    PipelineFile file = file_of(instance, pipeline);
    if (!file.listed.has_value()) file.listed = json::Text::of(listed_content(pipeline));
    // The output of a block that has another uuid is lost.
    std::erase_if(file.executed, [&content](const std::string& uuid) { return !entry_of(content, "blocks", uuid); });
    file.content = written_content(std::move(content));
    for (const RenamedBlock& block : renamed) {  // from `source` to `uuid`
        const auto at = std::find_if(file.renamed.begin(), file.renamed.end(),
                                     [&block](const RenamedBlock& known) { return known.uuid == block.source; });
        if (at != file.renamed.end())
            at->uuid = block.uuid;
        else
            file.renamed.push_back(block);
    }
    for (const std::string& uuid : executed) {
        if (!contains(file.executed, uuid)) file.executed.push_back(uuid);
    }
    file.updated_at = instance.moment();
    change_pipeline(instance, pipeline, std::move(file));
}

Outcome create_pipeline(Call& call, std::string& out) {
    Instance& instance = call.instance;
    const json::Object& payload = call.payload;
    if (const json::Value& uuid = value_of(payload, "custom_template_uuid"); uuid.truthy()) {
        if (uuid.string() && find_template(call.project().templates.pipelines, *uuid.string()))
            return Failure(Exception{"NotImplementedError", "runsim does not simulate pipelines made of a template."});
        if (uuid.string()) return no_attribute("NoneType", "create_pipeline");
        return type_error("join() argument must be str, bytes, or os.PathLike object, not '" +
                          std::string(uuid.python_type()) + "'");
    }
    auto name = read_text(payload, "name");
    if (!name) return name.error();
    auto type = read_type(payload);
    if (!type) return type.error();
    auto description = read_text(payload, "description");
    if (!description) return description.error();
    auto tags = read_tags(payload);
    if (!tags) return tags.error();
    const auto clone = read_text(payload, "clone_pipeline_uuid");
    if (!clone) return clone.error();
    if (call.project().pipelines.size() >= kMostPipelinesOfWorld) {
        return plain_exception("pipeline: there are " + std::to_string(kMostPipelinesOfWorld) +
                               " pipelines, more are not possible");
    }

    PipelineFile file;
    const Pipeline* source = nullptr;
    if (*clone) {
        source = call.project().find_pipeline(**clone);
        if (!source) return no_pipeline(**clone, call.project());
        file = copy_of(call, *source, std::move(*name));
    } else {
        if (!*name) return no_attribute("NoneType", "replace");
        file.uuid = uuid_of_name(**name);
        file.name = std::move(**name);
        file.type = type->value_or("python");
        file.description = std::move(*description);
        file.tags = tags->value_or(std::vector<std::string>());
    }
    if (file.uuid.empty() || call.project().has_folder(file.uuid)) return exists(file.name);
    file.updated_at = instance.moment();
    if (!source) file.created_at = file.updated_at;
    const std::string uuid = file.uuid;
    add_pipeline(instance, std::move(file));
    append_pipeline(out, instance, *call.project().find_pipeline(uuid), {});
    return Done{};
}

Outcome delete_pipeline(Call& call, std::string& out) {
    append_pipeline(out, call.instance, *call.record.pipeline, {.exists = false});
    call.instance.moment();
    remove_pipeline(call.instance, *call.record.pipeline);
    return Done{};
}

ResultOf<std::optional<PipelineFile>> changed_file(const Call& call, const Pipeline& pipeline) {
    const json::Object& payload = call.payload;
    const PipelineFile before = file_of(call.instance, pipeline);
    PipelineFile file = before;
    auto name = read_text(payload, "name");
    if (!name) return name.error();
    // A pipeline without a name in its file keeps its uuid.
    const json::Value metadata = pipeline.metadata.value();
    const bool named = !metadata.object() || (metadata.find("name") && metadata.find("name")->truthy());
    if (named && payload.contains("name") && *name != file.name) {
        if (!*name) return no_attribute("NoneType", "replace");
        file.name = std::move(**name);
        file.uuid = uuid_of_name(file.name);
        if (file.uuid.empty() || call.project().has_folder(file.uuid)) {
            return plain_exception("Pipeline " + file.uuid + " already exists. Choose a different name.");
        }
    }
    auto description = read_text(payload, "description");
    if (!description) return description.error();
    if (payload.contains("description")) file.description = std::move(*description);
    auto type = read_type(payload);
    if (!type) return type.error();
    if (*type) file.type = std::move(**type);
    auto tags = read_tags(payload);
    if (!tags) return tags.error();
    if (*tags) file.tags = std::move(*tags);
    // A client sends back the whole pipeline: no tags at all and none are the same.
    if (!before.tags && file.tags && file.tags->empty()) file.tags = before.tags;
    const bool changed = !(file == before);
    if (!changed && !before.listed.has_value()) return std::optional<PipelineFile>();
    file.listed = {};  // the list's cache reads the file
    if (changed) file.updated_at = call.instance.now + Duration::microseconds(1);
    return std::optional<PipelineFile>(std::move(file));
}

}  // namespace runsim::api

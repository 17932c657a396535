#include <algorithm>

#include "api/ui/handlers.hpp"
#include "json/write.hpp"

// The project: its name, its features, and the settings that its page writes into metadata.yaml.
namespace runsim::api {

namespace {

constexpr std::string_view kFeatures[] = {"add_new_block_v2",
                                          "automatic_kernel_cleanup",
                                          "code_block_v2",
                                          "command_center",
                                          "compute_management",
                                          "custom_design",
                                          "data_integration_in_batch_pipeline",
                                          "dbt_v2",
                                          "global_hooks",
                                          "interactions",
                                          "display_local_timezone",
                                          "notebook_block_output_split_view",
                                          "operation_history",
                                          "polars"};
// The keys that UPDATE stores unchanged, besides the features.
constexpr std::string_view kStored[] = {"help_improve_mage", "openai_api_key",       "emr_config",
                                        "pipelines",         "remote_variables_dir", "spark_config"};

json::Object settings_of(const Instance& instance) {
    const json::Value value = instance.files.settings.value();
    return value.object() ? *value.object() : json::Object();
}

// The values that an answer about the project is made of.
struct Shown {
    const Project& project;
    json::Object settings;
    json::Object features;  // of the settings
};

using WriteMember = void (*)(json::Writer& w, std::string_view key, const Shown& shown);

void write_setting(json::Writer& w, std::string_view key, const Shown& shown) {
    w.member(key, shown.settings.find(key));
}

void write_help(json::Writer& w, std::string_view key, const Shown& shown) {
    if (const json::Value* stored = shown.settings.find(key)) return w.member(key, *stored);
    w.member(key, shown.project.help_improve_mage);
}

void write_version(json::Writer& w, std::string_view key, const Shown& shown) {
    w.member(key, name_of(shown.project.release));
}

template <auto Field>
void write_field(json::Writer& w, std::string_view key, const Shown& shown) {
    w.member(key, shown.project.*Field);
}

void write_features(json::Writer& w, std::string_view key, const Shown& shown) {
    w.begin_object(key);
    for (const std::string_view name : kFeatures) w.member(name, shown.features.find(name));
    w.end_object();
}

void write_defined_features(json::Writer& w, std::string_view key, const Shown& shown) {
    w.begin_object(key);
    for (const std::string_view name : kFeatures)
        if (const json::Value* value = shown.features.find(name)) w.member(name, *value);
    w.end_object();
}

struct ProjectMember {
    std::string_view key;
    WriteMember write;
    std::string_view json = {};  // the value if `write` is nullptr
    bool is_public = false;      // also for callers who have not signed in
};
constexpr ProjectMember kMembers[] = {
    {"emr_config", write_setting},
    {.key = "features", .write = write_features, .is_public = true},
    {"features_defined", write_defined_features},
    {"features_override", nullptr, "{}"},
    {"help_improve_mage", write_help},
    {"latest_version", write_version},
    {"name", write_field<&Project::name>},
    {"openai_api_key", write_setting},
    {"pipelines", write_setting},
    {"platform_settings", nullptr, "null"},
    {"project_uuid", write_field<&Project::project_uuid>},
    {"projects", nullptr, "{}"},
    {"remote_variables_dir", write_setting},
    {"repo_path", write_field<&Project::repo_path>},
    {"root_project", nullptr, "false"},
    {"settings", nullptr, "null"},
    {"spark_config", write_setting},
    {"version", write_version},
    {"workspace_config_defaults", nullptr, "{}"},
};

void append_project(std::string& out, const Call& call) {
    Shown shown{.project = call.project(), .settings = settings_of(call.instance), .features = {}};
    if (const json::Value* stored = shown.settings.find("features"); stored && stored->object())
        shown.features = *stored->object();
    const bool all = !call.instance.accounts.required || call.identity.user;

    json::Writer w(out);
    w.begin_object();
    for (const ProjectMember& member : kMembers) {
        if (!all && !member.is_public) continue;
        if (member.write)
            member.write(w, member.key, shown);
        else
            w.raw_member(member.key, member.json);
    }
    w.end_object();
}

}  // namespace

Outcome list_projects(Call& call, std::string& out) {
    out += '[';
    append_project(out, call);
    out += ']';
    return Done{};
}

// There is only one project, whatever the name in the path.
Outcome update_project(Call& call, std::string& out) {
    json::Object settings = settings_of(call.instance);
    const json::Object before = settings;
    if (const json::Value* features = call.payload.find("features")) {
        if (!features->object()) return no_attribute(features->python_type(), "items");
        json::Value& stored = settings["features"];
        if (!stored.object()) stored = json::Object();
        for (const json::Member& member : *features->object())
            if (!member.value.is_null()) stored.object()->set(member.key, member.value);
    }
    for (const std::string_view key : kStored)
        if (const json::Value* value = call.payload.find(key)) settings.set(key, *value);
    if (!(settings == before)) {
        call.instance.moment();
        call.instance.files.settings = json::Text::of(std::move(settings));
    }
    append_project(out, call);
    return Done{};
}

// Deletes nothing, as on the real server.
Outcome delete_project(Call& call, std::string& out) {
    append_project(out, call);
    return Done{};
}

}  // namespace runsim::api

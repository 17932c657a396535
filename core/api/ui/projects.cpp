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

void append_project(std::string& out, const Call& call) {
    const Project& project = call.project();
    const std::string_view version = name_of(project.release);
    // Whoever has not signed in sees no more than the features.
    const bool all = !call.instance.accounts.required || call.identity.user;
    const json::Object settings = settings_of(call.instance);
    static const json::Object kNone;
    const json::Value* stored = settings.find("features");
    const json::Object& features = stored && stored->object() ? *stored->object() : kNone;

    json::Writer w(out);
    const auto setting = [&](std::string_view key) {
        w.key(key);
        if (const json::Value* value = settings.find(key))
            w.value(*value);
        else
            w.null();
    };
    w.begin_object();
    if (all) setting("emr_config");
    w.begin_object("features");
    for (const std::string_view name : kFeatures) {
        w.key(name);
        if (const json::Value* value = features.find(name))
            w.value(*value);
        else
            w.null();
    }
    w.end_object();
    if (!all) return w.end_object();
    w.begin_object("features_defined");
    for (const std::string_view name : kFeatures) {
        const json::Value* value = features.find(name);
        if (!value) continue;
        w.key(name);
        w.value(*value);
    }
    w.end_object();
    w.raw_member("features_override", "{}");
    w.key("help_improve_mage");
    if (const json::Value* value = settings.find("help_improve_mage")) {
        w.value(*value);
    } else if (project.help_improve_mage) {
        w.boolean(*project.help_improve_mage);
    } else {
        w.null();
    }
    w.member("latest_version", version);
    w.member("name", project.name);
    setting("openai_api_key");
    setting("pipelines");
    w.raw_member("platform_settings", "null");
    w.member("project_uuid", project.project_uuid);
    w.raw_member("projects", "{}");
    setting("remote_variables_dir");
    w.member("repo_path", project.repo_path);
    w.raw_member("root_project", "false");
    w.raw_member("settings", "null");
    setting("spark_config");
    w.member("version", version);
    w.raw_member("workspace_config_defaults", "{}");
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

#include "api/ui/handlers.hpp"
#include "json/write.hpp"
#include "lifecycle/scheduler/scheduler.hpp"

// The server about itself (http-api.md 5.9).
namespace runsim::api {

namespace {

constexpr std::string_view kKeys[] = {"is_instance_manager",
                                      "max_print_output_lines",
                                      "repo_path",
                                      "repo_path_relative",
                                      "repo_path_relative_root",
                                      "repo_path_root",
                                      "server_process_id",
                                      "scheduler_process_id",
                                      "scheduler_status",
                                      "instance_type",
                                      "disable_pipeline_edit_access",
                                      "require_user_authentication",
                                      "require_user_permissions",
                                      "project_type",
                                      "project_uuid"};
constexpr std::string_view kActivityKeys[] = {"active_pipeline_run_count", "last_scheduler_activity",
                                              "last_user_request"};

std::string_view scheduler_status(const Instance& instance) {
    return instance.no_ticks_before > instance.now ? "stopped" : "running";
}

bool shows_activity(const Call& call) { return call.format() == "with_activity_details"; }

}  // namespace

Outcome list_statuses(Call& call, std::string& out) {
    const Project& project = call.project();
    json::Writer w(out);
    w.begin_array();
    w.begin_object();
    w.member("is_instance_manager", false);
    w.member("max_print_output_lines", 1000);
    w.member("repo_path", project.repo_path);
    w.member("repo_path_relative", project.name);
    w.member("repo_path_relative_root", project.name);
    w.member("repo_path_root", project.repo_path);
    w.member("server_process_id", 1);
    w.member("scheduler_process_id", 2);
    w.member("scheduler_status", scheduler_status(call.instance));
    w.member("instance_type", nullptr);
    w.member("disable_pipeline_edit_access", false);
    w.member("require_user_authentication", call.instance.accounts.required);
    w.member("require_user_permissions", false);
    w.member("project_type", "standalone");
    w.member("project_uuid", project.project_uuid);
    if (shows_activity(call)) {
        w.member("active_pipeline_run_count", static_cast<std::int64_t>(call.store().running_runs().size()));
        const Instant last_tick = call.instance.next_tick - call.instance.options.scheduler_interval;
        w.member("last_scheduler_activity", date_text(last_tick, DateStyle::iso_offset));
        w.member("last_user_request", date_text(call.instance.now, DateStyle::iso_offset));
    }
    w.end_object();
    w.end_array();
    return Done{};
}

Outcome create_status(Call& call, std::string& out) {
    json::Writer w(out);
    w.begin_object();
    for (const std::string_view key : kKeys) {
        w.member(key, nullptr);
    }
    if (shows_activity(call)) {
        for (const std::string_view key : kActivityKeys) {
            w.member(key, nullptr);
        }
    }
    w.end_object();
    return Done{};
}

Outcome list_schedulers(Call& call, std::string& out) {
    out += "[{\"status\": \"";
    out += scheduler_status(call.instance);
    out += "\"}]";
    return Done{};
}

// `action_type` start or stop: a stopped scheduler does not tick until it is started again.
Outcome create_scheduler(Call& call, std::string& out) {
    const json::Value* action = call.payload.find("action_type");
    if (action && action->string() && *action->string() == "stop") stop_scheduler(call.instance);
    if (action && action->string() && *action->string() == "start") resume_scheduler(call.instance);
    out += "{\"status\": \"";
    out += scheduler_status(call.instance);
    out += "\"}";
    return Done{};
}

}  // namespace runsim::api

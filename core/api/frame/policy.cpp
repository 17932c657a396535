#include "api/frame/policy.hpp"

#include <algorithm>
#include <iterator>

#include "api/calls/resource.hpp"
#include "base/contains.hpp"
#include "base/text/text.hpp"

namespace runsim::api {

namespace {

// Words separated by blanks. "*" matches every word.
using Words = std::string_view;

bool holds(Words words, std::string_view word) {
    if (words == "*") return true;
    const auto list = split(words, ' ');
    return contains(list, word);
}

struct ActionPolicy {
    std::string_view class_name;
    Action action;
    Role least = Role::viewer;
    bool open = false;  // allowed without a user
    Words query = {};   // parameters allowed to callers who are not owners
    Words write = {};   // keys of the payload, likewise
};

constexpr Words kRunQuery =
    "backfill_id disable_retries_grouping end_timestamp global_data_product_uuid include_all_pipeline_schedules "
    "include_pipeline_tags "
    "include_pipeline_type include_pipeline_uuids order_by[] pipeline_tag[] pipeline_type pipeline_uuid "
    "pipeline_uuid[] start_timestamp "
    "status status[]";
constexpr Words kScheduleQuery = "global_data_product_uuid order_by";
constexpr Words kScheduleListQuery =
    "global_data_product_uuid order_by schedule_interval[] schedule_type[] status[] tag[]";
constexpr Words kScheduleWrite =
    "description name schedule_interval schedule_type start_time status variables repo_path";
constexpr Words kScheduleUpdate =
    "description event_matchers id last_enabled_at name repo_path schedule_interval schedule_type settings sla "
    "start_time status tags "
    "variables";
constexpr Words kBackfillUpdate =
    "block_uuid end_datetime interval_type interval_units name settings start_datetime status variables";
constexpr Words kPipelineDetailQuery =
    "include_block_pipelines include_schedules includes_block_metadata includes_content includes_extensions "
    "includes_outputs "
    "includes_outputs_spark max_results_for_block_outputs";
constexpr Words kPipelineListQuery = "from_history_days include_schedules repo_path search status[] tag[] type[]";
constexpr Words kPipelineWrite =
    "callbacks clone_pipeline_uuid conditionals custom_template_uuid description extensions llm name tags type";
constexpr Words kPipelineUpdate =
    "add_upstream_for_block_uuid blocks cache_block_output_in_memory callbacks concurrency_config conditionals "
    "created_at "
    "data_integration description executor_config executor_count executor_type extensions llm name notification_config "
    "pipeline_runs "
    "pipeline_schedule_id remote_variables_dir retry_config run_pipeline_in_one_process schedules settings "
    "spark_config status tags type "
    "updated_at uuid variables variables_dir widgets";
constexpr Words kBlockQuery =
    "block_type data_integration_type data_integration_uuid destination_table file_path include_block_catalog "
    "include_block_metadata include_documentation state_stream";
constexpr Words kBlockWrite =
    "block_action_object catalog color config configuration content converted_from defaults downstream_blocks "
    "extension_uuid has_callback language metadata name pipelines priority replicated_block require_unique_name type "
    "upstream_blocks uuid";
constexpr Words kBlockUpdateQuery = "block_language block_type extension_uuid include_block_catalog update_state";
constexpr Words kBlockUpdate =
    "all_upstream_blocks_executed bookmark_values callback_blocks catalog color conditional_blocks configuration "
    "content "
    "destination_table documentation downstream_blocks executor_config executor_type extension_uuid has_callback "
    "language metadata name outputs pipelines replicated_block retry_config status tags tap_stream_id timeout type "
    "upstream_blocks uuid";
constexpr Words kUserWrite =
    "avatar email first_name last_name password password_confirmation password_current role_ids roles roles_new "
    "username";
constexpr Words kLogQuery =
    "block_run_id block_run_id[] block_type block_type[] block_uuid block_uuid[] end_timestamp level[] pipeline_run_id "
    "pipeline_run_id[] "
    "pipeline_schedule_id pipeline_schedule_id[] start_timestamp";
constexpr Words kProjectWrite =
    "activate_project deny_improve_mage emr_config features help_improve_mage openai_api_key pipelines "
    "platform_settings "
    "remote_variables_dir root_project spark_config";
constexpr Words kDesignQuery =
    "operation page_path page_pathname page_query page_type page_uuid resource resource_id resource_parent "
    "resource_parent_id";
constexpr Words kTriggerWrite =
    "envs name pipeline_schedule_id pipeline_uuid schedule_interval schedule_type settings sla start_time status "
    "variables";
constexpr Words kStatQuery = "end_time group_by_pipeline_type pipeline_schedule_id pipeline_uuid start_time";

// Actions that are not listed here are disabled for everybody.
constexpr ActionPolicy kPolicies[] = {
    {"PipelineRun", Action::list, Role::viewer, false, kRunQuery},
    {"PipelineRun", Action::detail},
    {"PipelineRun",
     Action::create,
     Role::editor,
     false,
     {},
     "backfill_id event_variables execution_date pipeline_schedule_id pipeline_uuid variables"},
    {"PipelineRun", Action::update, Role::editor, false, {}, "from_block_uuid pipeline_run_action status"},
    {"PipelineRun", Action::remove, Role::editor},
    {"PipelineSchedule", Action::list, Role::viewer, false, kScheduleListQuery},
    {"PipelineSchedule", Action::detail, Role::viewer, false, kScheduleQuery},
    {"PipelineSchedule", Action::create, Role::editor, false, kScheduleQuery, kScheduleWrite},
    {"PipelineSchedule", Action::update, Role::editor, false, kScheduleQuery, kScheduleUpdate},
    {"PipelineSchedule", Action::remove, Role::editor, false, kScheduleQuery},
    {"BlockRun", Action::list, Role::viewer, false, "order_by pipeline_run_id pipeline_uuid"},
    {"Backfill", Action::list, Role::viewer, false, "include_run_count pipeline_uuid"},
    {"Backfill", Action::detail, Role::viewer, false, "include_preview_runs include_run_count"},
    {"Backfill", Action::create, Role::editor, false, {}, "name"},
    {"Backfill", Action::update, Role::editor, false, {}, kBackfillUpdate},
    {"Backfill", Action::remove, Role::editor},
    {"Pipeline", Action::list, Role::viewer, false, kPipelineListQuery},
    {"Pipeline", Action::detail, Role::viewer, false, kPipelineDetailQuery},
    {"Pipeline", Action::create, Role::editor, false, {}, kPipelineWrite},
    {"Pipeline", Action::update, Role::editor, false, "update_content", kPipelineUpdate},
    {"Pipeline", Action::remove, Role::editor},
    {"Scheduler", Action::list},
    {"Scheduler", Action::create, Role::viewer, false, {}, "action_type"},
    {"Status", Action::list, Role::viewer, true},
    {"Log", Action::list, Role::viewer, false, kLogQuery},
    {"Project", Action::list, Role::viewer, true},
    {"Project", Action::create, Role::editor, false, {}, "repo_path type uuid"},
    {"Project", Action::update, Role::viewer, false, {}, kProjectWrite},
    {"Tag", Action::list},
    {"Tag", Action::create, Role::editor, false, {}, "description id name uuid"},
    {"Variable", Action::list, Role::viewer, false, "global_only"},
    {"Variable", Action::create, Role::editor, false, {}, "name value"},
    {"Variable", Action::update, Role::editor, false, {}, "name value"},
    {"Variable", Action::remove, Role::editor},
    {"Secret", Action::list, Role::viewer, false, "entity pipeline_uuid"},
    {"Secret", Action::create, Role::editor, false, {}, "entity name pipeline_uuid value"},
    {"Secret", Action::remove, Role::editor},
    {"Kernel", Action::list},
    {"Kernel", Action::update, Role::editor, false, {}, "action_type num_processes"},
    {"CustomTemplate", Action::list, Role::viewer, false, "object_type"},
    {"CustomTemplate", Action::detail, Role::viewer, false, "object_type"},
    {"CustomTemplate", Action::create, Role::editor, false, {}, "*"},
    {"CustomTemplate", Action::update, Role::editor, false, "object_type", "*"},
    {"CustomTemplate", Action::remove, Role::editor, false, "object_type"},
    {"ClientPage", Action::list, Role::viewer, false, "*"},
    {"ClientPage", Action::detail, Role::viewer, false, "*"},
    {"ClientPage", Action::create},
    {"ClientPage", Action::update},
    {"GitBranch", Action::list, Role::viewer, false, "include_remote_branches remote_url repository"},
    {"GitBranch", Action::detail},
    {"GitBranch", Action::create, Role::editor, false, {}, "*"},
    {"GitBranch", Action::update, Role::editor, false, "remote_url", "*"},
    {"CustomDesign", Action::list, Role::viewer, true, kDesignQuery},
    {"CustomDesign", Action::detail, Role::viewer, true, kDesignQuery},
    {"PipelineTrigger", Action::list},
    {"PipelineTrigger", Action::create, Role::editor, false, {}, kTriggerWrite},
    {"Block", Action::list, Role::viewer, false, "block_uuid[]"},
    {"Block", Action::detail, Role::viewer, false, kBlockQuery},
    {"Block", Action::create, Role::editor, false, {}, kBlockWrite},
    {"Block", Action::update, Role::editor, false, kBlockUpdateQuery, kBlockUpdate},
    {"Block", Action::remove, Role::editor, false, "extension_uuid file_path force"},
    {"Output", Action::list, Role::viewer, false, "sample_count"},
    {"Output", Action::detail, Role::viewer, false, "block_uuid parent_stream partition sample_count stream"},
    {"Output",
     Action::create,
     Role::viewer,
     false,
     {},
     "block_uuid partition persist pipeline_uuid refresh sample_count streams"},
    {"MonitorStat", Action::detail, Role::viewer, false, kStatQuery},
    {"Oauth", Action::list, Role::viewer, true, "*"},
    {"Oauth", Action::detail, Role::viewer, true, "*"},
    {"Oauth", Action::create, Role::viewer, false, {}, "expires_in provider refresh_token token"},
    {"Oauth", Action::update, Role::viewer, false, {}, "action_type"},
    {"Session", Action::create, Role::viewer, true, {}, "email password provider token username"},
    {"Session", Action::update},
    {"User", Action::list, Role::admin},
    {"User", Action::detail},
    {"User", Action::create, Role::owner},
    {"User", Action::update, Role::viewer, false, {}, kUserWrite},
    {"User", Action::remove, Role::owner},
};

Failure unauthorized(std::string message) { return ApiError{403, "unauthorized_access", std::move(message), ""}; }

const ActionPolicy* policy_of(const Call& call) {
    const auto* at = std::find_if(std::begin(kPolicies), std::end(kPolicies), [&call](const ActionPolicy& policy) {
        return policy.class_name == call.resource->class_name && policy.action == call.action;
    });
    return at == std::end(kPolicies) ? nullptr : at;
}

// A caller who is not an admin may see and change only themselves.
bool may_see(const Call& call) {
    const bool one_user =
        call.resource->class_name == "User" && (call.action == Action::detail || call.action == Action::update);
    return !one_user || call.identity.user->role >= Role::admin || call.identity.user->id == call.record.id;
}

Outcome check_action(const Call& call, const ActionPolicy& policy) {
    const std::string action(name_of(call.action));
    if (!call.identity.user) {
        if (policy.open) return Done{};
        return unauthorized("Private access for " + action + " only, invalid scope.");
    }
    if (call.identity.user->role >= policy.least && may_see(call)) return Done{};
    return unauthorized("Unauthorized operation " + action + " on " + std::string(call.resource->plural) +
                        ", failed condition.");
}

// The schedules' own parser: if a payload has a forbidden key, only a fixed set of keys is kept.
bool cut_down(Call& call, const ActionPolicy& policy) {
    if (call.resource->class_name != "PipelineSchedule") return false;
    const bool allowed = std::all_of(call.payload.begin(), call.payload.end(),
                                     [&policy](const json::Member& member) { return holds(policy.write, member.key); });
    if (allowed) return true;
    const Words kept = call.action == Action::create
                           ? "description name schedule_interval schedule_type start_time status variables"
                           : "status";
    json::Object payload;
    for (json::Member& member : call.payload)
        if (holds(kept, member.key)) payload.append(member.key, std::move(member.value));
    call.payload = std::move(payload);
    std::erase_if(call.dates, [kept](const auto& date) { return !holds(kept, date.first); });
    return true;
}

Outcome check_payload(Call& call, const ActionPolicy& policy) {
    if (cut_down(call, policy)) return Done{};
    for (const json::Member& member : call.payload) {
        if (holds(policy.write, member.key)) continue;
        return unauthorized("write of " + member.key + " on " + std::string(name_of(call.action)) +
                            " is disabled for " + std::string(call.resource->plural) + ".");
    }
    return Done{};
}

// Formats values as Python's query has them: true and false are booleans.
std::string python_list(const std::vector<std::string>& values) {
    std::string text = "[";
    for (const std::string& value : values) {
        if (&value != &values.front()) text += ", ";
        text += is_boolean(value) ? (value == "true" ? "True" : "False") : python_repr(value);
    }
    return text + "]";
}

Outcome check_query(const Call& call, const ActionPolicy& policy) {
    for (const Parameter& parameter : call.query.parameters) {
        if (parameter.name.starts_with('_') || parameter.name == "api_key" || holds(policy.query, parameter.name))
            continue;
        return unauthorized("Query parameter " + parameter.name + " of value " + python_list(parameter.values) +
                            " is not permitted on " + std::string(name_of(call.action)) + " operation for " +
                            std::string(call.resource->plural) + ".");
    }
    return Done{};
}

}  // namespace

Outcome authorize(Call& call) {
    if (!call.instance.accounts.required) return Done{};
    const ActionPolicy* policy = policy_of(call);
    if (!policy) return disabled(name_of(call.action), call.resource->plural);
    if (auto done = check_action(call, *policy); !done) return done;
    if (call.identity.user && call.identity.user->role == Role::owner) return Done{};
    if (call.action == Action::create || call.action == Action::update) {
        if (auto done = check_payload(call, *policy); !done) return done;
    }
    return call.action == Action::create ? Outcome(Done{}) : check_query(call, *policy);
}

}  // namespace runsim::api

#include <optional>

#include "api/errors/database_error.hpp"
#include "api/http/body.hpp"
#include "api/runs/handlers.hpp"
#include "api/runs/new_run.hpp"
#include "api/runs/run_text.hpp"
#include "base/text/text.hpp"
#include "lifecycle/rows/create_run.hpp"

// POST pipeline_schedules/:id/pipeline_runs/:token and .../api_trigger (http-api.md 8.6).
namespace runsim::api {

namespace {

constexpr std::string_view kScheduleId = "pipeline_schedule_id";

ResultOf<const Schedule*> find_schedule(const Store& store, std::string_view text) {
    const auto id = parse_python_int(text);
    if (!id) return not_an_int(text);
    if (id->saturated && store.dialect() == Dialect::sqlite) return sqlite_overflow();
    const Schedule* schedule = store.schedule(ScheduleId::from(id->value));
    if (!schedule) return not_found();
    return schedule;
}

Outcome check_token(const RoutedRequest& call, const Schedule& schedule) {
    if (schedule.schedule_type != ScheduleType::api)
        return plain_exception("This endpoint is only supported for API trigger.");
    if (!schedule.token || schedule.token->empty())
        return plain_exception("The token of the API trigger cannot be empty.");
    if (given_token(call) == schedule.token) return Done{};
    return Failure(Exception{"mage_ai.server.api.errors.UnauthenticatedRequestException",
                             "Invalid token for pipeline schedule ID " + std::string(call.part(kScheduleId)) + "."});
}

// The run's payload: the body's `pipeline_run`, with all other members of the body as event variables.
ResultOf<json::Object> read_payload(std::string_view body) {
    if (body.empty()) return json::Object();
    auto parsed = parse_raw_json(body);
    if (!parsed) return parsed.error();
    json::Object* root = parsed->object();
    if (!root) return no_attribute(parsed->python_type(), "get");

    json::Object payload;
    if (json::Value* run = root->find("pipeline_run")) {
        if (json::Object* object = run->object()) {
            payload = std::move(*object);
        } else if (run->array()) {
            return type_error("list indices must be integers or slices, not str");
        } else if (run->string()) {
            return type_error("'str' object does not support item assignment");
        } else {
            return type_error("argument of type '" + std::string(run->python_type()) + "' is not iterable");
        }
        root->erase("pipeline_run");
    }
    if (!payload.contains("variables")) payload.append("variables", json::Object());
    payload.set("event_variables", std::move(*root));
    return payload;
}

// Removes from the payload a key that controls the constructor, and returns its value.
std::optional<json::Value> take(json::Object& payload, std::string_view key) {
    const json::Value* value = payload.find(key);
    if (!value) return std::nullopt;
    json::Value taken = *value;
    payload.erase(key);
    return taken;
}

bool has_duplicate(const Store& store, const Run& run) {
    for (const RunId id : store.runs_at(run.pipeline_schedule_id, run.execution_date))
        if (store.run(id)->pipeline_uuid == run.pipeline_uuid) return true;
    return false;
}

}  // namespace

Outcome trigger_pipeline(const RoutedRequest& call, std::string& out) {
    Instance& instance = call.instance;
    const auto found = find_schedule(instance.store, call.part(kScheduleId));
    if (!found) return found.error();
    const ScheduleId schedule_id = (*found)->id;
    const Symbol pipeline_uuid = (*found)->pipeline_uuid;
    const bool active = (*found)->status == ScheduleStatus::active;
    if (auto done = check_token(call, **found); !done) return done;

    auto payload = read_payload(call.request.body);
    if (!payload) return payload.error();
    const Pipeline* pipeline = instance.project->find_pipeline(pipeline_uuid);
    if (!pipeline) return no_pipeline(instance.store.symbols.text(pipeline_uuid), *instance.project);

    const auto create_block_runs_key = take(*payload, "create_block_runs");
    const auto prevent_duplicates = take(*payload, "prevent_duplicates");
    take(*payload, "commit");
    auto run = prepare_run(instance, {schedule_id.value, pipeline_uuid}, std::move(*payload), nullptr);
    if (!run) return run.error();
    if (prevent_duplicates && prevent_duplicates->truthy() && has_duplicate(instance.store, run->row)) {
        return no_attribute("NoneType", "to_dict");
    }
    const auto id = insert_run(instance, std::move(*run));
    if (!id) return id.error();
    const bool integration = pipeline->type == "integration";
    if (!integration && (!create_block_runs_key || create_block_runs_key->truthy())) {
        if (const auto made = create_block_runs(instance, *id); !made) return python_failure(made.error());
    }
    if (!active) {
        write(instance, schedule_id, [](Schedule& row) { row.status = ScheduleStatus::active; });
    }
    static constexpr std::size_t kUsualAnswer = 1024;
    out.reserve(kUsualAnswer);
    out += "{\"pipeline_run\": ";
    RunPresenter(instance, call.cache).append_raw(out, *instance.store.run(*id));
    out += '}';
    return Done{};
}

}  // namespace runsim::api

#include "api/block_runs/handlers.hpp"
#include "api/http/body.hpp"
#include "lifecycle/rows/create_run.hpp"

// POST /api/runs and /api/runs/:token (http-api.md 8.7): one block runs inside the request. No Python runs here: the
// block ends at once, as its model says of the first attempt, and its output is empty.
namespace runsim::api {

namespace {

ResultOf<const Schedule*> find_by_token(const Store& store, const std::string& token) {
    const Schedule* found = nullptr;
    for (const Schedule& schedule : store.schedules()) {
        if (schedule.schedule_type != ScheduleType::api || schedule.token != token) continue;
        if (found) {
            return Failure(Exception{"sqlalchemy.exc.MultipleResultsFound",
                                     "Multiple rows were found when exactly one was required"});
        }
        found = &schedule;
    }
    if (!found) return Failure(Exception{"sqlalchemy.exc.NoResultFound", "No row was found when one was required"});
    return found;
}

struct Asked {
    const Pipeline* pipeline = nullptr;
    const Block* block = nullptr;
    json::Text variables;
    bool record = true;
};

ResultOf<Asked> read_asked(const RoutedRequest& call) {
    const auto body = parse_optional_json(call.request.body);
    if (!body) return body.error();
    if (!body->object()) return no_attribute(body->python_type(), "get");
    static const json::Value kNothing = json::Object();
    const json::Value* run = body->object()->find("run");
    if (!run) run = &kNothing;
    if (!run->object()) return no_attribute(run->python_type(), "get");
    const json::Object& fields = *run->object();

    const Project& project = *call.instance.project;
    const json::Value* pipeline = fields.find("pipeline_uuid");
    if (!pipeline || !pipeline->string()) {
        const std::string_view type = pipeline ? pipeline->python_type() : "NoneType";
        return type_error("join() argument must be str, bytes, or os.PathLike object, not '" + std::string(type) + "'");
    }
    Asked asked;
    asked.pipeline = project.find_pipeline(*pipeline->string());
    if (!asked.pipeline) return no_pipeline(*pipeline->string(), project);
    const json::Value* block = fields.find("block_uuid");
    if (block && block->string()) asked.block = asked.pipeline->find_block(*block->string());
    if (!asked.block) return not_found();
    const json::Value* variables = fields.find("variables");
    asked.variables = variables ? json::Text::of(*variables) : json::Text::empty_object();
    if (const json::Value* record = fields.find("record")) asked.record = record->truthy();
    return asked;
}

}  // namespace

Outcome run_block(const RoutedRequest& call, std::string& out) {
    Instance& instance = call.instance;
    const std::optional<std::string> token = given_token(call);
    if (!token || token->empty()) return plain_exception("Invalid token.");
    const auto schedule = find_by_token(instance.store, *token);
    if (!schedule) return schedule.error();
    const ScheduleId schedule_id = (*schedule)->id;
    const auto asked = read_asked(call);
    if (!asked) return asked.error();
    const bool fails = asked->block->model.attempts.front() == AttemptOutcome::fail;

    if (asked->record) {
        Run run;
        run.pipeline_schedule_id = schedule_id;
        run.pipeline_uuid = asked->pipeline->symbol;
        run.status = RunStatus::completed;
        run.variables = asked->variables;
        run.execution_date = instance.moment();
        run.started_at = instance.moment();
        run.completed_at = instance.moment();
        const RunId id = create_run(instance, std::move(run));
        const BlockRunId row = create_block_run(instance, id, asked->block->symbol, asked->variables, Why{});
        set_status(instance, row, BlockRunStatus::running, Why{}, [](BlockRun& r, Instant at) { r.started_at = at; });
        set_status(instance, row, fails ? BlockRunStatus::failed : BlockRunStatus::completed, Why{},
                   [](BlockRun& r, Instant at) { r.completed_at = at; });
        if (fails) set_status(instance, id, RunStatus::failed, Why{});
    }
    if (fails) {
        const std::string& error = asked->block->model.error;
        const std::size_t colon = error.find(": ");
        return plain_exception(colon == std::string::npos ? error : error.substr(colon + 2));
    }
    out += "{\"run\": {\"output\": []}}";
    return Done{};
}

}  // namespace runsim::api

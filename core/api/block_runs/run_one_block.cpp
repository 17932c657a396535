
#include "api/block_runs/handlers.hpp"
#include "api/http/body.hpp"
#include "api/pipelines/block_output.hpp"
#include "api/pipelines/pipeline_content.hpp"
#include "api/pipelines/pipeline_file.hpp"
#include "base/contains.hpp"
#include "lifecycle/blocks/code_files.hpp"
#include "lifecycle/rows/create_run.hpp"

// POST /api/runs and /api/runs/:token (http-api.md 8.7): runs one block inside the request. No Python runs here: the
// block ends immediately, with the outcome of the first attempt and the output in its model.
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
    bool upstream = false;    // the blocks above run first, as in the notebook
    bool incomplete = false;  // only those of them that the notebook has not executed
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
    const auto flag = [&fields](std::string_view key, bool& out) {
        if (const json::Value* value = fields.find(key)) out = value->truthy();
    };
    flag("record", asked.record);
    flag("run_upstream_blocks", asked.upstream);
    flag("incomplete_only", asked.incomplete);
    return asked;
}

// Returns what a block raises, as "Type: message", or "".
std::string error_of(const Instance& instance, const Block& block) {
    std::string error = code_error(instance, block);
    return error.empty() && block.model.attempts.front() == AttemptOutcome::fail ? block.model.error : error;
}

void add_above(const Pipeline& pipeline, const Block& block, std::vector<const Block*>& out) {
    for (const std::uint32_t up : block.upstream) {
        const Block* above = &pipeline.blocks[up];
        if (contains(out, above)) continue;
        add_above(pipeline, *above, out);
        out.push_back(above);
    }
}

// Runs the blocks above a block as the notebook does, from the top: their output is kept, and they become `executed`.
// Returns what one of them raised, or "".
std::string run_above(Instance& instance, const Asked& asked) {
    const Pipeline& pipeline = *asked.pipeline;
    std::vector<const Block*> above;
    add_above(pipeline, *asked.block, above);
    json::Object content = loaded_content(pipeline);
    std::vector<std::string> executed;
    std::string raised;
    for (const Block* block : above) {
        json::Object& entry = *entry_of(content, "blocks", block->uuid);
        const std::string* status = entry.text("status");
        if (asked.incomplete && status && *status == "executed") continue;
        raised = error_of(instance, *block);
        if (!raised.empty()) {
            entry.set("status", "failed");
            break;
        }
        entry.set("status", "executed");
        executed.push_back(block->uuid);
    }
    if (!executed.empty() || !raised.empty()) save_content(instance, pipeline, std::move(content), {}, executed);
    return raised;
}

}  // namespace

Outcome run_block(const RoutedRequest& call, std::string& out) {
    Instance& instance = call.instance;
    const std::optional<std::string> token = given_token(call);
    if (!token || token->empty()) return plain_exception("Invalid token.");
    if (traits_of(instance.project->release).one_block_is_error) {
        return Failure(
            Exception{"sqlalchemy.exc.ArgumentError", "expected ORM mapped attribute for loader strategy argument"});
    }
    const auto schedule = find_by_token(instance.store, *token);
    if (!schedule) return schedule.error();
    const ScheduleId schedule_id = (*schedule)->id;
    const auto asked = read_asked(call);
    if (!asked) return asked.error();
    const auto project = instance.project;  // whose pipelines and blocks were found
    RunId run_id;
    BlockRunId row;
    if (asked->record) {
        Run run;
        run.pipeline_schedule_id = schedule_id;
        run.pipeline_uuid = asked->pipeline->symbol;
        run.status = RunStatus::completed;
        run.variables = asked->variables;
        run.execution_date = instance.moment();
        run.started_at = instance.moment();
        run.completed_at = instance.moment();
        run_id = create_run(instance, std::move(run));
        row = create_block_run(instance, run_id, asked->block->symbol, asked->variables, Why{});
        set_status(instance, row, BlockRunStatus::running, Why{},
                   [](BlockRun& r, Instant at) { r.dates.set_started_at(at); });
    }
    std::string raised = asked->upstream ? run_above(instance, *asked) : std::string();
    if (raised.empty()) raised = error_of(instance, *asked->block);
    if (asked->record && !raised.empty()) {
        set_status(instance, row, BlockRunStatus::failed, Why{});
        set_status(instance, run_id, RunStatus::failed, Why{});
    } else if (asked->record) {
        set_status(instance, row, BlockRunStatus::completed, Why{},
                   [](BlockRun& r, Instant at) { r.dates.set_completed_at(at); });
    }
    if (!raised.empty()) {
        const ErrorText error = split_error(raised);
        return Failure(Exception{std::string(error.type), std::string(error.message)});
    }
    json::Writer w(out);
    w.begin_object();
    w.begin_object("run");
    w.key("output");
    append_returned(w, asked->block->model.output);
    w.end_object();
    w.end_object();
    return Done{};
}

}  // namespace runsim::api

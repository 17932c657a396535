#include "api/http/identity.hpp"
#include "api/pipelines/block_output.hpp"
#include "api/rows/record_id.hpp"
#include "api/ui/handlers.hpp"
#include "lifecycle/requests/accounts.hpp"

// GET pipelines/:uuid/block_outputs/:block/downloads: the table that a block returned, in a run or in the notebook, as
// a CSV file. Any other output gives an empty file.
namespace runsim::api {

namespace {

// Accepts the key and the token in the query, nowhere else.
bool is_allowed(const Instance& instance, const Query& query) {
    if (!instance.accounts.required) return true;
    const std::string* key = query.first("api_key");
    const std::string* token = query.first("token");
    return key && token && *key == kClientId && find_session(instance, *token).user;
}

bool is_completed(const Instance& instance, RunId run, Symbol block_uuid) {
    for (const BlockRun& row : instance.store.block_runs_of(run))
        if (row.block_uuid == block_uuid) return row.status == BlockRunStatus::completed;
    return false;
}

}  // namespace

Outcome download_block_output(const RoutedRequest& call, std::string& out) {
    const std::string_view uuid = call.part("pipeline_uuid");
    const std::string_view block = call.part("block_uuid");
    if (!is_allowed(call.instance, call.query)) return plain_exception("Unauthorized access to download block output.");
    const Pipeline* pipeline = call.instance.project->find_pipeline(uuid);
    if (!pipeline) return no_pipeline(uuid, *call.instance.project);
    RunId run;
    if (const std::string* text = call.query.first("pipeline_run_id")) {
        const auto id = id_of(call.instance.store.dialect(), *text, "pipeline_run.id");
        if (!id) return id.error();
        if (!*id || !call.instance.store.run(RunId{**id})) return no_attribute("NoneType", "execution_partition");
        run = RunId{**id};
    }
    const Block* found = pipeline->find_block(block);
    if (!found)
        return plain_exception("Block " + std::string(block) + " does not exist in pipeline " + std::string(uuid));
    const bool kept =
        run ? is_completed(call.instance, run, found->symbol) : is_executed(call.instance, *pipeline, found->uuid);
    if (kept) out += csv_of(found->model.output);
    return Done{};
}

}  // namespace runsim::api

#include "api/http/identity.hpp"
#include "api/rows/record_id.hpp"
#include "api/ui/handlers.hpp"
#include "lifecycle/requests/accounts.hpp"

// GET pipelines/:uuid/block_outputs/:block/downloads: the output of a block as a CSV file. Blocks put nothing out here,
// and what is no table makes an empty file on the real server, too.
namespace runsim::api {

namespace {

// Asks for the key and the token in the query, nowhere else.
bool is_allowed(const Instance& instance, const Query& query) {
    if (!instance.accounts.required) return true;
    const std::string* key = query.first("api_key");
    const std::string* token = query.first("token");
    return key && token && *key == kClientId && find_session(instance, *token).user;
}

}  // namespace

Outcome download_block_output(const RoutedRequest& call, std::string&) {
    const std::string_view uuid = call.part("pipeline_uuid");
    const std::string_view block = call.part("block_uuid");
    if (!is_allowed(call.instance, call.query)) return plain_exception("Unauthorized access to download block output.");
    const Pipeline* pipeline = call.instance.project->find_pipeline(uuid);
    if (!pipeline) return no_pipeline(uuid, *call.instance.project);
    if (const std::string* text = call.query.first("pipeline_run_id")) {
        const auto id = id_of(call.instance.store.dialect(), *text, "pipeline_run.id");
        if (!id) return id.error();
        if (!*id || !call.instance.store.run(RunId{**id})) return no_attribute("NoneType", "execution_partition");
    }
    if (!pipeline->find_block(block))
        return plain_exception("Block " + std::string(block) + " does not exist in pipeline " + std::string(uuid));
    return Done{};
}

}  // namespace runsim::api

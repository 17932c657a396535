#include "base/text/text.hpp"
#include "lifecycle/blocks/behaviour_in_run.hpp"
#include "sim/documents/behaviour_document.hpp"
#include "sim/http/behaviour_text.hpp"
#include "sim/http/sim_answers.hpp"

namespace runsim {

namespace {

// Returns the model in the body, or an error with one problem per line.
Result<BlockBehaviourChange> read_body(std::string_view body) {
    const auto parsed = parse_object(body, "body");
    if (!parsed) return parsed.error();
    Problems problems;
    BlockBehaviourChange change = read_block_model(Fields(problems, Place("body"), *parsed->object(), NullIs::wrong));
    if (!problems.empty()) return Error{problems.text()};
    return change;
}

api::Response shown_behaviour(const Instance& instance, const Run& run, const std::string& block_uuid) {
    const PipelineFacts* pipeline = pipeline_facts(instance, run.pipeline_uuid);
    const std::uint32_t index =
        pipeline == nullptr ? PipelineFacts::kNoBlock : block_named(instance, *pipeline, block_uuid);
    if (index == PipelineFacts::kNoBlock)
        return sim_error(404, "pipeline \"" + std::string(instance.store.symbols.text(run.pipeline_uuid)) +
                                  "\" has no block \"" + block_uuid + "\"");
    const BlockFacts& block = pipeline->blocks[index];
    const Symbol symbol = instance.store.symbols.find(block_uuid).value_or(block.block->symbol);
    api::Response response;
    json::Writer w(response.body);
    w.begin_object();
    w.begin_object("block_model");
    w.member("pipeline_run_id", run.id.value);
    w.member("block_uuid", block_uuid);
    w.key("model");
    write_behaviour(w, *behaviour_in_run(instance, *pipeline, block, run.id, symbol));
    w.end_object();
    w.end_object();
    return response;
}

}  // namespace

api::Response show_behaviour(const SimWorld& world, const SimCall& call) {
    const Run* run = world.instance.store.run(RunId{row_id(call.id)});
    if (run == nullptr) return no_such_row("pipeline run", call.id);
    return shown_behaviour(world.instance, *run, percent_decode(call.uuid, false));
}

api::Response change_behaviour(const SimWorld& world, const SimCall& call) {
    const Run* run = world.instance.store.run(RunId{row_id(call.id)});
    if (run == nullptr) return no_such_row("pipeline run", call.id);
    auto change = read_body(call.request.body);
    if (!change) return sim_error(400, change.error().message);
    const std::string block = percent_decode(call.uuid, false);
    if (const Outcome set = set_run_override(world.instance, run->id, block, std::move(change).value()); !set)
        return sim_error(404, set.error().message);
    return shown_behaviour(world.instance, *run, block);
}

}  // namespace runsim

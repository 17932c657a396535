#include "sim/http/behaviour_route.hpp"

#include "base/text/text.hpp"
#include "json/parse.hpp"
#include "lifecycle/blocks/behaviour_in_run.hpp"
#include "sim/documents/behaviour_document.hpp"
#include "sim/http/sim_answers.hpp"

namespace runsim {

namespace {

constexpr std::string_view kDurationKinds[] = {"fixed", "range", "long_tail"};
constexpr std::string_view kOutcomes[] = {"ok", "fail"};

struct Path {
    std::string_view run;  // as it is written
    std::string block;
};

// The parts of /__sim/pipeline_runs/7/blocks/load.
std::optional<Path> path_of(std::string_view target) {
    constexpr std::string_view kRuns = "/__sim/pipeline_runs/";
    constexpr std::string_view kBlocks = "/blocks/";
    target = target.substr(0, target.find('?'));
    if (!target.starts_with(kRuns)) return std::nullopt;
    const std::string_view rest = target.substr(kRuns.size());
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos || !rest.substr(slash).starts_with(kBlocks)) return std::nullopt;
    const std::string_view block = rest.substr(slash + kBlocks.size());
    if (block.empty() || block.find('/') != std::string_view::npos) return std::nullopt;
    return Path{rest.substr(0, slash), percent_decode(block, false)};
}

// The body's model, or what is wrong with it, a line each.
Result<BlockBehaviourChange> read_body(std::string_view body) {
    const auto parsed = json::parse_document(body, "body");
    if (!parsed) return parsed.error();
    Problems problems;
    const Place place("body");
    if (!parsed->object()) return Error{place.text() + ": " + shown(*parsed) + " is not an object of keys and values"};
    BlockBehaviourChange change = read_block_model(Fields(problems, place, *parsed->object(), NullIs::wrong));
    if (!problems.empty()) return Error{problems.text()};
    return change;
}

api::Response shown_model(const Instance& instance, const Run& run, const Path& path) {
    const PipelineFacts* pipeline = pipeline_facts(instance, run.pipeline_uuid);
    const std::uint32_t index =
        pipeline == nullptr ? PipelineFacts::kNoBlock : block_named(instance, *pipeline, path.block);
    if (index == PipelineFacts::kNoBlock)
        return sim_error(404, "pipeline \"" + std::string(instance.store.symbols.text(run.pipeline_uuid)) +
                                  "\" has no block \"" + path.block + "\"");
    const BlockFacts& block = pipeline->blocks[index];
    const Symbol symbol = instance.store.symbols.find(path.block).value_or(block.block->symbol);
    api::Response response;
    json::Writer w(response.body);
    w.begin_object();
    w.key("block_model");
    w.begin_object();
    w.key("pipeline_run_id");
    w.integer(run.id.value);
    w.key("block_uuid");
    w.string(path.block);
    w.key("model");
    write_behaviour(w, behaviour_in_run(instance, *pipeline, block, run.id, symbol));
    w.end_object();
    w.end_object();
    return response;
}

}  // namespace

void write_behaviour(json::Writer& w, const BlockBehaviour& model) {
    w.begin_object();
    w.key("duration");
    w.begin_object();
    w.key("kind");
    w.string(kDurationKinds[static_cast<std::size_t>(model.duration.kind)]);
    w.key("low_us");
    w.integer(model.duration.low.us);
    w.key("high_us");
    w.integer(model.duration.high.us);
    w.end_object();
    w.key("attempts");
    w.begin_array();
    for (const AttemptOutcome outcome : model.attempts) w.string(kOutcomes[static_cast<std::size_t>(outcome)]);
    w.end_array();
    w.key("fails_ppm");
    w.integer(model.fails_ppm);
    w.key("error");
    w.string(model.error);
    w.key("condition");
    w.boolean(model.condition);
    w.key("items");
    w.integer(model.items);
    w.key("polls");
    w.integer(model.polls);
    w.end_object();
}

std::optional<api::Response> answer_behaviour(Instance& instance, const api::Request& request) {
    const auto path = path_of(request.target);
    if (!path || request.method == "OPTIONS") return std::nullopt;
    const auto id = row_id(path->run);
    const Run* run = id ? instance.store.run(RunId{*id}) : nullptr;
    if (run == nullptr) return sim_error(404, "there is no run " + std::string(path->run));
    if (request.method == "PUT") {
        auto change = read_body(request.body);
        if (!change) return sim_error(400, change.error().message);
        if (const Outcome set = set_run_override(instance, run->id, path->block, std::move(change).value()); !set.ok())
            return sim_error(404, set.error().message);
    } else if (request.method != "GET" && request.method != "HEAD") {
        return sim_error(405, std::string(request.method) + ": only GET and PUT are possible here");
    }
    return shown_model(instance, *run, *path);
}

}  // namespace runsim

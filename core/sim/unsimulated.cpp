#include "sim/unsimulated.hpp"

#include "sim/problems.hpp"

namespace runsim {

namespace {

// The one list of what the lifecycle does not simulate yet. Whoever adds a feature removes its line here.

struct PipelineFeature {
    bool (*asked_for)(const Pipeline&);
    std::string_view sentence;
};
constexpr PipelineFeature kPipelineFeatures[] = {
    {[](const Pipeline& p) { return p.type == "integration"; },
     "integration pipelines are not simulated yet: it has the block runs of an ordinary one"},
    {[](const Pipeline& p) { return p.type == "streaming"; },
     "streaming pipelines are not simulated yet: a run of it has no blocks and is completed at once"},
    {[](const Pipeline& p) { return p.run_in_one_process; },
     "run_pipeline_in_one_process is not simulated yet: each block waits for a tick"},
};

struct BlockFeature {
    bool (*asked_for)(const Block&);
    std::string_view sentence;
};
constexpr BlockFeature kBlockFeatures[] = {
    {[](const Block& b) { return b.dynamic; }, "dynamic blocks are not simulated yet: the block below it runs once"},
    {[](const Block& b) { return b.type == "sensor" && b.model.polls != 1; },
     "polls of a sensor are not simulated yet: it succeeds after its duration"},
    {[](const Block& b) { return !b.conditionals.empty() && !b.model.condition; },
     "conditions are not simulated yet: it runs as if its condition were true"},
    {[](const Block& b) { return !b.callbacks.empty(); }, "callbacks are not simulated yet: they do nothing"},
    {[](const Block& b) { return b.timeout.has_value(); },
     "timeouts of blocks are not simulated yet: it may run for ever"},
};

}  // namespace

void note_unsimulated(const Project& project, const Scenario&, std::vector<std::string>& notes) {
    for (const Pipeline& pipeline : project.pipelines) {
        const Place place("pipelines/" + pipeline.uuid + "/metadata.yaml");
        const auto note = [&notes](const Place& at, std::string_view sentence) {
            notes.push_back(at.text() + ": " + std::string(sentence));
        };
        for (const PipelineFeature& feature : kPipelineFeatures)
            if (feature.asked_for(pipeline)) note(place, feature.sentence);
        for (const Block& block : pipeline.blocks)
            for (const BlockFeature& feature : kBlockFeatures)
                if (feature.asked_for(block)) note(place.part("block " + quoted(block.uuid)), feature.sentence);
    }
}

}  // namespace runsim

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
     "the streams of integration pipelines are not simulated: its runs have one stream of one batch, and no metrics"},
    {[](const Pipeline& p) { return p.type == "streaming"; },
     "the blocks of streaming pipelines are not simulated: its process runs until the run is cancelled"},
};

}  // namespace

void note_unsimulated(const Project& project, const Scenario&, std::vector<std::string>& notes) {
    for (const Pipeline& pipeline : project.pipelines) {
        const Place place("pipelines/" + pipeline.uuid + "/metadata.yaml");
        for (const PipelineFeature& feature : kPipelineFeatures)
            if (feature.asked_for(pipeline)) notes.push_back(place.text() + ": " + std::string(feature.sentence));
    }
}

}  // namespace runsim

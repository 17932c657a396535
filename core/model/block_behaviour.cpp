#include "model/block_behaviour.hpp"

namespace runsim {

namespace {

template <class Model>
void lay_members_over(Model& model, const BlockBehaviourChange& change) {
    const auto lay = [](auto& value, const auto& by) {
        if (by) value = *by;
    };
    lay(model.duration, change.duration);
    lay(model.attempts, change.attempts);
    lay(model.fails_ppm, change.fails_ppm);
    lay(model.error, change.error);
    lay(model.condition, change.condition);
    lay(model.items, change.items);
    lay(model.polls, change.polls);
    lay(model.output, change.output);
    lay(model.trigger_pipeline, change.trigger_pipeline);
}

}  // namespace

void lay_over(BlockBehaviour& model, const BlockBehaviourChange& change) { lay_members_over(model, change); }
void lay_over(BlockBehaviourChange& under, const BlockBehaviourChange& over) { lay_members_over(under, over); }

BlockBehaviourChange merged_change(const BlockModels& models, std::string_view pipeline, std::string_view block) {
    BlockBehaviourChange merged;
    const std::string prefix = std::string(pipeline) + "/";
    for (const std::string& key : {std::string("*"), prefix + "*", prefix + std::string(block)})
        if (const auto found = models.find(key); found != models.end()) lay_over(merged, found->second);
    return merged;
}

}  // namespace runsim

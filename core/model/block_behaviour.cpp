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
    lay(model.trigger_pipeline, change.trigger_pipeline);
}

}  // namespace

void lay_over(BlockBehaviour& model, const BlockBehaviourChange& change) { lay_members_over(model, change); }
void lay_over(BlockBehaviourChange& under, const BlockBehaviourChange& over) { lay_members_over(under, over); }

}  // namespace runsim

#include "model/project.hpp"

#include <algorithm>

namespace runsim {

const Block* Pipeline::find_block(std::string_view block_uuid) const {
    const auto at =
        std::find_if(blocks.begin(), blocks.end(), [&](const Block& block) { return block.uuid == block_uuid; });
    return at == blocks.end() ? nullptr : &*at;
}

const Pipeline* Project::find_pipeline(std::string_view uuid) const {
    const auto at =
        std::lower_bound(pipelines.begin(), pipelines.end(), uuid,
                         [](const Pipeline& pipeline, std::string_view wanted) { return pipeline.uuid < wanted; });
    return at == pipelines.end() || at->uuid != uuid ? nullptr : &*at;
}

const Pipeline* Project::find_pipeline(Symbol uuid) const {
    // A world's own symbols begin behind the project's: they name nothing in it.
    return uuid.value < symbols.size() ? find_pipeline(symbols.text(uuid)) : nullptr;
}

std::string Project::missing_pipeline(std::string_view uuid) const {
    return "Pipeline " + std::string(uuid) + " does not exist in repo_path " + repo_path + ".";
}

}  // namespace runsim

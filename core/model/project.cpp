#include "model/project.hpp"

#include <algorithm>

#include "base/sort_stably.hpp"

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
    // A world's own symbols follow the project's: they name nothing in it.
    return uuid.value < symbols.size() ? find_pipeline(symbols.text(uuid)) : nullptr;
}

const BrokenPipeline* Project::find_broken(std::string_view uuid) const {
    const auto at = std::find_if(broken.begin(), broken.end(),
                                 [uuid](const BrokenPipeline& pipeline) { return pipeline.shown.uuid == uuid; });
    return at == broken.end() ? nullptr : &*at;
}

std::vector<const Pipeline*> Project::listed_pipelines() const {
    std::vector<const Pipeline*> list;
    for (const Pipeline& pipeline : pipelines) list.push_back(&pipeline);
    if (broken.empty()) return list;
    for (const BrokenPipeline& pipeline : broken)
        if (pipeline.listed) list.push_back(&pipeline.shown);
    sort_stably(list, [](const Pipeline* a, const Pipeline* b) { return a->uuid < b->uuid; });
    return list;
}

std::string Project::missing_pipeline(std::string_view uuid) const {
    if (const BrokenPipeline* pipeline = find_broken(uuid)) return pipeline->run_error;
    return "Pipeline " + std::string(uuid) + " does not exist in repo_path " + repo_path + ".";
}

}  // namespace runsim

#pragma once

#include <map>
#include <optional>
#include <string>

#include "model/project.hpp"
#include "sim/fields.hpp"

namespace runsim {

// What one entry of runsim.json's `blocks` says; a key that it lacks is left to less specific entries.
struct BlockModelEntry {
    std::optional<DurationModel> duration;
    std::optional<std::vector<AttemptOutcome>> attempts;  // `outcome` is the same as `attempts` of one
    std::optional<std::string> error;
    std::optional<bool> condition;
    std::optional<std::int64_t> items;
    std::optional<std::int64_t> polls;
};

// `blocks` of runsim.json, by key: "*", "pipeline/*", "pipeline/block".
using BlockModels = std::map<std::string, BlockModelEntry, std::less<>>;

// Reads them, and reports keys that name no pipeline or block of the project.
BlockModels read_block_models(const Fields& blocks, const Project& project);
// The entries that mean this block, the most specific first, key by key.
BlockModel merged_model(const BlockModels& models, std::string_view pipeline, std::string_view block);

}  // namespace runsim

#pragma once

#include <functional>
#include <map>
#include <string>

#include "model/project.hpp"
#include "sim/reading/fields.hpp"

namespace runsim {

// Reads how a block behaves: an entry of runsim.json's `blocks`, or the body of a request. `outcome` is the same as
// `attempts` of one.
BlockBehaviourChange read_block_model(const Fields& fields);

// `blocks` of runsim.json, by key: "*", "pipeline/*", "pipeline/block".
using BlockModels = std::map<std::string, BlockBehaviourChange, std::less<>>;

// Reads them, and reports keys that name no pipeline or block of the project.
BlockModels read_block_models(const Fields& blocks, const Project& project);
// The entries that mean this block, the most specific last, laid over each other key by key.
BlockBehaviourChange merged_change(const BlockModels& models, std::string_view pipeline, std::string_view block);

// `runs` of runsim.json: in which runs blocks behave otherwise. Gives each pipeline the rules that concern it.
void read_run_rules(const json::Array& list, const Place& place, Project& project, Problems& problems);

}  // namespace runsim

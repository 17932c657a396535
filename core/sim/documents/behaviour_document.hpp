#pragma once

#include "model/project.hpp"
#include "sim/reading/fields.hpp"

namespace runsim {

// Reads how a block behaves: an entry of runsim.json's `blocks`, or the body of a request. `outcome` is the same as
// `attempts` of one.
BlockBehaviourChange read_block_model(const Fields& fields);

// Reads `blocks` of runsim.json, and reports keys that name no pipeline or block of the project.
BlockModels read_block_models(const Fields& blocks, const Project& project);

// `runs` of runsim.json: in which runs blocks behave otherwise. Gives each pipeline the rules that concern it.
void read_run_rules(const json::Array& list, const Place& place, Project& project, Problems& problems);

}  // namespace runsim

#pragma once

#include "model/project.hpp"
#include "sim/reading/fields.hpp"

namespace runsim {

// Reads how a block behaves: an entry of `blocks` in runsim.json, or the body of a request. `outcome` is the same as
// `attempts` with one element.
BlockBehaviourChange read_block_model(const Fields& fields);

// Reads `blocks` of runsim.json. Reports keys that match no pipeline or block of the project.
BlockModels read_block_models(const Fields& blocks, const Project& project);

// `runs` of runsim.json: the runs in which blocks behave differently. Adds to each pipeline the rules that concern it.
void read_run_rules(const json::Array& list, const Place& place, Project& project, Problems& problems);

}  // namespace runsim

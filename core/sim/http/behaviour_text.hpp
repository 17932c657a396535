#pragma once

#include "json/write.hpp"
#include "model/block_behaviour.hpp"

namespace runsim {

// How a block behaves, as an object of /__sim.
void write_behaviour(json::Writer& w, const BlockBehaviour& model);

}  // namespace runsim

#pragma once

#include <string>

#include "json/write.hpp"
#include "lifecycle/instance.hpp"

namespace runsim {

// Why a recorded transition happened, in a short sentence from its cause and detail. It names rows by what they are
// called now; one that was deleted since by its id.
std::string transition_why(const Instance& instance, const Transition& transition);

// The transition with that number, as an object of GET /__sim/transitions. Of a row that was deleted since,
// pipeline_uuid and block_uuid are null.
void write_transition(json::Writer& w, const Instance& instance, std::uint64_t number);

}  // namespace runsim

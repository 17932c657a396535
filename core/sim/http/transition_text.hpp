#pragma once

#include <string_view>

#include "json/write.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Writes the transition with that number, as an object of GET /__sim/transitions. If its row was deleted since,
// pipeline_uuid and block_uuid are null.
void write_transition(json::Writer& w, const Instance& instance, std::uint64_t number);

// Returns the pipeline that a transition is about, or "" if the row is gone.
std::string_view pipeline_of(const Instance& instance, const Transition& t);

}  // namespace runsim

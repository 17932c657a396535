#pragma once

#include <cstdint>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Draws from the world's stream of faults, which is used for nothing else.
bool draw_fault(Instance& instance, std::uint32_t chance_ppm);

// Returns whether the job being enqueued is lost, by plan or by chance (lifecycle.md 3.8).
bool loses_job(Instance& instance);

// Performs options.faults.planned[index].
void perform_fault(Instance& instance, std::uint32_t index);

// Returns whether the memory guard is active at that instant.
bool is_memory_full(const Instance& instance, Instant at);

// Returns the server's fault at `instance.now`, or nullptr if it answers normally.
const PlannedFault* server_fault(const Instance& instance);

}  // namespace runsim

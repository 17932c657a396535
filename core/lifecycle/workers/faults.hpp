#pragma once

#include <cstdint>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Draws from the world's own stream of faults, which nothing else draws from.
bool draw_fault(Instance& instance, std::uint32_t chance_ppm);

// Whether the job that is enqueued now is lost, by plan or by chance (lifecycle.md 3.8).
bool loses_job(Instance& instance);

// Performs options.faults.planned[index].
void perform_fault(Instance& instance, std::uint32_t index);

// Whether the memory guard strikes at that instant.
bool is_memory_full(const Instance& instance, Instant at);

// The fault that the server has at `instance.now`; nullptr: it answers as it should.
const PlannedFault* server_fault(const Instance& instance);

}  // namespace runsim

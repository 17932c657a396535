#include "sim/world/world.hpp"

// With runsim's own warnings the narrowing would be an error.
short runs_of(const runsim::World& world) { return world.instance().store.runs().size(); }

#pragma once

#include <cstddef>

#include "base/prng.hpp"

namespace runsim {

// An index below `count`, 1 or more: a size, which has 32 bits in wasm.
inline std::size_t pick(Prng& prng, std::size_t count) { return static_cast<std::size_t>(prng.below(count)); }

}  // namespace runsim

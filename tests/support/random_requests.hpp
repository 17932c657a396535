#pragma once

#include <string>

#include "base/prng.hpp"

namespace runsim::test {

// A random project as a document: three pipelines with random blocks, an API trigger with the token of kRandomToken
// (schedule 1), time triggers, perhaps a sign-in, limits and faults.
std::string random_document(std::uint64_t seed);

inline constexpr std::string_view kRandomToken = "0123456789abcdef0123456789abcdef";

// A random request to such a world, as bytes for World::handle_bytes: what people and their tools do, and now and then
// a mistake. `token` is of a session, or "".
std::string random_request(Prng& prng, std::string_view token);

}  // namespace runsim::test

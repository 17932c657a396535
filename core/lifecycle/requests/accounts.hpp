#pragma once

#include <string>
#include <string_view>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// How long a sign-in lasts, and how many are remembered: beyond them the oldest is forgotten.
inline constexpr Duration kSessionLength = Duration::seconds(2'592'000);
inline constexpr std::size_t kMostSessions = 1'000;

const User* find_user(const Instance& instance, std::uint32_t id);

// Whom a token stands for.
struct KnownSession {
    const Session* session = nullptr;  // nullptr: there is no such token
    const User* user = nullptr;        // nullptr also where it has expired
};
KnownSession find_session(const Instance& instance, std::string_view token);

// Signs a user in: a token of 43 characters from the world's stream. Sessions that have expired are forgotten one
// session length later.
const Session& begin_session(Instance& instance, const User& user);
// The session expires now.
void end_session(Instance& instance, std::string_view token);

}  // namespace runsim

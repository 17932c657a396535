#pragma once

#include <string>
#include <string_view>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// How long a sign-in lasts, and how many are kept. Beyond that the oldest is dropped.
inline constexpr Duration kSessionLength = Duration::seconds(2'592'000);
inline constexpr std::size_t kMostSessions = 1'000;

const User* find_user(const Instance& instance, std::uint32_t id);

// The session and user of a token.
struct KnownSession {
    const Session* session = nullptr;  // nullptr: no such token
    const User* user = nullptr;        // also nullptr if the session has expired
};
KnownSession find_session(const Instance& instance, std::string_view token);

// Signs a user in with a token of 43 characters from the world's stream. Expired sessions are dropped one session
// length later.
const Session& begin_session(Instance& instance, const User& user);
// Expires the session now.
void end_session(Instance& instance, std::string_view token);

}  // namespace runsim

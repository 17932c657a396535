#pragma once

#include <string>
#include <string_view>

#include "lifecycle/instance.hpp"

namespace runsim {

// The registered key of the real server's own user interface (http-api.md 4.2), and how long a sign-in lasts.
inline constexpr std::string_view kClientId = "zkWlN0PkIKSN0C11CfUHUj84OT5XOJ6tDZ6bDRO2";
inline constexpr Duration kSessionLength = Duration::seconds(2'592'000);

const User* find_user(const Instance& instance, std::uint32_t id);

// Whom a token stands for.
struct KnownSession {
    const Session* session = nullptr;  // nullptr: there is no such token
    const User* user = nullptr;        // nullptr also where it has expired
};
KnownSession find_session(const Instance& instance, std::string_view token);

// Signs a user in: a token of 43 characters from the world's stream. Sessions that have expired are forgotten one session length later.
const Session& begin_session(Instance& instance, const User& user);
// The session expires now.
void end_session(Instance& instance, std::string_view token);

}  // namespace runsim

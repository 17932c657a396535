#include "lifecycle/requests/accounts.hpp"

#include <algorithm>

#include "base/text/base64.hpp"

namespace runsim {

const User* find_user(const Instance& instance, std::uint32_t id) {
    for (const User& user : instance.accounts.users)
        if (user.id == id) return &user;
    return nullptr;
}

KnownSession find_session(const Instance& instance, std::string_view token) {
    const auto& sessions = instance.accounts.sessions;
    const auto at =
        std::find_if(sessions.begin(), sessions.end(), [token](const Session& s) { return s.token == token; });
    if (at == sessions.end()) return {};
    return {&*at, at->expires > instance.now ? find_user(instance, at->user) : nullptr};
}

const Session& begin_session(Instance& instance, const User& user) {
    const Instant at = instance.moment();
    auto& sessions = instance.accounts.sessions;
    std::erase_if(sessions, [at](const Session& session) { return session.expires + kSessionLength < at; });
    if (sessions.size() >= kMostSessions) sessions.erase(sessions.begin());
    std::string bytes;
    for (int word = 0; word < 4; ++word) {
        std::uint64_t bits = instance.sessions.next();
        for (int i = 0; i < 8; ++i, bits >>= 8) bytes += static_cast<char>(bits & 0xff);
    }
    sessions.push_back({base64_url(bytes), user.id, at + kSessionLength});
    return sessions.back();
}

void end_session(Instance& instance, std::string_view token) {
    const Instant at = instance.moment();
    for (Session& session : instance.accounts.sessions)
        if (session.token == token) session.expires = at;
}

}  // namespace runsim

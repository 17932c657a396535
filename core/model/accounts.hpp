#pragma once

// Who may do what, in a world with sign-in (http-api.md 4): plain data.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/archive.hpp"
#include "base/time.hpp"
#include "model/enums.hpp"

namespace runsim {

// From least to most rights.
enum class Role : std::uint8_t { viewer, editor, admin, owner };
template <>
struct EnumSpelling<Role> {
    static constexpr std::string_view type = "role";
    static constexpr std::array<std::string_view, 4> names = {"viewer", "editor", "admin", "owner"};
};

// What stands for a password wherever a world or its journal is kept: "sha256:" and 43 characters. Whoever is handed
// one does not learn the password, unless it is one that can be guessed.
std::string password_digest(std::string_view password);
// The same for a text that may be a digest already, as in a journal.
std::string as_password_digest(std::string_view password_or_digest);

struct User {
    std::uint32_t id = 0;
    std::string username;
    std::string email;
    std::string password_digest;
    std::optional<std::string> first_name;
    std::optional<std::string> last_name;
    std::optional<std::string> avatar = std::nullopt;
    Role role = Role::viewer;
    Instant created_at;
    MaybeInstant updated_at = {};  // none: never changed
    friend bool operator==(const User&, const User&) = default;
};

// A sign-in: a request with the token acts as the user until the token expires.
struct Session {
    std::string token;
    std::uint32_t user = 0;
    Instant expires;
    friend bool operator==(const Session&, const Session&) = default;
};

struct Accounts {
    bool required = false;    // false: no sign-in is needed
    std::vector<User> users;  // by id; the first one is the stock owner
    std::vector<Session> sessions;
    friend bool operator==(const Accounts&, const Accounts&) = default;
};

template <class A>
void archive(A& a, User& u) {
    a(u.id, u.username, u.email, u.password_digest, u.first_name, u.last_name, u.avatar, u.role, u.created_at,
      u.updated_at);
}
template <class A>
void archive(A& a, Session& s) {
    a(s.token, s.user, s.expires);
}
template <class A>
void archive(A& a, Accounts& accounts) {
    a(accounts.required, accounts.users, accounts.sessions);
}

}  // namespace runsim

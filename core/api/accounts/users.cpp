#include <algorithm>

#include "api/accounts/handlers.hpp"
#include "api/accounts/role_text.hpp"
#include "api/http/identity.hpp"
#include "api/rows/row_text.hpp"
#include "base/text/unicode.hpp"
#include "json/write.hpp"
#include "lifecycle/requests/accounts.hpp"
#include "model/date_style.hpp"

// Users: LIST and CREATE (http-api.md 4). Nothing else about them is simulated.
namespace runsim::api {

namespace {

constexpr std::size_t kMostUsersOfWorld = 2'000;
constexpr std::size_t kShortestPassword = 8;

std::string role_text(const Instance& instance, Role role) {
    const RoleFacts facts = facts_of(role);
    const std::string made = roles_date(instance);
    std::string permission;
    RowText p(permission, DateStyle::space);
    p.begin();
    p.integer("access", facts.access);
    p.text("created_at", made);
    p.word("entity", "global");
    p.null("entity_id");
    p.null("entity_name");
    p.null("entity_type");
    p.integer("id", facts.id);
    p.text("updated_at", made);
    p.end();
    std::string out;
    RowText w(out, DateStyle::space);
    w.begin();
    w.text("created_at", made);
    w.integer("id", facts.id);
    w.word("name", facts.name);
    w.raw("permissions", "[" + permission + "]");
    w.text("updated_at", made);
    w.end();
    return out;
}

// `token` is that of a user who has just been created; "": none is shown.
void append_user(std::string& out, const Instance& instance, const User& user, const std::string& token) {
    const RoleFacts role = facts_of(user.role);
    const Instant made = stored_moment(instance, user.created_at);
    RowText w(out, str_date_style(instance.store.dialect()));
    w.begin();
    w.null("avatar");
    w.date("created_at", made);
    w.text("email", user.email);
    w.text("first_name", user.first_name);
    w.id("id", user.id);
    w.text("last_name", user.last_name);
    w.boolean("owner", user.role == Role::owner);
    w.integer("project_access", role.access);
    w.null("roles");
    w.word("roles_display", user.role == Role::owner ? role.name : std::string_view());
    w.raw("roles_new", "[" + role_text(instance, user.role) + "]");
    w.date("updated_at", made);
    w.text("username", user.username);
    if (!token.empty()) {
        w.raw("permissions", "[]");
        w.text("token", token);
    }
    w.end();
}

std::string text_of(const json::Object& payload, std::string_view key) {
    const json::Value* value = payload.find(key);
    return value && value->string() ? *value->string() : std::string();
}

std::optional<std::string> optional_text(const json::Object& payload, std::string_view key) {
    const json::Value* value = payload.find(key);
    return value && value->string() ? std::optional<std::string>(*value->string()) : std::nullopt;
}

// The first of the ids under `roles_new`. (The real server also makes users who may nothing.)
ResultOf<Role> read_role(const json::Object& payload) {
    const json::Value* list = payload.find("roles_new");
    const json::Array* ids = list ? list->array() : nullptr;
    if (ids && !ids->empty() && !ids->front().integer()) {
        return type_error("int() argument must be a string, a bytes-like object or a real number, not '" +
                          std::string(ids->front().python_type()) + "'");
    }
    const auto role = ids && !ids->empty() ? role_of_id(*ids->front().integer()) : std::optional<Role>();
    if (!role) return invalid("roles_new: one of 1 (Owner), 2 (Admin), 3 (Editor), 4 (Viewer) is needed.");
    return *role;
}

Outcome check_new(const Instance& instance, const User& user, const json::Object& payload) {
    std::string missing;
    if (user.email.empty()) missing = "email";
    if (user.password.empty()) missing += missing.empty() ? "password" : ", password";
    if (!missing.empty()) return invalid("Missing required values: " + missing + ".");
    for (const User& other : instance.accounts.users)
        if (other.email == user.email) return invalid("Account with same email is already taken: " + user.email + ".");
    for (const User& other : instance.accounts.users) {
        if (!user.username.empty() && other.username == user.username)
            return invalid("Account with same username is already taken: " + user.username + ".");
    }
    if (character_count(user.password) < kShortestPassword) return invalid("Password must be 8 characters or longer.");
    if (text_of(payload, "password_confirmation") != user.password)
        return invalid("Password and password confirmation do not match.");
    if (instance.accounts.users.size() >= kMostUsersOfWorld)
        return invalid("There are " + std::to_string(kMostUsersOfWorld) + " users, more are not possible.");
    return Done{};
}

}  // namespace

Outcome list_users(Call& call, std::string& out) {
    out += '[';
    for (const User& user : call.instance.accounts.users) {
        if (&user != &call.instance.accounts.users.front()) out += ", ";
        append_user(out, call.instance, user, "");
    }
    out += ']';
    return Done{};
}

Outcome create_user(Call& call, std::string& out) {
    Instance& instance = call.instance;
    const auto role = read_role(call.payload);
    if (!role) return role.error();
    User user;
    user.username = text_of(call.payload, "username");
    user.email = text_of(call.payload, "email");
    user.password = text_of(call.payload, "password");
    user.first_name = optional_text(call.payload, "first_name");
    user.last_name = optional_text(call.payload, "last_name");
    user.role = *role;
    if (auto done = check_new(instance, user, call.payload); !done) return done;
    auto& users = instance.accounts.users;
    user.id = users.empty() ? 1 : users.back().id + 1;
    user.created_at = instance.moment();
    users.push_back(user);
    append_user(out, instance, users.back(), encoded_token(begin_session(instance, users.back())));
    return Done{};
}

}  // namespace runsim::api

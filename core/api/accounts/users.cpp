#include <algorithm>
#include <utility>

#include "api/accounts/handlers.hpp"
#include "api/accounts/passwords.hpp"
#include "api/accounts/role_text.hpp"
#include "api/calls/paging.hpp"
#include "api/errors/database_error.hpp"
#include "api/http/identity.hpp"
#include "api/rows/record_id.hpp"
#include "api/rows/row_text.hpp"
#include "base/text/unicode.hpp"
#include "json/write.hpp"
#include "lifecycle/requests/accounts.hpp"
#include "model/date_style.hpp"

// Users (http-api.md 4.3). They cannot be deleted, and keep their role.
namespace runsim::api {

namespace {

constexpr std::size_t kMostUsersOfWorld = 2'000;
constexpr std::size_t kShortestPassword = 8;

// `in_full`: with the fields of a permission that only DETAIL shows.
std::string role_text(const Instance& instance, Role role, bool in_full) {
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
    if (in_full) {
        for (const std::string_view key : {"conditions", "query_attributes", "read_attributes", "write_attributes"})
            p.null(key);
    }
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

// `token` is that of a user who was just created, or else the caller's ("": null). With nullopt no token is shown.
void append_user(std::string& out, const Instance& instance, const User& user, const std::optional<std::string>& token,
                 bool in_full = false) {
    const RoleFacts role = facts_of(user.role);
    const Instant made = stored_moment(instance, user.created_at);
    RowText w(out, str_date_style(instance.store.dialect()));
    w.begin();
    w.text("avatar", user.avatar);
    w.date("created_at", made);
    w.text("email", user.email);
    w.text("first_name", user.first_name);
    w.id("id", user.id);
    w.text("last_name", user.last_name);
    w.boolean("owner", user.role == Role::owner);
    w.integer("project_access", role.access);
    w.null("roles");
    w.word("roles_display", user.role == Role::owner ? role.name : std::string_view());
    w.raw("roles_new", "[" + role_text(instance, user.role, in_full) + "]");
    w.date("updated_at", stored_moment(instance, user.updated_at.value_or(user.created_at)));
    w.text("username", user.username);
    if (token) {
        w.raw("permissions", "[]");
        w.text("token", token->empty() ? std::nullopt : token);
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

// Returns the first of the ids in `roles_new`. (The real server also creates users without any role.)
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
    const std::string password = text_of(payload, "password");
    std::string missing;
    if (user.email.empty()) missing = "email";
    if (password.empty()) missing += missing.empty() ? "password" : ", password";
    if (!missing.empty()) return invalid("Missing required values: " + missing + ".");
    for (const User& other : instance.accounts.users)
        if (other.email == user.email) return invalid("Account with same email is already taken: " + user.email + ".");
    for (const User& other : instance.accounts.users) {
        if (!user.username.empty() && other.username == user.username)
            return invalid("Account with same username is already taken: " + user.username + ".");
    }
    if (character_count(password) < kShortestPassword) return invalid("Password must be 8 characters or longer.");
    if (text_of(payload, "password_confirmation") != password)
        return invalid("Password and password confirmation do not match.");
    if (instance.accounts.users.size() >= kMostUsersOfWorld)
        return invalid("There are " + std::to_string(kMostUsersOfWorld) + " users, more are not possible.");
    return Done{};
}

// Returns the caller's token, which every answer with one user shows.
std::string own_token(const Call& call) {
    return call.identity.session ? encoded_token(*call.identity.session) : std::string();
}

// Checks who may assign which role. Changes of a role are not simulated.
Outcome check_roles(const Call& call, const User& user) {
    const json::Value* list = call.payload.find("roles_new");
    if (!list) return Done{};
    if (!list->array()) return type_error("'" + std::string(list->python_type()) + "' object is not iterable");
    const bool by_admin = call.identity.user && call.identity.user->role == Role::admin;
    std::string missing;
    std::optional<Role> wanted;
    for (const json::Value& id : *list->array()) {
        const auto role = id.integer() ? role_of_id(*id.integer()) : std::optional<Role>();
        if (!role) missing += (missing.empty() ? "" : ", ") + json::python_repr(id);
        if (role && !wanted) wanted = role;
    }
    if (!missing.empty()) return invalid("Roles with ids: [" + missing + "] do not exist");
    if (by_admin && user.role == Role::owner) return invalid("Admins cannot update users who are Owners.");
    if (by_admin && user.role == Role::admin && call.identity.user->id != user.id)
        return invalid("Admins cannot update users who are Admins.");
    if (by_admin && wanted == Role::admin) return invalid("Admins cannot make other users Admins.");
    if (by_admin && wanted == Role::owner) return invalid("Admins cannot make other users Owners.");
    if (wanted == user.role) return Done{};
    return Failure(Exception{"NotImplementedError", "runsim does not simulate a change of a user's roles."});
}

// A user who changes their own password must send the old one. (On the real server an admin cannot set that of others.)
Outcome take_password(const Call& call, User& user) {
    const json::Value* given = call.payload.find("password");
    if (!given || !given->truthy()) return Done{};
    if (!given->string()) return type_error("object of type '" + std::string(given->python_type()) + "' has no len()");
    const User* caller = call.identity.user;
    if (!caller) return no_attribute("NoneType", "id");
    if (caller->id != user.id && caller->role != Role::owner)
        return type_error("unsupported operand type(s) for &: 'NoneType' and 'int'");
    if (caller->id == user.id &&
        digest_of(text_of(call.payload, "password_current"), call.request.is_played) != user.password_digest)
        return invalid("Current password is incorrect.");
    if (character_count(*given->string()) < kShortestPassword)
        return invalid("Password must be 8 characters or longer.");
    if (text_of(call.payload, "password_confirmation") != *given->string())
        return invalid("Password and password confirmation do not match.");
    user.password_digest = digest_of(*given->string(), call.request.is_played);
    return Done{};
}

Failure is_taken(const Call& call, std::string_view column, const std::string& text) {
    if (call.dialect() == Dialect::postgres) {
        return refused_value("UniqueViolation",
                             "duplicate key value violates unique constraint \"ix_user_" + std::string(column) +
                                 "\"\nDETAIL:  Key (" + std::string(column) + ")=(" + text + ") already exists.",
                             "user", column);
    }
    static constexpr std::string_view kSqlite = "(sqlite3.IntegrityError) UNIQUE constraint failed: \"user\".";
    return Failure(Exception{"sqlalchemy.exc.IntegrityError", std::string(kSqlite) + std::string(column)});
}

}  // namespace

ResultOf<std::optional<Record>> find_user_record(const Instance& instance, std::string_view pk) {
    const auto id = id_of(instance.store.dialect(), pk, "user.id");
    if (!id) return id.error();
    if (!*id || !find_user(instance, **id)) return std::optional<Record>();
    return std::optional<Record>(Record{.resource = nullptr, .id = **id});
}

Outcome list_users(Call& call, std::string& out) {
    const auto page = read_page(call.query);
    if (!page) return page.error();
    const auto& users = call.instance.accounts.users;
    const auto count = static_cast<std::int64_t>(users.size());
    return write_page(call, out, trim_rows(memory_rows(*page, count), page->limit, count),
                      [&](std::size_t i) { append_user(out, call.instance, users[i], std::nullopt); });
}

Outcome create_user(Call& call, std::string& out) {
    Instance& instance = call.instance;
    const auto role = read_role(call.payload);
    if (!role) return role.error();
    User user;
    user.username = text_of(call.payload, "username");
    user.email = text_of(call.payload, "email");
    user.password_digest = digest_of(text_of(call.payload, "password"), call.request.is_played);
    user.first_name = optional_text(call.payload, "first_name");
    user.last_name = optional_text(call.payload, "last_name");
    user.avatar = optional_text(call.payload, "avatar");
    user.role = *role;
    if (auto done = check_new(instance, user, call.payload); !done) return done;
    auto& users = instance.accounts.users;
    user.id = users.empty() ? 1 : users.back().id + 1;
    user.created_at = instance.moment();
    users.push_back(user);
    if (traits_of(call.project().release).new_user_is_error) return no_attribute("CachingQuery", "from_self");
    append_user(out, instance, users.back(), encoded_token(begin_session(instance, users.back())));
    return Done{};
}

Outcome detail_user(Call& call, std::string& out) {
    append_user(out, call.instance, *find_user(call.instance, call.record.id), own_token(call), true);
    return Done{};
}

Outcome update_user(Call& call, std::string& out) {
    Instance& instance = call.instance;
    auto& users = instance.accounts.users;
    User& user = *std::find_if(users.begin(), users.end(), [&call](const User& u) { return u.id == call.record.id; });
    User changed = user;
    if (auto done = check_roles(call, user); !done) return done;
    if (auto done = take_password(call, changed); !done) return done;
    for (const auto& [key, column] : {std::pair{"email", &User::email}, std::pair{"username", &User::username}}) {
        const std::string* given = call.payload.text(key);
        if (!given || *given == user.*column) continue;
        for (const User& other : users)
            if (other.id != user.id && other.*column == *given) return is_taken(call, key, *given);
        changed.*column = *given;
    }
    for (const auto& [key, text] : {std::pair{"first_name", &changed.first_name},
                                    std::pair{"last_name", &changed.last_name}, std::pair{"avatar", &changed.avatar}})
        if (call.payload.contains(key)) *text = optional_text(call.payload, key);
    if (!(changed == user)) {
        changed.updated_at = instance.moment();
        user = std::move(changed);
    }
    append_user(out, instance, user, own_token(call));
    return Done{};
}

}  // namespace runsim::api

#include "sim/documents/accounts_document.hpp"

#include <algorithm>

#include "api/accounts/passwords.hpp"
#include "sim/documents/scenario.hpp"
#include "sim/reading/account_requests.hpp"

namespace runsim {

namespace {

// http-api.md 4.3
User stock_owner() {
    User owner;
    owner.id = 1;
    owner.username = "admin";
    owner.email = "admin@admin.com";
    owner.password_digest = password_digest("admin");
    owner.role = Role::owner;
    return owner;
}

User read_user(const Fields& fields) {
    fields.allow_only({"username", "email", "password", "role", "first_name", "last_name"});
    User user;
    const auto username = fields.nonempty_text("username");
    if (!fields.find("username")) fields.complain("username", "is missing");
    user.username = username.value_or("");
    user.email = fields.nonempty_text("email").value_or(user.username + "@example.com");
    user.password_digest = as_password_digest(fields.nonempty_text("password").value_or(user.username));
    user.role = fields.choice<Role>("role").value_or(Role::viewer);
    user.first_name = fields.text("first_name");
    user.last_name = fields.text("last_name");
    return user;
}

// Returns the objects of a list at a key, or none of them if there is no such list.
std::vector<json::Object*> objects_at(json::Object& parent, std::string_view key) {
    std::vector<json::Object*> objects;
    json::Value* list = parent.find(key);
    if (!list || !list->array()) return objects;
    for (json::Value& element : *list->array())
        if (json::Object* object = element.object()) objects.push_back(object);
    return objects;
}

// Of a call of the history: {"call": "POST /api/users", "json": {...}}.
bool digest_passwords_of_call(json::Object& call) {
    const std::string* line = call.text("call");
    json::Value* body = call.find("json");
    const std::size_t space = line ? line->find(' ') : std::string::npos;
    if (!body || space == std::string::npos || !is_about_accounts(std::string_view(*line).substr(space + 1)))
        return false;
    return api::digest_passwords(*body, true);
}

json::Object* object_at(json::Object& parent, std::string_view key) {
    json::Value* value = parent.find(key);
    return value ? value->object() : nullptr;
}

}  // namespace

void read_accounts(const Fields& fields, Accounts& accounts) {
    accounts.users = {stock_owner()};
    if (const auto auth = fields.boolean("auth")) accounts.required = *auth;
    const json::Array* list = fields.array("users");
    if (!list) return;
    const Place place = fields.place().key("users");
    if (list->size() > kMostUsersOfDocument) {
        fields.complain("users", "has " + std::to_string(list->size()) + " entries; at most " +
                                     std::to_string(kMostUsersOfDocument) + " are possible");
        return;
    }
    for_each_object(*list, place, fields.problems(), NullIs::absent, "a user", [&accounts](const Fields& user_fields) {
        User user = read_user(user_fields);
        for (const User& other : accounts.users) {
            if (other.username == user.username)
                user_fields.complain("username", quoted(user.username) + " is taken by an earlier user");
            else if (other.email == user.email)
                user_fields.complain("email", quoted(user.email) + " is taken by an earlier user");
        }
        user.id = static_cast<std::uint32_t>(accounts.users.size() + 1);
        accounts.users.push_back(std::move(user));
    });
}

bool digest_passwords(json::Value& document) {
    json::Object* runsim = document.object() ? object_at(*document.object(), "runsim") : nullptr;
    if (!runsim) return false;
    bool any = false;
    for (json::Object* user : objects_at(*runsim, "users")) {
        json::Value* password = user->find("password");
        if (!password || !password->string() || password->string()->empty()) continue;
        *password = as_password_digest(*password->string());
        any = true;
    }
    if (json::Object* history = object_at(*runsim, "history"))
        for (json::Object* call : objects_at(*history, "calls")) any = digest_passwords_of_call(*call) || any;
    return any;
}

}  // namespace runsim

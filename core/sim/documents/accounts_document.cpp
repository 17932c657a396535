#include "sim/documents/accounts_document.hpp"

#include <algorithm>

#include "sim/documents/scenario.hpp"

namespace runsim {

namespace {

// http-api.md 4.3
User stock_owner() {
    User owner;
    owner.id = 1;
    owner.username = "admin";
    owner.email = "admin@admin.com";
    owner.password = "admin";
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
    user.password = fields.nonempty_text("password").value_or(user.username);
    user.role = fields.choice<Role>("role").value_or(Role::viewer);
    user.first_name = fields.text("first_name");
    user.last_name = fields.text("last_name");
    return user;
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
    for (std::size_t i = 0; i < list->size(); ++i) {
        const json::Object* entry = (*list)[i].object();
        if (!entry) {
            fields.problems().add(place.item(i), shown((*list)[i]) + " is not a user (an object of keys and values)");
            continue;
        }
        const Fields user_fields(fields.problems(), place.item(i), *entry, NullIs::absent);
        User user = read_user(user_fields);
        for (const User& other : accounts.users) {
            if (other.username == user.username)
                user_fields.complain("username", quoted(user.username) + " is taken by an earlier user");
            else if (other.email == user.email)
                user_fields.complain("email", quoted(user.email) + " is taken by an earlier user");
        }
        user.id = static_cast<std::uint32_t>(accounts.users.size() + 1);
        accounts.users.push_back(std::move(user));
    }
}

}  // namespace runsim

#include "api/column.hpp"
#include "api/identity.hpp"
#include "api/resources.hpp"
#include "api/run_text.hpp"
#include "json/write.hpp"
#include "lifecycle/accounts.hpp"

// Signing in and out (http-api.md 4.3).
namespace runsim::api {

namespace {

// How the real server counts what a role may do, and the id of its row.
struct RoleFacts {
    std::string_view name;
    std::int64_t id;
    std::int64_t access;
};
RoleFacts facts_of(Role role) {
    switch (role) {
        case Role::owner: return {"Owner", 1, 1};
        case Role::admin: return {"Admin", 2, 2};
        case Role::editor: return {"Editor", 3, 4};
        case Role::viewer: break;
    }
    return {"Viewer", 4, 8};
}

void append_user(json::Writer& w, const Instance& instance, const User& user) {
    const RoleFacts role = facts_of(user.role);
    const auto text = [&w](std::string_view key, const std::optional<std::string>& value) {
        w.key(key);
        if (value) w.string(*value); else w.null();
    };
    // Roles are as old as the server.
    const std::string made = date_text(stored_moment(instance, instance.options.start), model_date_style(instance.store.dialect()));
    w.begin_object();
    text("avatar", std::nullopt);
    text("first_name", user.first_name);
    w.key("id");
    w.integer(user.id);
    text("last_name", user.last_name);
    w.key("owner");
    w.boolean(user.role == Role::owner);
    w.key("project_access");
    w.integer(role.access);
    w.key("roles");
    w.null();
    w.key("roles_display");
    if (user.role == Role::owner) w.string(role.name); else w.null();
    w.key("roles_new");
    w.begin_array();
    w.begin_object();
    w.key("id");
    w.integer(role.id);
    w.key("created_at");
    w.string(made);
    w.key("updated_at");
    w.string(made);
    w.key("name");
    w.string(role.name);
    w.key("user_id");
    w.null();
    w.end_object();
    w.end_array();
    text("username", user.username);
    w.end_object();
}

void append_session(std::string& out, const Instance& instance, const Session& session) {
    json::Writer w(out);
    w.begin_object();
    w.key("expires");
    w.string(date_text(session.expires, model_date_style(instance.store.dialect())));
    w.key("token");
    w.string(encoded_token(session));
    w.key("user");
    append_user(w, instance, *find_user(instance, session.user));
    w.end_object();
}

const std::string* text_of(const json::Object& payload, std::string_view key) {
    const json::Value* value = payload.find(key);
    return value && value->string() && !value->string()->empty() ? value->string() : nullptr;
}

Failure not_signed_in(std::string_view message) { return ApiError{404, "record_not_found", std::string(message), ""}; }

}  // namespace

// Where nobody is asked who he is, nobody can sign in: a stock server has no users then.
Status create_session(Call& call, std::string& out) {
    const std::string* email = text_of(call.payload, "email");
    const std::string* username = text_of(call.payload, "username");
    const std::string* password = text_of(call.payload, "password");
    if ((!email && !username) || !password) return not_signed_in("Email/username and password are required.");
    const User* found = nullptr;
    if (call.instance.accounts.required) {
        for (const User& user : call.instance.accounts.users)
            if (email ? user.email == *email : user.username == *username) found = &user;
    }
    if (!found || found->password != *password) return not_signed_in("Email/username and/or password invalid.");
    append_session(out, call.instance, begin_session(call.instance, *found));
    return Done{};
}

// Signs out whoever calls, whatever the path names.
Status update_session(Call& call, std::string& out) {
    if (!call.identity.session) return no_attribute("NoneType", "expires");
    const std::string token = call.identity.session->token;
    end_session(call.instance, token);
    append_session(out, call.instance, *find_session(call.instance, token).session);
    return Done{};
}

Status delete_session(Call&, std::string&) { return no_attribute("NoneType", "expires"); }

}  // namespace runsim::api

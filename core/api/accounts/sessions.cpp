#include "api/accounts/handlers.hpp"
#include "api/accounts/passwords.hpp"
#include "api/accounts/role_text.hpp"
#include "api/http/identity.hpp"
#include "api/rows/row_text.hpp"
#include "lifecycle/requests/accounts.hpp"
#include "model/date_style.hpp"

// Signing in and out (http-api.md 4.3).
namespace runsim::api {

namespace {

std::string user_text(const Instance& instance, const User& user) {
    const RoleFacts facts = facts_of(user.role);
    std::string role;
    RowText r(role, DateStyle::space);
    const auto base = [&] {
        r.integer("id", facts.id);
        r.text("created_at", roles_date(instance));
        r.text("updated_at", roles_date(instance));
    };
    const bool base_last = traits_of(instance.project->release).base_columns_last;
    r.begin();
    if (!base_last) base();
    r.word("name", facts.name);
    r.null("user_id");
    if (base_last) base();
    r.end();
    std::string out;
    RowText w(out, DateStyle::space);
    w.begin();
    w.text("avatar", user.avatar);
    w.text("first_name", user.first_name);
    w.id("id", user.id);
    w.text("last_name", user.last_name);
    w.boolean("owner", user.role == Role::owner);
    w.integer("project_access", facts.access);
    w.null("roles");
    w.word("roles_display", user.role == Role::owner ? facts.name : std::string_view());
    w.raw("roles_new", "[" + role + "]");
    w.text("username", user.username);
    w.end();
    return out;
}

void append_session(std::string& out, const Instance& instance, const Session& session) {
    RowText w(out, str_date_style(instance.store.dialect()));
    w.begin();
    w.date("expires", session.expires);
    w.text("token", encoded_token(session));
    w.raw("user", user_text(instance, *find_user(instance, session.user)));
    w.end();
}

const std::string* text_of(const json::Object& payload, std::string_view key) {
    const json::Value* value = payload.find(key);
    return value && value->string() && !value->string()->empty() ? value->string() : nullptr;
}

Failure not_signed_in(std::string_view message) { return ApiError{404, "record_not_found", std::string(message), ""}; }

}  // namespace

// Without required sign-in nobody can sign in: a stock server then has no users.
Outcome create_session(Call& call, std::string& out) {
    const std::string* email = text_of(call.payload, "email");
    const std::string* username = text_of(call.payload, "username");
    const std::string* password = text_of(call.payload, "password");
    if ((!email && !username) || !password) return not_signed_in("Email/username and password are required.");
    const User* found = nullptr;
    if (call.instance.accounts.required) {
        for (const User& user : call.instance.accounts.users)
            if (email ? user.email == *email : user.username == *username) found = &user;
    }
    if (!found || found->password_digest != digest_of(*password, call.request.is_played))
        return not_signed_in("Email/username and/or password invalid.");
    append_session(out, call.instance, begin_session(call.instance, *found));
    return Done{};
}

// Signs out the caller, whatever the path names.
Outcome update_session(Call& call, std::string& out) {
    if (!call.identity.session) return no_attribute("NoneType", "expires");
    const std::string token = call.identity.session->token;
    end_session(call.instance, token);
    append_session(out, call.instance, *find_session(call.instance, token).session);
    return Done{};
}

Outcome delete_session(Call&, std::string&) { return no_attribute("NoneType", "expires"); }

}  // namespace runsim::api

#include "api/accounts/passwords.hpp"

#include "model/accounts.hpp"

namespace runsim::api {

std::string digest_of(std::string_view password, bool is_played) {
    return is_played ? as_password_digest(password) : password_digest(password);
}

bool digest_passwords(json::Value& body, bool is_played) {
    json::Object* object = body.object();
    if (!object) return false;
    bool any = false;
    for (json::Member& member : *object) {  // the resource's name, as the path spells it
        json::Object* fields = member.value.object();
        if (!fields) continue;
        for (const std::string_view key : {"password", "password_confirmation", "password_current"}) {
            json::Value* password = fields->find(key);
            if (!password || !password->string() || password->string()->empty()) continue;
            *password = digest_of(*password->string(), is_played);
            any = true;
        }
    }
    return any;
}

}  // namespace runsim::api

#include "api/accounts/passwords.hpp"

#include "model/accounts.hpp"

namespace runsim::api {

bool digest_passwords(json::Value& body) {
    json::Object* object = body.object();
    if (!object) return false;
    bool any = false;
    for (const std::string_view resource : {"session", "user"}) {
        json::Value* payload = object->find(resource);
        json::Object* fields = payload ? payload->object() : nullptr;
        if (!fields) continue;
        for (const std::string_view key : {"password", "password_confirmation", "password_current"}) {
            json::Value* password = fields->find(key);
            if (!password || !password->string() || password->string()->empty()) continue;
            *password = password_digest(*password->string());
            any = true;
        }
    }
    return any;
}

}  // namespace runsim::api

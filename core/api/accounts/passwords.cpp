#include "api/accounts/passwords.hpp"

#include "base/text/unicode.hpp"
#include "model/accounts.hpp"

namespace runsim::api {

namespace {

// Returns what is refused where the password is, and else does what it does.
json::Value replacement(const json::Value& password, bool is_new) {
    if (!password.string()) return true;
    if (is_new && is_short_password(*password.string())) return "short";
    return password_digest(*password.string());
}

}  // namespace

bool is_short_password(std::string_view password) {
    constexpr std::size_t kShortest = 8;
    return character_count(password) < kShortest;
}

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
            if (!password || !password->truthy()) continue;
            *password = replacement(*password, resource == "user" && key == "password");
            any = true;
        }
    }
    return any;
}

}  // namespace runsim::api

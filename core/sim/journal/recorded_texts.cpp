#include "sim/journal/recorded_texts.hpp"

#include <algorithm>

#include "api/accounts/passwords.hpp"
#include "api/http/body.hpp"
#include "api/http/identity.hpp"
#include "json/write.hpp"
#include "sim/reading/account_requests.hpp"

namespace runsim {

namespace {

bool is_token_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
}

// Whether a word is a session's token, encoded or not.
bool is_session_token(const Instance& instance, std::string_view word) {
    const auto decoded = api::decoded_token(word);
    const std::string_view token = decoded ? std::string_view(*decoded) : word;
    const auto& sessions = instance.accounts.sessions;
    return std::any_of(sessions.begin(), sessions.end(), [&](const Session& s) { return s.token == token; });
}

// Replaces the tokens of sessions in a target. Nothing but the sign-in, which is recorded as the caller's session,
// reads them there.
std::string without_tokens(const Instance& instance, std::string_view target) {
    std::string text;
    for (std::size_t at = 0; at < target.size();) {
        std::size_t end = at;
        while (end < target.size() && is_token_character(target[end])) ++end;
        const std::string_view word = target.substr(at, end - at);
        text += is_session_token(instance, word) ? "token" : word;
        if (end < target.size()) text += target[end++];
        at = end;
    }
    return text;
}

}  // namespace

RecordedTexts::RecordedTexts(const Instance& instance, const api::Request& request)
    : target(request.target),
      content_type(request.header("Content-Type")),
      body(request.body),
      is_about_accounts(runsim::is_about_accounts(request.target)) {
    if (!instance.accounts.sessions.empty()) target = own_target_ = without_tokens(instance, target);
    if (!is_about_accounts) return;
    target = api::split_target(target).path;
    auto payload = api::parse_payload(request, api::body_arguments(request));
    if (!payload || !api::digest_passwords(*payload, request.is_played)) return;
    own_body_ = json::to_text(*payload);
    content_type = "application/json";
    body = own_body_;
}

}  // namespace runsim

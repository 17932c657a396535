#include "sim/journal/caller.hpp"

#include "api/http/bearer_token.hpp"
#include "api/http/identity.hpp"

namespace runsim {

namespace {

constexpr std::string_view kRefusedToken = "refused";  // no session has such a token

std::uint32_t session_of(const Instance& instance, const api::Request& request) {
    if (!instance.accounts.required) return 0;
    api::Query query;
    api::parse_form(api::split_target(request.target).query, query.parameters);
    const auto identity = api::identify(instance, request, query);
    if (!identity) return Caller::kRefused;
    if (identity->session == nullptr) return 0;
    return static_cast<std::uint32_t>(identity->session - instance.accounts.sessions.data()) + 1;
}

std::uint32_t trigger_of(const Instance& instance, const api::Request& request) {
    const std::string_view header = request.header("Authorization");
    if (header.empty()) return 0;
    const auto token = api::bearer_token(header);
    if (!token || token->empty()) return 0;
    for (const Schedule& row : instance.store.schedules())
        if (row.token == *token) return row.id.value;
    return 0;
}

}  // namespace

Caller caller_of(const Instance& instance, const api::Request& request) {
    Caller caller{session_of(instance, request), trigger_of(instance, request)};
    // Its token is no session's, and is refused again where one is needed.
    if (caller.trigger != 0 && caller.session == Caller::kRefused) caller.session = 0;
    return caller;
}

CallerHeaders headers_of(const Instance& instance, const Caller& caller) {
    CallerHeaders headers;
    const auto& sessions = instance.accounts.sessions;
    if (caller.session > sessions.size())
        headers.oauth_token = kRefusedToken;
    else if (caller.session > 0)
        headers.oauth_token = sessions[caller.session - 1].token;
    const Schedule* schedule = instance.store.schedule(ScheduleId{caller.trigger});
    if (schedule != nullptr && schedule->token) headers.authorization = "Bearer " + *schedule->token;
    return headers;
}

void CallerHeaders::append_to(api::Request& request, const Instance& instance) const {
    if (instance.accounts.required) request.headers.emplace_back("X-API-KEY", api::kClientId);
    if (!oauth_token.empty()) request.headers.emplace_back("OAUTH-TOKEN", oauth_token);
    if (!authorization.empty()) request.headers.emplace_back("Authorization", authorization);
}

}  // namespace runsim

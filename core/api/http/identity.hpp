#pragma once

#include <optional>
#include <string_view>

#include "api/http/http_message.hpp"
#include "api/http/query.hpp"
#include "lifecycle/requests/accounts.hpp"

namespace runsim::api {

// The API key registered for the real server's own user interface (http-api.md 4.2).
inline constexpr std::string_view kClientId = "zkWlN0PkIKSN0C11CfUHUj84OT5XOJ6tDZ6bDRO2";

// The caller, if the world requires sign-in (http-api.md 4.2).
struct Identity {
    const User* user = nullptr;        // nullptr: not signed in, or no sign-in needed
    const Session* session = nullptr;  // the user's
};

// Reads the API key and the token of a request. Fails with an API error of code 401, or an exception.
ResultOf<Identity> identify(const Instance& instance, const Request& request, const Query& query);

// Returns a session's text for a client: a JSON web token around the session's own token, signed with the stock secret
// (http-api.md 4.2).
std::string encoded_token(const Session& session);
// Decodes the session's token. Errors are those of PyJWT, the real server's library.
ResultOf<std::string> decoded_token(std::string_view text);

}  // namespace runsim::api

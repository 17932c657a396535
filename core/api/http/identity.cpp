#include "api/http/identity.hpp"

#include "api/errors/database_error.hpp"
#include "api/http/bearer_token.hpp"
#include "api/http/body.hpp"
#include "base/sha256.hpp"
#include "base/text/base64.hpp"
#include "base/text/text.hpp"
#include "json/parse.hpp"
#include "json/write.hpp"

namespace runsim::api {

namespace {

constexpr std::string_view kSecret = "materia";
constexpr std::string_view kApiKey = "api_key";

Failure unauthenticated(std::string_view type, std::string_view message) {
    return ApiError{401, type, std::string(message), ""};
}
Failure invalid_api_key() { return unauthenticated("invalid_api_key", "Invalid API key."); }

std::string first_of(const Query& query, std::string_view name) {
    const std::string* value = query.first(name);
    return value ? *value : std::string();
}

// The query counts only if the body is not JSON.
ResultOf<std::string> api_key_of(const Request& request, const Query& query) {
    if (const std::string_view header = request.header("X-API-KEY"); !header.empty()) return std::string(header);
    if (request.method != "POST") return first_of(query, kApiKey);
    const auto body = parse_raw_json(request.body);
    if (!body) return first_of(query, kApiKey);
    if (!body->object()) return no_attribute(body->python_type(), "get");
    const json::Value* key = body->object()->find(kApiKey);
    if (!key || !key->truthy()) return std::string();
    if (const json::Array* list = key->array()) key = &list->front();
    if (key->string()) return *key->string();
    return no_attribute(key->python_type(), "decode");
}

// A token in the query does not work: the real server passes the list of its values to the database.
Failure token_in_query(Dialect dialect) {
    if (dialect == Dialect::sqlite) {
        return Exception{
            "sqlalchemy.exc.ProgrammingError",
            "(sqlite3.ProgrammingError) Error binding parameter 2: type 'list' is not supported\n"
            "[SQL: SELECT * FROM oauth2_access_token]\n(Background on this error at: https://sqlalche.me/e/14/f405)"};
    }
    return refused({.error_class = "UndefinedFunction",
                    .message = "operator does not exist: text = bytea[]",
                    .line = "LINE 3: WHERE oauth2_access_token.token = ARRAY[...]",
                    .caret = 41,
                    .sql = "SELECT * FROM oauth2_access_token",
                    .parameters = {},
                    .code = "f405"});
}

// Returns the value of a cookie, or nullopt if there is none.
std::optional<std::string_view> cookie(const Request& request, std::string_view name) {
    for (const std::string_view part : split(request.header("Cookie"), ';')) {
        const std::string_view pair = trim(part);
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && trim(pair.substr(0, equals)) == name)
            return trim(pair.substr(equals + 1));
    }
    return std::nullopt;
}

// Returns the token of a request, or nullopt if there is none.
ResultOf<std::optional<std::string>> token_of(const Instance& instance, const Request& request, const Query& query) {
    using Token = std::optional<std::string>;
    if (const std::string_view header = request.header("OAUTH-TOKEN"); !header.empty())
        return Token(std::string(header));
    if (const std::string_view header = request.header("Authorization"); !header.empty()) {
        Token token = bearer_token(header);
        if (token && !token->empty()) return token;
    } else if (query.first("HTTP_AUTHORIZATION")) {
        return token_in_query(instance.store.dialect());
    }
    const auto encoded = cookie(request, "oauth_token");
    if (!encoded) return Token();
    auto decoded = decoded_token(*encoded);
    if (!decoded) return decoded.error();
    return Token(std::move(*decoded));
}

std::string signature(std::string_view text) { return base64_url(bytes_of(hmac_sha256(kSecret, text))); }

Failure bad_token(std::string_view text) { return Exception{"jwt.exceptions.DecodeError", std::string(text)}; }

}  // namespace

std::string encoded_token(const Session& session) {
    std::string payload = "{\"expires\":";
    json::append_double(payload, static_cast<double>(session.expires.us) / 1e6);
    payload += ",\"token\":\"" + session.token + "\"}";
    std::string text = base64_url(R"({"alg":"HS256","typ":"JWT"})");
    text += '.';
    text += base64_url(payload);
    return text + '.' + signature(text);
}

ResultOf<std::string> decoded_token(std::string_view text) {
    const std::size_t first = text.find('.');
    const std::size_t last = text.rfind('.');
    if (first == std::string_view::npos || first == last) return bad_token("Not enough segments");
    if (signature(text.substr(0, last)) != text.substr(last + 1)) {
        return Failure(Exception{"jwt.exceptions.InvalidSignatureError", "Signature verification failed"});
    }
    const auto payload = from_base64(text.substr(first + 1, last - first - 1));
    if (!payload) return bad_token("Invalid payload padding");
    const auto value = json::parse(*payload);
    const json::Value* token = value && value->object() ? value->object()->find("token") : nullptr;
    if (!token || !token->string()) return bad_token("Invalid payload string: must be a json object");
    return *token->string();
}

ResultOf<Identity> identify(const Instance& instance, const Request& request, const Query& query) {
    const auto key = api_key_of(request, query);
    if (!key) return key.error();
    const auto token = token_of(instance, request, query);
    if (*key != kClientId) return invalid_api_key();
    if (!token) return token.error();
    if (!*token) return Identity();
    const KnownSession known = find_session(instance, **token);
    if (!known.session) return unauthenticated("invalid_oauth_token", "Invalid OAuth token.");
    if (!known.user) return unauthenticated("expired_oauth_token", "Expired OAuth token.");
    return Identity{known.user, known.session};
}

}  // namespace runsim::api

#include "api/http/identity.hpp"
#include "json/parse.hpp"
#include "lifecycle/requests/accounts.hpp"
#include "support/api_fixture.hpp"
#include "support/catch.hpp"

// http-api.md 4: who may do what, where the world asks for it. Every text is that of a real server.
using namespace runsim;
using namespace runsim::test;

namespace {

using Headers = ApiFixture::Headers;

const std::string kKey(api::kClientId);

// A world that asks: the stock owner, an admin, an editor and a viewer.
struct AskingServer : ApiFixture {
    explicit AskingServer(Dialect dialect = Dialect::sqlite) : ApiFixture(dialect) {
        instance.accounts.required = true;
        std::uint32_t id = 0;
        for (const auto& [name, role] : {std::pair{"admin", Role::owner}, std::pair{"adam", Role::admin},
                                         std::pair{"edith", Role::editor}, std::pair{"viola", Role::viewer}}) {
            User user;
            user.id = ++id;
            user.username = name;
            user.email = std::string(name) + "@" + (id == 1 ? "admin" : "example") + ".com";
            user.password_digest = password_digest(name);
            user.role = role;
            instance.accounts.users.push_back(user);
        }
    }

    // The headers of a user who has signed in; "": of nobody, who has the key.
    Headers as(const std::string& user) {
        Headers headers = {{"X-API-KEY", kKey}};
        if (user.empty()) return headers;
        for (const User& known : instance.accounts.users)
            if (known.username == user) headers.emplace_back("OAUTH-TOKEN", begin_session(instance, known).token);
        return headers;
    }
    // "200 ok", or the status and the error of the answer.
    std::string result(const std::string& call, const Headers& headers, const std::string& body = "") {
        const api::Response response = send(call, body, headers);
        const auto answer = json::parse(response.body);
        const json::Value* error = answer && answer->object() ? answer->object()->find("error") : nullptr;
        std::string text = std::to_string(response.status) + " ";
        if (!error) return text + (answer && answer->object() ? "ok" : response.body);
        const json::Object& fields = *error->object();
        if (const json::Value* exception = fields.find("exception")) return text + *exception->string();
        return text + *fields.find("message")->string();
    }
};

std::string text_at(const std::string& body, std::string_view resource, std::string_view key) {
    const auto answer = json::parse(body);
    return *answer->object()->find(resource)->object()->find(key)->string();
}

}  // namespace

TEST_CASE("without the right key and token the answer is a 401", "[http-api 4.2]") {
    AskingServer api;
    api.add_schedule({});
    const std::string token = begin_session(api.instance, api.instance.accounts.users.front()).token;
    const std::string no_key = "401 Invalid API key.";
    const std::string no_token = "401 Invalid OAuth token.";
    const std::string nobody = "200 Private access for list only, invalid scope.";
    struct Case {
        std::string call;
        Headers headers;
        std::string result;
    };
    const std::vector<Case> cases = {
        {"GET /api/pipeline_runs", {}, no_key},
        {"GET /api/pipeline_runs?api_key=x", {}, no_key},
        {"GET /api/pipeline_runs?api_key=" + kKey, {}, nobody},
        {"GET /api/pipeline_runs", {{"X-API-KEY", "x"}, {"OAUTH-TOKEN", token}}, no_key},
        {"GET /api/pipeline_runs", {{"OAUTH-TOKEN", token}}, no_key},
        {"GET /api/pipeline_runs", {{"X-API-KEY", kKey}, {"OAUTH-TOKEN", token}}, "200 ok"},
        {"GET /api/pipeline_runs", {{"X-API-KEY", kKey}, {"OAUTH-TOKEN", "x"}}, no_token},
        {"GET /api/pipeline_runs?api_key=" + kKey, {{"Authorization", "Bearer " + token}}, "200 ok"},
        {"GET /api/pipeline_runs?api_key=" + kKey, {{"Authorization", "Basic x,bearer " + token}}, "200 ok"},
        {"GET /api/pipeline_runs?api_key=" + kKey, {{"Authorization", "BEARER " + token}}, no_token},
        {"GET /api/pipeline_runs?api_key=" + kKey, {{"Authorization", token}}, nobody},
        {"GET /api/pipeline_runs?api_key=" + kKey,
         {{"Cookie", "a=b; oauth_token=" + token}},
         "200 Not enough segments"},
        {"GET /api/pipeline_runs?api_key=" + kKey,
         {{"Cookie", "oauth_token=a.b.c"}},
         "200 Signature verification failed"},
        {"GET /api/pipeline_runs/9", {{"X-API-KEY", kKey}}, "200 Record not found."},
        {"GET /api/pipeline_schedules/1", {{"X-API-KEY", kKey}}, "200 Private access for detail only, invalid scope."},
        {"GET /api/foo_bars", {{"X-API-KEY", kKey}}, "200 No module named 'mage_ai.api.policies.FooBarPolicy'"},
        // Never asked.
        {"GET /api/statuses", {}, "200 ok"},
        {"GET /api/event_matchers", {}, "200 ok"},
        {"OPTIONS /api/pipeline_runs", {}, "204 "},
        {"POST /api/pipeline_schedules/1/pipeline_runs/00000000000000000000000000000001",
         {{"OAUTH-TOKEN", "x"}},
         "200 ok"},
        // Asked, but open to everybody who has the key.
        {"GET /api/projects", {{"X-API-KEY", kKey}}, "200 ok"},
        {"GET /api/oauths", {{"X-API-KEY", kKey}}, "200 ok"},
        {"GET /api/custom_designs/x", {{"X-API-KEY", kKey}}, "200 ok"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.call, c.headers);
        CHECK(api.result(c.call, c.headers) == c.result);
    }
    CHECK(api.body_of("GET /api/pipeline_runs") ==
          R"({"error": {"code": 401, "message": "Invalid API key.", "type": "invalid_api_key"}, "status": 200})");
    CHECK(api.body_of("GET /api/pipeline_runs?_http_error_codes=1") ==
          R"({"error": {"code": 401, "message": "Invalid API key.", "type": "invalid_api_key"}, "status": 401})");
    CHECK(api.body_of("GET /api/statuses").find(R"("require_user_authentication": true)") != std::string::npos);
    CHECK(api.body_of("GET /api/projects", "", api.as(""))
              .starts_with(R"({"projects": [{"features": {"add_new_block_v2": null, )"));
    CHECK(api.body_of("GET /api/projects", "", api.as("")).ends_with(R"("polars": null}}], "metadata": {}})"));
}

TEST_CASE("the key of a POST stands in its header or its JSON, else in the query", "[http-api 4.2]") {
    AskingServer api;
    const std::string no_key = "401 Invalid API key.";
    const std::string signed_in = "200 ok";
    const std::string session = R"("session": {"username": "admin", "password": "admin"})";
    CHECK(api.result("POST /api/sessions", {}, "{" + session + "}") == no_key);
    CHECK(api.result("POST /api/sessions", {}, "{" + session + R"(, "api_key": ")" + kKey + "\"}") == signed_in);
    CHECK(api.result("POST /api/sessions?api_key=" + kKey, {}, "{" + session + "}") == no_key);
    CHECK(api.result("POST /api/sessions", {{"X-API-KEY", kKey}}, "{" + session + "}") == signed_in);
    CHECK(api.result("POST /api/sessions?api_key=" + kKey, {}) == "200 Email/username and password are required.");
    CHECK(api.result("POST /api/sessions", {}, "[1]") == "200 'list' object has no attribute 'get'");
    CHECK(api.result("PUT /api/pipeline_runs/1", {}, R"({"api_key": ")" + kKey + "\"}") == no_key);
}

TEST_CASE("signing in gives a token around the one that counts", "[http-api 4.3]") {
    for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres}) {
        AskingServer api(dialect);
        const bool postgres = dialect == Dialect::postgres;
        const std::string offset = postgres ? "+00:00" : "";
        const std::string zone = postgres ? ".999999+00:00" : "";
        const auto sign_in = [&api](const std::string& fields) {
            return api.body_of("POST /api/sessions", R"({"session": {)" + fields + "}}", {{"X-API-KEY", kKey}});
        };
        const std::string body = sign_in(R"("email": "admin@admin.com", "password": "admin")");
        const std::string user =
            R"({"avatar": null, "first_name": null, "id": 1, "last_name": null, "owner": true, "project_access": 1, "roles": null, )"
            R"("roles_display": "Owner", "roles_new": [{"id": 1, "created_at": "2025-12-31 23:59:59)" +
            zone + R"(", "updated_at": "2025-12-31 23:59:59)" + zone +
            R"(", "name": "Owner", "user_id": null}], "username": "admin"})";
        const std::string token = text_at(body, "session", "token");
        CHECK(body == R"({"session": {"expires": "2026-01-31 00:00:00.000001)" + offset + R"(", "token": ")" + token +
                          R"(", "user": )" + user + R"(}, "metadata": null})");
        CHECK(token.starts_with(
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHBpcmVzIjoxNzY5ODE3NjAwLjAwMDAwMSwidG9rZW4iOi"));
        const auto inner = api::decoded_token(token);
        REQUIRE(inner.ok());
        CHECK(inner->size() == 43);
        // The inner token counts in headers, the outer one as a cookie.
        CHECK(api.result("GET /api/pipeline_runs", {{"X-API-KEY", kKey}, {"OAUTH-TOKEN", *inner}}) == "200 ok");
        CHECK(api.result("GET /api/pipeline_runs", {{"X-API-KEY", kKey}, {"OAUTH-TOKEN", token}}) ==
              "401 Invalid OAuth token.");
        CHECK(api.result("GET /api/pipeline_runs", {{"X-API-KEY", kKey}, {"Cookie", "oauth_token=" + token}}) ==
              "200 ok");

        CHECK(
            sign_in(R"("username": "viola", "password": "viola")")
                .find(
                    R"("owner": false, "project_access": 8, "roles": null, "roles_display": null, "roles_new": [{"id": 4, )") !=
            std::string::npos);
        const auto failure = [](const std::string& message) {
            return R"({"error": {"code": 404, "message": ")" + message +
                   R"(", "type": "record_not_found"}, "status": 200})";
        };
        CHECK(sign_in(R"("email": "admin@admin.com", "password": "x")") ==
              failure("Email/username and/or password invalid."));
        CHECK(sign_in(R"("email": "nobody", "password": "x")") == failure("Email/username and/or password invalid."));
        CHECK(sign_in(R"("email": "admin@admin.com")") == failure("Email/username and password are required."));
        // Q19: the text of other 404s stays what it is.
        CHECK(api.result("GET /api/pipeline_runs/9", api.as("admin")) == "200 Record not found.");
    }
}

TEST_CASE("tokens come from the world's stream, and expire on its clock", "[http-api 4.3]") {
    AskingServer api;
    AskingServer twin;
    const Headers headers = api.as("admin");
    CHECK(twin.as("admin") == headers);
    CHECK(api.as("admin") != headers);
    CHECK(api.result("GET /api/pipeline_runs", headers) == "200 ok");
    api.advance(Duration::days(30) - Duration::seconds(1));
    CHECK(api.result("GET /api/pipeline_runs", headers) == "200 ok");
    api.advance(Duration::seconds(1));
    CHECK(api.result("GET /api/pipeline_runs", headers) == "401 Expired OAuth token.");
}

TEST_CASE("of too many sessions the oldest is forgotten") {
    AskingServer api;
    const Headers first = api.as("admin");
    const Headers second = api.as("admin");
    for (std::size_t i = 2; i < kMostSessions; ++i) begin_session(api.instance, api.instance.accounts.users.front());
    CHECK(api.result("GET /api/pipeline_runs", first) == "200 ok");
    begin_session(api.instance, api.instance.accounts.users.front());
    CHECK(api.result("GET /api/pipeline_runs", first) == "401 Invalid OAuth token.");
    CHECK(api.result("GET /api/pipeline_runs", second) == "200 ok");
    CHECK(api.instance.accounts.sessions.size() == kMostSessions);
}

TEST_CASE("whoever signs out is out", "[http-api 4.3]") {
    AskingServer api;
    const Headers headers = api.as("viola");
    const std::string body = api.body_of("PUT /api/sessions/x", "{}", headers);
    CHECK(body.starts_with(R"({"session": {"expires": "2026-01-01 00:00:00.)"));
    CHECK(api.result("GET /api/pipeline_runs", headers) == "401 Expired OAuth token.");
    CHECK(api.result("DELETE /api/sessions/x", api.as("admin")) == "200 The delete action is disabled for sessions.");
    ApiFixture open;
    CHECK(open.exception_of("PUT /api/sessions/x", "{}") == "'NoneType' object has no attribute 'expires'");
}

TEST_CASE("an owner makes users, who are signed in at once") {
    AskingServer api;
    const auto create = [&api](const std::string& user, const std::string& fields) {
        return api.body_of("POST /api/users", R"({"user": {)" + fields + "}}", api.as(user));
    };
    const std::string right = R"("password": "password", "password_confirmation": "password", "roles_new": [4])";
    const std::string body =
        create("admin", R"("email": "v@x.com", "username": "vera", "first_name": "Vera", )" + right);
    const std::string token = text_at(body, "user", "token");
    const std::string made = R"("2026-01-01 00:00:00")";
    const std::string of_role = R"("2025-12-31 23:59:59")";
    CHECK(
        body ==
        R"({"user": {"avatar": null, "created_at": )" + made +
            R"(, "email": "v@x.com", "first_name": "Vera", "id": 5, )"
            R"("last_name": null, "owner": false, "project_access": 8, "roles": null, "roles_display": null, "roles_new": [)"
            R"({"created_at": )" +
            of_role + R"(, "id": 4, "name": "Viewer", "permissions": [{"access": 8, "created_at": )" + of_role +
            R"(, "entity": "global", "entity_id": null, "entity_name": null, "entity_type": null, "id": 4, "updated_at": )" +
            of_role + R"(}], "updated_at": )" + of_role + R"(}], "updated_at": )" + made +
            R"(, "username": "vera", "permissions": [], "token": ")" + token + R"("}, "metadata": null})");
    CHECK(api.result("GET /api/pipeline_runs", {{"X-API-KEY", kKey}, {"Cookie", "oauth_token=" + token}}) == "200 ok");
    CHECK(api.body_of("GET /api/users", "", api.as("adam")).find(R"("username": "vera"})") != std::string::npos);

    const std::vector<std::pair<std::string, std::string>> refused = {
        {R"("roles_new": [4])", "Missing required values: email, password."},
        {R"("email": "v@x.com", )" + right, "Account with same email is already taken: v@x.com."},
        {R"("email": "w@x.com", "username": "vera", )" + right, "Account with same username is already taken: vera."},
        {R"("email": "w@x.com", "password": "short", "roles_new": [4])", "Password must be 8 characters or longer."},
        {R"("email": "w@x.com", "password": "password", "roles_new": [4])",
         "Password and password confirmation do not match."},
        {R"("email": "w@x.com", "password": "password")",
         "roles_new: one of 1 (Owner), 2 (Admin), 3 (Editor), 4 (Viewer) is needed."},
    };
    for (const auto& [fields, message] : refused) {
        CAPTURE(fields);
        CHECK(create("admin", fields) ==
              R"({"error": {"code": 400, "message": ")" + message + R"(", "type": "record_invalid"}, "status": 200})");
    }
    CHECK(api.result("POST /api/users", api.as("adam"), "{}") ==
          "200 Unauthorized operation create on users, failed condition.");
    CHECK(api.result("GET /api/users", api.as("edith")) ==
          "200 Unauthorized operation list on users, failed condition.");
    CHECK(api.result("DELETE /api/users/1", api.as("admin")) ==
          "200 runsim does not simulate the delete action of users.");
}

TEST_CASE("a token in the query breaks the statement behind it", "[http-api 4.2]") {
    AskingServer sqlite;
    AskingServer postgres(Dialect::postgres);
    const std::string call = "GET /api/pipeline_runs?HTTP_AUTHORIZATION=Bearer%20x&api_key=" + kKey;
    CHECK(sqlite.exception_of(call).starts_with(
        "(sqlite3.ProgrammingError) Error binding parameter 2: type 'list' is not supported\n"));
    CHECK(postgres.exception_of(call).starts_with(
        "(psycopg2.errors.UndefinedFunction) operator does not exist: text = bytea[]\nLINE 3: "));
}

TEST_CASE("roles may do what they may", "[http-api 4.4]") {
    const auto refused = [](const std::string& action, const std::string& plural) {
        return "200 Unauthorized operation " + action + " on " + plural + ", failed condition.";
    };
    const std::string ok = "200 ok";
    struct Case {
        std::string call;
        std::string body;
        std::string viewer;
        std::string editor;
        std::string owner;
    };
    const std::string foo = "200 Query parameter foo of value ['bar', 'x'] is not permitted on ";
    const std::vector<Case> cases = {
        {"GET /api/pipeline_runs", "", ok, ok, ok},
        {"GET /api/pipeline_runs?status=failed&api_key=1&_limit=3&_format=x", "", ok, ok, ok},
        {"GET /api/pipeline_runs?foo=bar&foo=x", "", foo + "list operation for pipeline_runs.",
         foo + "list operation for pipeline_runs.", ok},
        {"GET /api/pipeline_runs/1?foo=bar&foo=x", "", foo + "detail operation for pipeline_runs.",
         foo + "detail operation for pipeline_runs.", ok},
        {"POST /api/pipeline_schedules/1/pipeline_runs", R"({"pipeline_run": {"variables": {}}})",
         refused("create", "pipeline_runs"), ok, ok},
        {"POST /api/pipeline_schedules/1/pipeline_runs", R"({"pipeline_run": {"status": "failed"}})",
         refused("create", "pipeline_runs"), "200 write of status on create is disabled for pipeline_runs.", ok},
        {"PUT /api/pipeline_runs/1", R"({"pipeline_run": {"status": "cancelled"}})", refused("update", "pipeline_runs"),
         ok, ok},
        {"DELETE /api/pipeline_runs/9", "", "200 Record not found.", "200 Record not found.", "200 Record not found."},
        {"GET /api/pipelines/diamond?includes_outputs=false", "", ok, ok, ok},
        {"PUT /api/pipelines/diamond", R"({"pipeline": {"status": "cancelled"}})", refused("update", "pipelines"), ok,
         ok},
        {"PUT /api/pipelines/diamond", R"({"pipeline": {"foo": 1}})", refused("update", "pipelines"),
         "200 write of foo on update is disabled for pipelines.", ok},
        {"POST /api/pipelines", R"({"pipeline": {"name": "a"}})", refused("create", "pipelines"), ok,
         "200 Pipeline a already exists."},
        {"POST /api/pipelines/diamond/backfills", R"({"backfill": {"name": "b", "interval_type": "day"}})",
         refused("create", "backfills"), "200 write of interval_type on create is disabled for backfills.", ok},
        {"PUT /api/backfills/1", R"({"backfill": {"name": "c"}})", refused("update", "backfills"), ok, ok},
        {"POST /api/block_runs", R"({"block_run": {}})", "200 The create action is disabled for block_runs.",
         "200 The create action is disabled for block_runs.", "200 The create action is disabled for block_runs."},
        {"POST /api/pipelines/diamond/pipeline_triggers", R"({"pipeline_trigger": {"pipeline_schedule_id": 1}})",
         refused("create", "pipeline_triggers"), ok, ok},
        {"POST /api/schedulers", R"({"scheduler": {"action_type": "start"}})", ok, ok, ok},
        {"PUT /api/projects/lab", R"({"project": {"help_improve_mage": false}})", ok, ok, ok},
        {"GET /api/monitor_stats/pipeline_run_count?start_time=2024-01-01", "", ok, ok, ok},
        {"GET /api/client_pages/pipeline_schedule:create?pipelines[]=diamond", "", ok, ok, ok},
        {"GET /api/tags", "", ok, ok, ok},
        {"GET /api/backfills?include_run_count=true&pipeline_uuid=x", "", ok, ok, ok},
        {"GET /api/pipelines/diamond/pipeline_schedules?status[]=active&tag[]=x", "", ok, ok, ok},
    };
    AskingServer api;
    api.add_run(api.add_schedule({}), "2026-01-01 00:00:00");
    api.body_of("POST /api/pipelines/diamond/backfills", R"({"backfill": {"name": "b"}})", api.as("admin"));
    for (const Case& c : cases) {
        CAPTURE(c.call, c.body);
        CHECK(api.result(c.call, api.as("viola"), c.body) == c.viewer);
        CHECK(api.result(c.call, api.as("edith"), c.body) == c.editor);
        CHECK(api.result(c.call, api.as("admin"), c.body) == c.owner);
    }
    CHECK(api.result("DELETE /api/pipeline_runs/1", api.as("viola")) == refused("delete", "pipeline_runs"));
    CHECK(api.result("DELETE /api/pipeline_runs/1", api.as("adam")) == ok);
}

TEST_CASE("what an editor may not write takes more with it from a schedule", "[http-api 4.4]") {
    AskingServer api;
    const auto create = [&api](const std::string& user, const std::string& fields) {
        return api.body_of("POST /api/pipelines/diamond/pipeline_schedules",
                           R"({"pipeline_schedule": {)" + fields + "}}", api.as(user));
    };
    CHECK(create("edith", R"("name": "a", "schedule_type": "api", "sla": 60)")
              .find(R"("schedule_type": "api", "settings": null, "sla": null)") != std::string::npos);
    CHECK(create("admin", R"("name": "b", "sla": 60)").find(R"("sla": 60)") != std::string::npos);
    const auto update = [&api](const std::string& user, const std::string& fields) {
        return api.body_of("PUT /api/pipeline_schedules/1", R"({"pipeline_schedule": {)" + fields + "}}", api.as(user));
    };
    const std::string token = text_at(update("edith", ""), "pipeline_schedule", "token");
    CHECK(text_at(update("edith", R"("name": "c", "rotate_token": true)"), "pipeline_schedule", "token") == token);
    CHECK(text_at(update("edith", R"("name": "c", "rotate_token": true)"), "pipeline_schedule", "name") == "a");
    CHECK(text_at(update("edith", R"("status": "active", "token": "x")"), "pipeline_schedule", "status") == "active");
    CHECK(text_at(update("edith", R"("name": "c")"), "pipeline_schedule", "name") == "c");
    CHECK(text_at(update("admin", R"("rotate_token": true)"), "pipeline_schedule", "token") != token);
}

TEST_CASE("a file is for whoever shows key and token in the query") {
    AskingServer api;
    const std::string target = "GET /api/pipelines/diamond/block_outputs/load/downloads";
    const std::string token = begin_session(api.instance, api.instance.accounts.users.back()).token;
    CHECK(api.exception_of(target, "", api.as("admin")) == "Unauthorized access to download block output.");
    CHECK(api.exception_of(target + "?api_key=" + kKey + "&token=x") ==
          "Unauthorized access to download block output.");
    CHECK(api.body_of(target + "?api_key=" + kKey + "&token=" + token).empty());
}

TEST_CASE("a new password signs in, the one before no more", "[real-clients C5][http-api 4.3]") {
    AskingServer api;
    const auto change = [&api](const std::string& who, int user, const std::string& fields) {
        return api.result("PUT /api/users/" + std::to_string(user), api.as(who), "{\"user\": {" + fields + "}}");
    };
    const auto sign_in = [&api](const std::string& email, const std::string& password) {
        return api.result("POST /api/sessions", api.as(""),
                          R"({"session": {"email": ")" + email + R"(", "password": ")" + password + "\"}}");
    };
    const std::string twice = R"("password": "new password", "password_confirmation": "new password")";
    CHECK(change("admin", 1, twice) == "200 Current password is incorrect.");
    CHECK(change("admin", 1, twice + R"(, "password_current": "wrong")") == "200 Current password is incorrect.");
    CHECK(change("admin", 1, R"("password": "short", "password_current": "admin")") ==
          "200 Password must be 8 characters or longer.");
    CHECK(change("admin", 1, R"("password": "new password", "password_current": "admin")") ==
          "200 Password and password confirmation do not match.");
    CHECK(sign_in("admin@admin.com", "admin") == "200 ok");
    CHECK(change("admin", 1, twice + R"(, "password_current": "admin")") == "200 ok");
    CHECK(sign_in("admin@admin.com", "admin") == "200 Email/username and/or password invalid.");
    CHECK(sign_in("admin@admin.com", "new password") == "200 ok");
    // The owner sets that of others without knowing it; whoever is no admin changes nobody but himself.
    CHECK(change("admin", 3, twice) == "200 ok");
    CHECK(sign_in("edith@example.com", "new password") == "200 ok");
    CHECK(change("viola", 3, R"("first_name": "E")") ==
          "200 Unauthorized operation update on users, failed condition.");
    CHECK(change("viola", 4, R"("first_name": "V")") == "200 ok");
    CHECK(api.result("GET /api/users/3", api.as("viola")) ==
          "200 Unauthorized operation detail on users, failed condition.");
    CHECK(text_at(api.body_of("GET /api/users/4", "", api.as("viola")), "user", "first_name") == "V");
    CHECK(change("adam", 1, R"("roles_new": [4])") == "200 Admins cannot update users who are Owners.");
    CHECK(change("adam", 3, R"("roles_new": [1])") == "200 Admins cannot make other users Owners.");
    CHECK(change("admin", 3, R"("roles_new": [99])") == "200 Roles with ids: [99] do not exist");
    CHECK(change("admin", 3, R"("roles_new": [4])") == "200 runsim does not simulate a change of a user's roles.");
    CHECK(change("admin", 9, "") == "200 Record not found.");
}

TEST_CASE("secrets have a name and an id, and whoever edits makes them", "[real-clients C7][http-api 5.12]") {
    for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres}) {
        AskingServer api(dialect);
        const auto make = [&api](const std::string& who, const std::string& fields) {
            return api.body_of("POST /api/secrets", "{\"secret\": {" + fields + "}}", api.as(who));
        };
        CHECK(make("edith", R"("name": "one", "value": "v")") ==
              R"({"secret": {"id": 1, "name": "one"}, "metadata": null})");
        CHECK(make("edith", R"("name": "one", "value": "v")").find("IntegrityError") != std::string::npos);
        CHECK(make("edith", R"("name": "two", "value": "v")")
                  .find(dialect == Dialect::sqlite ? "\"id\": 2" : "\"id\": 3") != std::string::npos);
        CHECK(api.result("POST /api/secrets", api.as("viola"), "{}") ==
              "200 Unauthorized operation create on secrets, failed condition.");
        CHECK(api.result("PUT /api/secrets/one", api.as("admin"), "{}") ==
              "200 The update action is disabled for secrets.");
        CHECK(api.result("DELETE /api/secrets/one", api.as("edith")) == "200 ok");
        CHECK(api.result("DELETE /api/secrets/one", api.as("edith")) == "200 Record not found.");
        CHECK(api.body_of("GET /api/secrets", "", api.as("viola"))
                  .find(R"("name": "two"}], "metadata": {"count": 1, )") != std::string::npos);
    }
}

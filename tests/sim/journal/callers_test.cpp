#include "api/http/identity.hpp"
#include "sim/journal/journals.hpp"

// Who made a call is in a journal, what proves it is not.

using namespace runsim;

namespace {

DocumentParts with_sign_in() {
    DocumentParts parts = with_trigger();
    parts.runsim.insert(
        1, R"("auth": true, "users": [{"username": "ann", "password": "open sesame", "role": "editor"}], )");
    return parts;
}

const std::string kKey = "X-API-KEY: " + std::string(api::kClientId) + "\n";

std::string sign_in(RecordedWorld& world, std::string_view user, std::string_view password) {
    const std::string body = std::string(R"({"session": {"username": ")")
                                 .append(user)
                                 .append(R"(", "password": ")")
                                 .append(password)
                                 .append(R"("}})");
    const auto answer = ask(world, "POST", "/api/sessions", body, kKey);
    const std::string token = at(answer, "session.token");
    return token.size() < 2 ? token : token.substr(1, token.size() - 2);
}

void check_played(const RecordedWorld& world, std::initializer_list<std::string_view> secrets) {
    const std::string journal = world.journal();
    INFO(journal);
    for (const std::string_view secret : secrets) CHECK(journal.find(secret) == std::string::npos);
    const RecordedWorld again = played(journal);
    CHECK(again.world().hash() == world.world().hash());
    CHECK(again.journal() == journal);
}

}  // namespace

TEST_CASE("a journal has sessions in place of tokens, and digests in place of passwords") {
    RecordedWorld world = recorded(with_sign_in());
    CHECK(sign_in(world, "ann", "wrong").empty());
    const std::string ann = sign_in(world, "ann", "open sesame");
    const std::string admin = sign_in(world, "admin", "admin");
    REQUIRE(!ann.empty());
    REQUIRE(!admin.empty());
    // The token itself, which the encoded one of the answer has within.
    const std::string admin_token = world.world().instance().accounts.sessions[1].token;
    const std::string cancel = R"({"pipeline_run": {"status": "cancelled"}})";
    trigger(world);
    ask(world, "PUT", "/api/pipeline_runs/1", cancel, kKey + "OAUTH-TOKEN: nonsense\n");
    ask(world, "PUT", "/api/pipeline_runs/1", cancel, kKey + "Cookie: oauth_token=" + ann + "\n");
    ask(world, "POST", "/api/users",
        R"({"user": {"username": "bob", "email": "b@x.com", "password": "hunter2hunter2", )"
        R"("password_confirmation": "hunter2hunter2", "roles_new": [4]}})",
        kKey + "Authorization: Bearer " + admin_token + "\n");
    ask(world, "PUT", "/api/sessions/x", R"({"session": {}})", kKey + "Cookie: oauth_token=" + ann + "\n");
    CHECK(calls_of(world).size() == 7);
    CHECK(sign_in(world, "bob", "hunter2hunter2").size() > 20);
    check_played(world, {"open sesame", "hunter2", ann, admin, admin_token, "nonsense", "Cookie", api::kClientId});
    CHECK(world.world().save().find("open sesame") == std::string::npos);
    CHECK(world.world().save().find("hunter2") == std::string::npos);
}

TEST_CASE("a password is left out however the request spells it") {
    RecordedWorld world = recorded(with_sign_in());
    ask(world, "POST", "/api/sessions?password=open%20sesame",
        R"({"session": {"username": "ann", "p\u0061ssword": "open \u0073esame"}})", kKey);
    CHECK(world.world().instance().accounts.sessions.size() == 1);
    // What is no sign-in that could be understood is refused, and not recorded.
    ask(world, "POST", "/api/sessions", R"({"session": {"username": "ann", "password": "open sesame")", kKey);
    ask(world, "POST", "/api/sessions", R"({"username": "ann", "password": "open sesame"})", kKey);
    ask(world, "POST", "/api/sessions?password=open%20sesame", "", kKey);
    world.handle_bytes("POST /api/sessions\nContent-Type: application/x-www-form-urlencoded\n" + kKey +
                       "\nusername=ann&password=open+sesame");
    // There is no such path.
    ask(world, "POST", "/api/%73essions", R"({"session": {"username": "ann", "password": "open sesame"}})", kKey);
    ask(world, "POST", "/login", R"({"session": {"username": "ann", "password": "open sesame"}})", kKey);
    CHECK(calls_of(world).size() == 1);
    check_played(world, {"esame"});
}

TEST_CASE("the token of a session is left out of paths and queries") {
    RecordedWorld world = recorded(with_sign_in());
    const std::string encoded = sign_in(world, "ann", "open sesame");
    const std::string token = world.world().instance().accounts.sessions[0].token;
    const std::string cookie = kKey + "Cookie: oauth_token=" + encoded + "\n";
    ask(world, "PUT", "/api/pipeline_schedules/1?token=" + token, R"({"pipeline_schedule": {"name": "renamed"}})",
        cookie);
    ask(world, "PUT", "/api/sessions/" + encoded, R"({"session": {}})", cookie);
    CHECK(calls_of(world).size() == 3);
    check_played(world, {token, encoded});
}

TEST_CASE("only in requests about sessions and users a password is one") {
    RecordedWorld world = recorded(with_trigger());
    ask(world, "POST", "/api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef",
        R"({"user": {"password": "of a database"}, "pipeline_run": {"variables": {"password": "too"}}})");
    CHECK(world.journal().find("of a database") != std::string::npos);
    check_played(world, {});
}

TEST_CASE("a digest opens nothing but in a journal") {
    RecordedWorld world = recorded(with_sign_in());
    CHECK(sign_in(world, "ann", password_digest("open sesame")).empty());
    CHECK(sign_in(world, "ann", "open sesame").size() > 20);
}

TEST_CASE("a call that was refused for its password or token is refused again") {
    RecordedWorld world = recorded(with_sign_in());
    const std::string ann = sign_in(world, "ann", "open sesame");
    const std::string cookie = kKey + "Cookie: oauth_token=" + ann + "\n";
    const auto create = [&](std::string_view password, std::string_view name) {
        const std::string user = std::string(R"({"user": {"username": ")").append(name).append(R"(", "email": ")");
        const std::string rest = std::string(R"(", "roles_new": [4], "password": )").append(password);
        ask(world, "POST", "/api/users",
            user + std::string(name) + rest + R"(, "password_confirmation": )" + std::string(password) + "}}",
            kKey + "Cookie: oauth_token=" + sign_in(world, "admin", "admin") + "\n");
    };
    create(R"("short")", "short");
    create("87654321", "number");
    create(R"("")", "empty");
    create(R"("long enough")", "long");
    ask(world, "PUT", "/api/users/1",
        R"({"user": {"password": "another one", "password_confirmation": "another one", "password_current": "admin"}})",
        kKey + "Cookie: oauth_token=" + sign_in(world, "admin", "admin") + "\n");
    CHECK(sign_in(world, "admin", "another one").size() > 20);
    ask(world, "PUT", "/api/sessions/x", R"({"session": {}})", cookie);
    // The session has ended: what it still asks for is refused, then and later.
    ask(world, "POST", "/api/sessions", R"({"session": {"username": "ann", "password": "open sesame"}})", cookie);
    ask(world, "PUT", "/api/pipeline_schedules/1", R"({"pipeline_schedule": {"name": "renamed"}})", "");
    CHECK(world.journal().find(R"("session": 0)") != std::string::npos);
    CHECK(world.world().instance().accounts.users.size() == 3);
    check_played(world, {"87654321", "long enough", "another one"});
}

TEST_CASE("a trigger's token in a header is replaced by the trigger") {
    RecordedWorld world = recorded(with_trigger());
    const auto answer = ask(world, "POST", "/api/pipeline_schedules/1/api_trigger", "{}",
                            "Authorization: Bearer 0123456789abcdef0123456789abcdef\n");
    CAPTURE(answer.body);
    CHECK(world.world().instance().store.runs().size() == 1);
    CHECK(world.journal().find(R"("trigger": 1)") != std::string::npos);
    check_played(world, {"Bearer"});
}

TEST_CASE("a digest stands for its password in documents") {
    const std::string digest = password_digest("open sesame");
    CHECK(digest.starts_with("sha256:"));
    CHECK(as_password_digest(digest) == digest);
    CHECK(password_digest(digest) != digest);
    DocumentParts parts = with_sign_in();
    RecordedWorld plain = recorded(parts);
    parts.runsim.replace(parts.runsim.find("open sesame"), 11, digest);
    RecordedWorld digested = recorded(parts);
    CHECK(plain.world().hash() == digested.world().hash());
    CHECK(sign_in(digested, "ann", "open sesame").size() > 20);
}

#include "base/prng.hpp"
#include "sim/worlds.hpp"

using namespace runsim;

namespace {

constexpr Instant kStart{1'767'225'600'000'000};

// Two pipelines that fail, retry, wait and overlap.
DocumentParts busy(std::uint64_t seed) {
    DocumentParts parts;
    parts.runsim = R"({"scheduler_interval": "2s",
        "blocks": {"*": {"duration": ["0.5s", "9s"]}, "slow/wait_long": {"attempts": ["ok", )"
                   R"("fail"], "error": "ValueError: boom"}},
        "schedules": [{"id": 1, "pipeline": "diamond", "name": "hook", "schedule_type": "api", )"
                   R"("status": "active", "token": "0123456789abcdef0123456789abcdef"},
                      {"id": 2, "pipeline": "slow", "name": "often", "schedule_type": "time", )"
                   R"("schedule_interval": "@always_on", "status": "active"}]})";
    parts.options = R"({"seed": )" + std::to_string(seed) + "}";
    return parts;
}

// One thing that somebody does, or some time that passes.
void do_something(World& world, Prng& choice) {
    switch (choice.below(6)) {
        case 0:
            call(world, "POST", "/api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef",
                 R"({"n": 1})");
            break;
        case 1: call(world, "POST", "/api/pipeline_schedules/2/pipeline_runs", R"({"pipeline_run": {}})"); break;
        case 2: call(world, "GET", "/api/pipeline_runs?_limit=5"); break;
        case 3: world.step(); break;
        default: world.advance_to(world.now() + Duration::milliseconds(choice.between(1, 5'000)));
    }
}

World loaded(const World& world) {
    auto copy = World::load(world.save());
    INFO((copy ? "" : copy.error().message));
    REQUIRE(copy);
    return std::move(copy).value();
}

}  // namespace

TEST_CASE("a snapshot of any moment is the same world, and goes on as the same world") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        INFO("seed " << seed);
        World world = make_world(busy(seed));
        Prng choice(seed);
        for (int i = 0; i < 40; ++i) {
            const Prng before = choice;
            World copy = loaded(world);
            CHECK(copy.hash() == world.hash());
            CHECK(copy.save() == world.save());
            CHECK(copy.now() == world.now());
            CHECK(copy.next_event() == world.next_event());
            CHECK(copy.notes() == world.notes());
            do_something(world, choice);
            Prng again = before;
            do_something(copy, again);
            CHECK(copy.hash() == world.hash());
        }
        CHECK(world.instance().store.runs().size() > 3);
    }
}

TEST_CASE("a loaded world answers as the saved one does") {
    World world = make_world(busy(1));
    Prng choice(9);
    for (int i = 0; i < 60; ++i) do_something(world, choice);
    World copy = loaded(world);
    for (const std::string_view target :
         {"/api/pipeline_schedules", "/api/pipeline_runs?_limit=100", "/api/pipeline_schedules/1/pipeline_runs",
          "/api/pipeline_runs/1", "/__sim/project"}) {
        INFO(target);
        CHECK(call(copy, "GET", target).body == call(world, "GET", target).body);
    }
    // Far in the future, too: no event and no random number was left behind.
    world.advance_to(world.now() + Duration::minutes(5));
    copy.advance_to(world.now());
    CHECK(copy.hash() == world.hash());
}

TEST_CASE("a snapshot with any byte changed is refused") {
    DocumentParts parts;
    parts.pipelines = "[" + pipeline("p", R"("blocks": [)" + block("a", "custom", "", "") + "]") + "]";
    World world = make_world(parts);
    world.advance_to(kStart + Duration::seconds(15));
    std::string bytes = world.save();
    REQUIRE(World::load(bytes));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char byte = bytes[i];
        bytes[i] = static_cast<char>(byte ^ (i % 2 == 0 ? 0x01 : 0x80));
        if (World::load(bytes)) FAIL("byte " << i << " does not count");
        bytes[i] = byte;
    }
    CHECK(World::load(bytes));
}

TEST_CASE("a snapshot that is cut off anywhere, or goes on, is refused") {
    DocumentParts parts;
    parts.pipelines = "[" + pipeline("p", "") + "]";
    const std::string bytes = make_world(parts).save();
    for (std::size_t size = 0; size < bytes.size(); ++size)
        if (World::load(std::string_view(bytes).substr(0, size))) FAIL("the first " << size << " bytes are a snapshot");
    CHECK_FALSE(World::load(bytes + '\0'));
}

TEST_CASE("what is wrong with a snapshot is said") {
    const std::string bytes = make_world().save();
    const auto error_of = [](std::string_view text) { return World::load(text).error().message; };
    CHECK(error_of("hello") == "snapshot: these 5 bytes are none of runsim's snapshots");
    CHECK(error_of("") == "snapshot: these 0 bytes are none of runsim's snapshots");
    CHECK(error_of(bytes.substr(0, 20)) == "snapshot: is cut off after 20 bytes");
    CHECK(error_of(bytes.substr(0, 100)) == "snapshot: is damaged: its check sum does not fit its 100 bytes");
    std::string newer = bytes;
    newer[16] = 77;
    CHECK(error_of(newer) == "snapshot: was saved in form 77; this runsim reads form 4");
}

TEST_CASE("a snapshot keeps who is signed in, and what calls changed in the project's files") {
    DocumentParts parts = busy(1);
    parts.options = R"({"auth": true})";
    World world = make_world(parts);
    const std::string key = "zkWlN0PkIKSN0C11CfUHUj84OT5XOJ6tDZ6bDRO2";
    const auto ask = [&key](World& asked, std::string_view method, std::string_view target, std::string_view body,
                            const std::string& token) {
        api::Request request;
        request.method = method;
        request.target = target;
        request.body = body;
        request.headers = {{"X-API-KEY", key}, {"OAUTH-TOKEN", token}};
        return asked.handle(request).body;
    };
    const std::string session =
        ask(world, "POST", "/api/sessions", R"({"session": {"username": "admin", "password": "admin"}})", "");
    REQUIRE(session.starts_with(R"({"session": {"expires": )"));
    const std::string token = world.instance().accounts.sessions.front().token;
    ask(world, "POST", "/api/pipelines", R"({"pipeline": {"name": "New One"}})", token);
    ask(world, "POST", "/api/pipelines", R"({"pipeline": {"clone_pipeline_uuid": "diamond", "name": "twin"}})", token);
    ask(world, "PUT", "/api/pipelines/slow", R"({"pipeline": {"name": "snail"}})", token);
    ask(world, "PUT", "/api/projects/x", R"({"project": {"features": {"polars": true}}})", token);
    ask(world, "POST", "/api/pipelines/diamond/pipeline_triggers",
        R"({"pipeline_trigger": {"pipeline_schedule_id": 1}})", token);
    world.advance_to(world.now() + Duration::minutes(3));

    World copy = loaded(world);
    CHECK(copy.hash() == world.hash());
    for (const char* const target : {"/api/pipelines?include_schedules=1", "/api/projects",
                                     "/api/pipelines/diamond/pipeline_triggers", "/api/pipeline_runs?_limit=5"}) {
        CAPTURE(target);
        CHECK(ask(copy, "GET", target, "", token) == ask(world, "GET", target, "", token));
    }
    // Both go on alike: the copy, the renamed one and the token stream too.
    for (World* one : {&world, &copy}) {
        ask(*one, "POST", "/api/sessions", R"({"session": {"username": "admin", "password": "admin"}})", "");
        ask(*one, "POST", "/api/pipelines/twin/pipeline_schedules",
            R"({"pipeline_schedule": {"name": "t", "schedule_type": "time", "schedule_interval": "@always_on", "status": "active"}})",
            token);
        one->advance_to(one->now() + Duration::minutes(5));
    }
    CHECK(copy.hash() == world.hash());
    CHECK(copy.instance().accounts.sessions.size() == 2);
}

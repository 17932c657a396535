#include "sim/worlds.hpp"

using namespace runsim;

namespace {

constexpr std::string_view kToken = "/api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef";

// A trigger for "diamond" that requests use, one for "slow" that the clock uses; wait_long of "slow" fails once.
World observed() {
    DocumentParts parts;
    parts.runsim = R"({"blocks": {"slow/wait_long": {"attempts": ["fail", "ok"]}},
        "schedules": [{"id": 1, "pipeline": "diamond", "name": "hook", "schedule_type": "api", "status": "active",
                       "token": "0123456789abcdef0123456789abcdef"},
                      {"id": 2, "pipeline": "slow", "name": "hourly", "schedule_type": "time",
                       "schedule_interval": "@hourly", "status": "active"}]})";
    World world = make_world(parts);
    call(world, "POST", kToken);
    world.advance_to(world.now() + Duration::hours(2));
    call(world, "POST", kToken);
    world.advance_to(world.now() + Duration::minutes(10));
    return world;
}

struct Listed {
    std::vector<std::string> entries;
    std::int64_t requests = 0;
};

std::int64_t number_at(const api::Response& response, std::string_view path) {
    const auto number = parse_python_int(at(response, path));
    INFO(path << " of " << response.body.substr(0, 200));
    REQUIRE(number);
    return number->value;
}

// All pages, as a client walks them.
Listed walk(World& world, std::string_view query) {
    Listed listed;
    for (std::string from = "0"; from != "null";) {
        const auto response = call(world, "GET", "/__sim/transitions?from=" + from + std::string(query));
        REQUIRE(response.status == 200);
        ++listed.requests;
        for (int i = 0;; ++i) {
            std::string entry = at(response, "transitions." + std::to_string(i));
            if (entry.empty()) break;
            listed.entries.push_back(std::move(entry));
        }
        from = at(response, "metadata.next");
    }
    return listed;
}

}  // namespace

TEST_CASE("GET /__sim/transitions lists what was recorded, in order, with who did it and why") {
    World world = observed();
    const auto& log = world.instance().transitions;
    REQUIRE(log.end() > 40);
    const auto response = call(world, "GET", "/__sim/transitions?_limit=1000");
    CHECK(response.status == 200);
    CHECK(response.cors);
    CHECK(number_at(response, "metadata.begin") == 0);
    CHECK(number_at(response, "metadata.end") == static_cast<std::int64_t>(log.end()));
    CHECK(at(response, "metadata.next") == "null");
    for (std::uint64_t i = 0; i < log.end(); ++i) {
        const std::string entry = "transitions." + std::to_string(i) + ".";
        INFO(at(response, "transitions." + std::to_string(i)));
        CHECK(number_at(response, entry + "number") == static_cast<std::int64_t>(i));
        CHECK(number_at(response, entry + "at_us") == log[i].at.us);
        CHECK(number_at(response, entry + "id") == log[i].id);
        CHECK(at(response, entry + "subject") == '"' + std::string(name_of(log[i].subject)) + '"');
        CHECK(at(response, entry + "cause") == '"' + std::string(name_of(log[i].cause)) + '"');
        CHECK(at(response, entry + "why").size() > 8);
    }
    CHECK(at(response, "transitions.0") ==
          R"({"number": 0, "at": "2026-01-01T00:00:00.000000+00:00", "at_us": 1767225600000000, )"
          R"("subject": "schedule", "id": 1, "pipeline_run_id": null, "pipeline_uuid": "diamond", )"
          R"("block_uuid": null, "from": null, "to": "active", "cause": "sync", "detail": 0, )"
          R"("why": "the project's files say so"})");
}

TEST_CASE("each cause of a transition has its sentence") {
    World world = observed();
    const std::string all = call(world, "GET", "/__sim/transitions?_limit=1000").body;
    for (const std::string_view sentence :
         {"a request made it", "trigger 2 (hourly) was due", "the scheduler made it with its run",
          "the scheduler started it", "the scheduler queued it: no block is above it",
          "the scheduler queued it: the blocks above it are done", "a worker took it", "its code ended well",
          "the scheduler found all its blocks finished"}) {
        INFO(sentence);
        CHECK(all.find("\"why\": \"" + std::string(sentence) + "\"") != std::string::npos);
    }
}

TEST_CASE("pages of transitions join without a gap or a double, whatever their size") {
    World world = observed();
    const Listed whole = walk(world, "&_limit=1000");
    CHECK(whole.entries.size() == world.instance().transitions.end());
    for (const int limit : {1, 2, 7, 100}) {
        const Listed parts = walk(world, "&_limit=" + std::to_string(limit));
        INFO("_limit=" << limit);
        CHECK(parts.entries == whole.entries);
        CHECK(parts.requests == (static_cast<std::int64_t>(whole.entries.size()) + limit - 1) / limit);
    }
    for (int i = 0; i < 60; ++i) call(world, "POST", kToken);
    const auto unasked = call(world, "GET", "/__sim/transitions");
    CHECK_FALSE(at(unasked, "transitions.99").empty());
    CHECK(at(unasked, "transitions.100").empty());
    CHECK(at(unasked, "metadata.next") == "100");
}

TEST_CASE("the transitions of one run are those that name it") {
    World world = observed();
    const Listed whole = walk(world, "&_limit=1000");
    std::size_t of_runs = 0;
    for (const Run& run : world.instance().store.runs()) {
        const std::string id = std::to_string(run.id.value);
        std::vector<std::string> wanted;
        for (const std::string& entry : whole.entries)
            if (entry.find("\"pipeline_run_id\": " + id + ",") != std::string::npos) wanted.push_back(entry);
        CHECK(walk(world, "&pipeline_run_id=" + id).entries == wanted);
        CHECK(walk(world, "&_limit=3&pipeline_run_id=" + id).entries == wanted);
        of_runs += wanted.size();
    }
    CHECK(of_runs > 30);
    CHECK(walk(world, "&pipeline_run_id=4294967295").entries.empty());
}

TEST_CASE("a client that asks from the end of the record gets what came since") {
    World world = observed();
    const auto end = static_cast<std::int64_t>(world.instance().transitions.end());
    const std::string target = "/__sim/transitions?from=" + std::to_string(end);
    auto response = call(world, "GET", target);
    CHECK(at(response, "transitions") == "[]");
    CHECK(at(response, "metadata.next") == "null");
    call(world, "POST", kToken);
    response = call(world, "GET", target);
    CHECK(number_at(response, "transitions.0.number") == end);
    CHECK(at(response, "transitions.0.why") == "\"a request made it\"");
}

TEST_CASE("the record forgets its oldest transitions, and says where it begins") {
    World world = observed();
    using Log = BoundedLog<Transition>;
    for (std::uint64_t i = 0; world.instance().transitions.begin() == 0; ++i) {
        REQUIRE(i < 2 * Log::kKept);
        call(world, "POST", kToken);
    }
    const auto response = call(world, "GET", "/__sim/transitions?from=5&_limit=2");
    CHECK(number_at(response, "metadata.begin") == static_cast<std::int64_t>(Log::kChunk));
    CHECK(number_at(response, "transitions.0.number") == static_cast<std::int64_t>(Log::kChunk));
    CHECK(number_at(response, "metadata.next") == static_cast<std::int64_t>(Log::kChunk) + 2);
}

TEST_CASE("what was deleted since keeps its transitions, without names") {
    World world = observed();
    REQUIRE(call(world, "DELETE", "/api/pipeline_runs/1").status == 200);
    REQUIRE(world.instance().store.run(RunId{1}) == nullptr);
    const Listed left = walk(world, "&pipeline_run_id=1");
    REQUIRE(left.entries.size() > 10);
    for (const std::string& entry : left.entries) {
        CHECK(entry.find("\"pipeline_uuid\": null, \"block_uuid\": null") != std::string::npos);
        CHECK(entry.find("\"pipeline_run_id\": 1,") != std::string::npos);
    }
}

TEST_CASE("parameters of /__sim/transitions that make no sense are named with their values") {
    World world = observed();
    const auto end = std::to_string(world.instance().transitions.end());
    struct Case {
        std::string query, message;
    };
    const Case cases[] = {
        {"?_limit=0", "_limit: '0' is not a whole number from 1 to 1000"},
        {"?_limit=1001", "_limit: '1001' is not a whole number from 1 to 1000"},
        {"?_limit=", "_limit: '' is not a whole number from 1 to 1000"},
        {"?_limit=ten", "_limit: 'ten' is not a whole number from 1 to 1000"},
        {"?_limit=1&_limit=2", "_limit: it is given 2 times"},
        {"?from=-1", "from: '-1' is not a whole number from 0 to 9007199254740992"},
        {"?from=1.5", "from: '1.5' is not a whole number from 0 to 9007199254740992"},
        {"?from=99999999999999999999", "from: '99999999999999999999' is not a whole number from 0 to 9007199254740992"},
        {"?from=9007199254740992", "from: 9007199254740992 is beyond the end of the record, " + end},
        {"?pipeline_run_id=0", "pipeline_run_id: '0' is not a whole number from 1 to 4294967295"},
        {"?pipeline_run_id=last", "pipeline_run_id: 'last' is not a whole number from 1 to 4294967295"},
        {"?limit=3", "limit: unknown parameter (known: _limit, from, pipeline_run_id)"},
    };
    for (const auto& [query, message] : cases) {
        INFO(query);
        const auto response = call(world, "GET", "/__sim/transitions" + query);
        CHECK(response.status == 400);
        CHECK(at(response, "error.code") == "400");
        CHECK(at(response, "error.message") == json::to_text(json::Value(message)));
    }
    CHECK(call(world, "GET", "/__sim/transitions?_limit=1000&from=" + end + "&api_key=x").status == 200);
}

TEST_CASE("an advance that pauses at every few transitions is the same advance") {
    World whole = observed();
    World parts = observed();
    const Instant until = whole.now() + Duration::hours(3);
    const Advance once = whole.advance_to(until);
    std::uint64_t events = 0;
    int calls = 0;
    for (Advance done{0, true}; done.limit_reached; ++calls) {
        const std::uint64_t before = parts.instance().transitions.end();
        done = parts.advance_to(until, World::kMostEvents, 3);
        events += done.events;
        CHECK(parts.instance().transitions.end() - before < 3 + 10);  // what one tick writes may come on top
    }
    CHECK(calls > 5);
    CHECK(events == once.events);
    CHECK(parts.now() == until);
    CHECK(parts.hash() == whole.hash());
}

#include "sim/worlds.hpp"

using namespace runsim;

// What the releases of Mage do differently, a test for each row of docs/mage/releases.md.
namespace {

const std::string kToken(32, 'a');
const std::string kHook = "/api/pipeline_schedules/1/pipeline_runs/" + kToken;

// A pipeline with an API trigger, and what `runsim` adds to runsim.json.
DocumentParts hooked(Release release, const std::string& runsim = "") {
    DocumentParts parts;
    parts.pipelines = "[" + pipeline("p", R"("blocks": [)" + block("b", "custom", "", "") + "]") + "]";
    parts.options = R"({"mage": ")" + std::string(name_of(release)) + "\"}";
    parts.runsim = R"({"schedules": [{"id": 1, "pipeline": "p", "name": "hook", "schedule_type": "api", )"
                   R"("status": "active", "token": ")" +
                   kToken + "\"}]" + runsim + "}";
    return parts;
}

std::string body(World& world, std::string_view method, std::string_view target, std::string_view sent = "") {
    return call(world, method, target, sent).body;
}

// The first value of that name, however deep. Returns nullptr if there is none.
const json::Value* find(const json::Value& value, std::string_view name) {
    if (const json::Array* list = value.array()) {
        for (const json::Value& item : *list)
            if (const json::Value* found = find(item, name)) return found;
    }
    if (!value.object()) return nullptr;
    if (const json::Value* found = value.object()->find(name)) return found;
    for (const json::Member& member : *value.object())
        if (const json::Value* found = find(member.value, name)) return found;
    return nullptr;
}

// The keys of the object of that name in an answer, or of the first one of a list, as "a b c".
std::string keys_of(const std::string& answer, std::string_view name) {
    INFO(answer);
    const auto parsed = json::parse(answer);
    REQUIRE(parsed);
    const json::Value* found = find(*parsed, name);
    REQUIRE(found);
    if (found->array()) found = &found->array()->front();
    REQUIRE(found->object());
    std::string keys;
    for (const json::Member& member : *found->object()) keys += (keys.empty() ? "" : " ") + member.key;
    return keys;
}

void tick(World& world) { world.advance_to(world.next_tick() + Duration::microseconds(1)); }

constexpr Release kOld = Release::mage_0_9_79;
constexpr Release kNew = Release::mage_0_9_80;

std::string columns(Release release, const std::string& own) {
    return release == kOld ? "id created_at updated_at " + own : own + " id created_at updated_at";
}

const std::string kRun =
    "pipeline_schedule_id pipeline_uuid execution_date status started_at completed_at variables passed_sla "
    "event_variables metrics backfill_id executor_type";
const std::string kBlockRun = "pipeline_run_id block_uuid status started_at completed_at metrics";

}  // namespace

TEST_CASE("the release is that of the options, else that of runsim.json, else 0.9.79") {
    const auto shown = [](const std::string& runsim, const std::string& options) {
        DocumentParts parts;
        parts.runsim = runsim;
        parts.options = options;
        World world = make_world(parts);
        return at(call(world, "GET", "/__sim/project"), "project.mage");
    };
    CHECK(shown("{}", "{}") == R"("0.9.79")");
    CHECK(shown(R"({"mage": "0.9.80"})", "{}") == R"("0.9.80")");
    CHECK(shown("{}", R"({"mage": "0.9.80"})") == R"("0.9.80")");
    CHECK(shown(R"({"mage": "0.9.80"})", R"({"mage": "0.9.79"})") == R"("0.9.79")");
}

TEST_CASE("a release that is not known is an error that lists the known ones") {
    DocumentParts parts;
    parts.runsim = R"({"mage": "0.9.81"})";
    CHECK(World::create(document(parts))
              .error()
              .message.starts_with(R"(runsim.json: mage: "0.9.81" is not one of 0.9.79, 0.9.80)"));
    parts.runsim = R"({"mage": 0.9})";
    CHECK(World::create(document(parts)).error().message == "runsim.json: mage: 0.9 is not one of 0.9.79, 0.9.80");
}

TEST_CASE("a snapshot and a fork keep their release") {
    World world = make_world(hooked(kNew));
    World fork = world;
    auto loaded = World::load(world.save());
    REQUIRE(loaded);
    for (World* each : {&world, &fork, &*loaded}) {
        CHECK(at(call(*each, "GET", "/__sim/project"), "project.mage") == R"("0.9.80")");
        CHECK(keys_of(body(*each, "POST", kHook, "{}"), "pipeline_run") == columns(kNew, kRun));
    }
}

TEST_CASE("[key order] rows that are written as their columns are declared end with the base columns in 0.9.80",
          "[releases 2]") {
    const Release release = GENERATE(kOld, kNew);
    World world = make_world(hooked(release));
    const std::string bearer = "Bearer " + kToken;
    CHECK(keys_of(body(world, "POST", kHook, "{}"), "pipeline_run") == columns(release, kRun));
    const api::Request trigger{"POST", "/api/pipeline_schedules/1/api_trigger", {{"Authorization", bearer}}, "{}"};
    CHECK(keys_of(world.handle(trigger).body, "pipeline_run") == columns(release, kRun));
    tick(world);
    CHECK(keys_of(body(world, "GET", "/api/pipeline_runs/1"), "block_runs") ==
          columns(release, kBlockRun) + " pipeline_schedule_id pipeline_schedule_name");
    CHECK(keys_of(body(world, "GET", "/api/pipeline_runs"), "block_runs") == columns(release, kBlockRun));
    CHECK(keys_of(body(world, "PUT", "/api/block_runs/1", R"({"block_run": {"status": "failed"}})"), "block_run") ==
          columns(release, kBlockRun));

    const std::string matcher =
        body(world, "POST", "/api/event_matchers",
             R"({"event_matcher": {"name": "m", "event_type": "aws_event", "pattern": {"a": 1}, )"
             R"("pipeline_schedule_ids": [1]}})");
    CHECK(keys_of(matcher, "event_matcher") == columns(release, "event_type name pattern"));
    CHECK(keys_of(body(world, "GET", "/api/event_matchers"), "event_matchers") ==
          columns(release, "event_type name pattern"));
    CHECK(keys_of(body(world, "GET", "/api/event_matchers/1?include_pipeline_schedules=1"), "pipeline_schedules") ==
          columns(release,
                  "name description pipeline_uuid schedule_type start_time schedule_interval status "
                  "last_enabled_at variables sla token repo_path settings global_data_product_uuid"));

    // created_at and updated_at have their places in the alphabet.
    const std::string backfill =
        "block_uuid completed_at created_at end_datetime failed_at interval_type interval_units metrics name "
        "pipeline_schedule_id pipeline_uuid settings start_datetime started_at status updated_at variables";
    CHECK(keys_of(body(world, "POST", "/api/pipelines/p/backfills", R"({"backfill": {"name": "b"}})"), "backfill") ==
          (release == kOld ? "id " + backfill : backfill + " id"));
}

TEST_CASE("[session] the roles in a session end with the base columns in 0.9.80", "[releases 2]") {
    const Release release = GENERATE(kOld, kNew);
    World world = make_world(hooked(release, R"(, "auth": true)"));
    api::Request request{
        "POST",
        "/api/sessions",
        {{"X-API-KEY", "zkWlN0PkIKSN0C11CfUHUj84OT5XOJ6tDZ6bDRO2"}, {"Content-Type", "application/json"}},
        R"({"session": {"email": "admin@admin.com", "password": "admin"}})"};
    CHECK(keys_of(world.handle(request).body, "roles_new") == columns(release, "name user_id"));
}

TEST_CASE("[new user] 0.9.80 makes a user and answers with an internal error", "[releases 1]") {
    World world = make_world(hooked(kNew));
    const std::string answer = body(world, "POST", "/api/users",
                                    R"({"user": {"email": "a@x.com", "username": "a", "password": "password", )"
                                    R"("password_confirmation": "password", "roles_new": [4]}})");
    CHECK(answer.find("'CachingQuery' object has no attribute 'from_self'") != std::string::npos);
    CHECK(body(world, "GET", "/api/users").find(R"("email": "a@x.com")") != std::string::npos);
}

TEST_CASE("[one block] POST /api/runs runs a block in 0.9.79 and is an internal error in 0.9.80", "[releases 1]") {
    const Release release = GENERATE(kOld, kNew);
    World world = make_world(hooked(release));
    const auto answer = [&world](const std::string& token) {
        return body(world, "POST", "/api/runs" + token, R"({"run": {"pipeline_uuid": "p", "block_uuid": "b"}})");
    };
    const std::string error = R"("exception": "expected ORM mapped attribute for loader strategy argument")";
    if (release == kOld) {
        CHECK(answer("/" + kToken) == R"({"run": {"output": []}})");
    } else {
        CHECK(answer("/" + kToken).find(error) != std::string::npos);
        CHECK(answer("/wrong").find(error) != std::string::npos);
        CHECK(answer("").find(R"("exception": "Invalid token.")") != std::string::npos);
    }
    CHECK(world.instance().store.runs().size() == (release == kOld ? 1 : 0));
}

TEST_CASE("[version] the project shows the release's version", "[releases 1]") {
    const Release release = GENERATE(kOld, kNew);
    World world = make_world(hooked(release));
    const std::string version = '"' + std::string(name_of(release)) + '"';
    CHECK(at(call(world, "GET", "/api/projects"), "projects.0.version") == version);
    CHECK(at(call(world, "GET", "/api/projects"), "projects.0.latest_version") == version);
}

TEST_CASE("[description] a trigger that a call writes into triggers.yaml keeps its description in 0.9.80",
          "[releases 1]") {
    const Release release = GENERATE(kOld, kNew);
    World world = make_world(hooked(release));
    const auto description = [&world] {
        return at(call(world, "GET", "/api/pipeline_schedules/1"), "pipeline_schedule.description");
    };
    SECTION("that is kept there") {
        body(world, "POST", "/api/pipelines/p/pipeline_triggers",
             R"({"pipeline_trigger": {"pipeline_schedule_id": 1}})");
        tick(world);
        body(world, "PUT", "/api/pipeline_schedules/1", R"({"pipeline_schedule": {"description": "x"}})");
    }
    SECTION("that is put there") {
        body(world, "PUT", "/api/pipeline_schedules/1", R"({"pipeline_schedule": {"description": "x"}})");
        body(world, "POST", "/api/pipelines/p/pipeline_triggers",
             R"({"pipeline_trigger": {"pipeline_schedule_id": 1}})");
    }
    CHECK(description() == R"("x")");
    tick(world);
    CHECK(description() == (release == kOld ? "null" : R"("x")"));
}

TEST_CASE("[new interval] in 0.9.80 an active trigger whose interval changed in its file is enabled anew",
          "[releases 1]") {
    const Release release = GENERATE(kOld, kNew);
    const std::string interval = GENERATE("@daily", "@hourly");
    const std::string status = GENERATE("active", "inactive");
    DocumentParts parts;
    parts.pipelines =
        "[" +
        pipeline("p", R"("blocks": [)" + block("b", "custom", "", "") + "]",
                 R"({"triggers": [{"name": "t", "schedule_type": "time", "schedule_interval": "@hourly", "status": ")" +
                     status +
                     R"(", "start_time": "2025-01-01 00:00:00", "last_enabled_at": "2025-06-01 00:00:00", )"
                     R"("settings": {"create_initial_pipeline_run": false}, "variables": {}}]})") +
        "]";
    parts.options = R"({"start": "2026-01-01 00:30:00", "mage": ")" + std::string(name_of(release)) + "\"}";
    parts.runsim = R"({"schedules": [{"pipeline": "p", "name": "t", "schedule_type": "time", "schedule_interval": ")" +
                   interval + R"(", "status": "active"}]})";
    World world = make_world(parts);
    const bool changed = release == kNew && interval == "@daily" && status == "active";
    CHECK(at(call(world, "GET", "/api/pipeline_schedules/1"), "pipeline_schedule.last_enabled_at") ==
          (changed ? R"("2026-01-01 00:30:00+00:00")" : R"("2025-06-01 00:00:00+00:00")"));
    world.advance_to(world.now() + Duration::minutes(10));
    CHECK(world.instance().store.runs().size() == (changed || status == "inactive" ? 0 : 1));
    world.advance_to(world.now() + Duration::minutes(30));
    CHECK(world.instance().store.runs().size() == (status == "inactive" ? 0 : changed ? 1 : 2));
    if (!changed) return;
    // The moment is in the file, too: when a call writes another trigger there, and all of it is read again, it stays.
    body(world, "POST", "/api/pipelines/p/pipeline_schedules", R"({"pipeline_schedule": {"name": "other"}})");
    body(world, "POST", "/api/pipelines/p/pipeline_triggers", R"({"pipeline_trigger": {"pipeline_schedule_id": 2}})");
    world.advance_to(world.now() + Duration::minutes(1));
    CHECK(at(call(world, "GET", "/api/pipeline_schedules/1"), "pipeline_schedule.last_enabled_at") ==
          R"("2026-01-01 00:30:00+00:00")");
}

TEST_CASE("[concurrency_config] an unknown key ends each tick of 0.9.79, and is left out by 0.9.80", "[releases 1]") {
    const Release release = GENERATE(kOld, kNew);
    DocumentParts parts = hooked(release);
    const auto pipelines = [](const std::string& key) {
        return "[" +
               pipeline("p", R"("concurrency_config": {")" + key + R"(": 1}, "blocks": [)" +
                                 block("b", "custom", "", "") + "]") +
               ", " + pipeline("q", R"("blocks": [)" + block("c", "custom", "", "") + "]") + "]";
    };
    parts.pipelines = pipelines("run_limit");
    parts.runsim = R"({"schedules": [
        {"id": 1, "pipeline": "p", "name": "hook", "schedule_type": "api", "status": "active", "token": ")" +
                   kToken + R"("},
        {"id": 2, "pipeline": "q", "name": "other", "schedule_type": "time", "schedule_interval": "@once",
         "status": "active"}]})";
    World world = make_world(parts);
    REQUIRE(world.notes().size() == 1);
    CHECK(world.notes()[0].starts_with("pipelines/p/metadata.yaml: concurrency_config.run_limit: no such key "));
    CHECK(world.notes()[0].ends_with(release == kOld ? "every tick ends here with an error, and runs of other "
                                                       "pipelines wait, too"
                                                     : "; Mage leaves it out"));
    body(world, "POST", kHook, "{}");
    world.advance_to(world.now() + Duration::minutes(2));
    const auto statuses = [&world] {
        std::string found;
        for (const Run& run : world.instance().store.runs()) found += std::string(name_of(run.status)) + " ";
        return found;
    };
    CHECK(statuses() == (release == kOld ? "initial " : "completed completed "));
    // Without an active trigger the tick does not meet the pipeline.
    body(world, "PUT", "/api/pipeline_schedules/1", R"({"pipeline_schedule": {"status": "inactive"}})");
    world.advance_to(world.now() + Duration::minutes(2));
    CHECK(statuses() == (release == kOld ? "initial completed " : "completed completed "));
}

TEST_CASE("[skip_if_previous_running] the log says what the release says", "[releases 1]") {
    const Release release = GENERATE(kOld, kNew);
    DocumentParts parts = hooked(release);
    parts.runsim = R"({"blocks": {"*": {"duration": "3h"}}, "schedules": [{"id": 1, "pipeline": "p", "name": "t",
        "schedule_type": "time", "schedule_interval": "@hourly", "status": "active",
        "settings": {"skip_if_previous_running": true, "create_initial_pipeline_run": true}}]})";
    World world = make_world(parts);
    world.advance_to(world.now() + Duration::minutes(70));
    REQUIRE(world.instance().store.runs().size() == 2);
    CHECK(at(call(world, "GET", "/api/pipeline_runs/2"), "pipeline_run.status") == R"("cancelled")");
    const std::string log = body(world, "GET", "/api/pipelines/p/logs?pipeline_run_id[]=2");
    const bool old_words = log.find("Pipeline run limit reached... skipping this run") != std::string::npos;
    const bool new_words = log.find("Previous pipeline run is still running... skipping this run") != std::string::npos;
    CHECK(old_words == (release == kOld));
    CHECK(new_words == (release == kNew));
}

TEST_CASE("[landing time] last_enabled_at is in UTC in every release", "[releases 1]") {
    std::vector<std::size_t> runs;
    for (const Release release : {kOld, kNew}) {
        DocumentParts parts = hooked(release);
        parts.options = R"({"dialect": "sqlite", "mage": ")" + std::string(name_of(release)) + "\"}";
        parts.runsim = R"({"schedules": [{"id": 1, "pipeline": "p", "name": "t", "schedule_type": "time",
            "schedule_interval": "@hourly", "status": "active", "start_time": "2025-01-01 00:20:00",
            "settings": {"landing_time_enabled": true}}]})";
        World world = make_world(parts);
        world.advance_to(world.now() + Duration::hours(5));
        runs.push_back(world.instance().store.runs().size());
    }
    CHECK(runs[0] == runs[1]);
    CHECK(runs[0] > 2);
}

#include "sim/documents/scenario.hpp"
#include "support/catch.hpp"
#include "support/documents.hpp"

using namespace runsim;

namespace {

std::string error_of(const DocumentParts& parts) {
    const auto loaded = read_project_document(document(parts));
    return loaded ? "(none)" : loaded.error().message;
}

struct Mistake {
    std::string written;
    std::string_view line;  // a whole one
};

void check(const std::vector<Mistake>& mistakes, std::string DocumentParts::* part) {
    for (const Mistake& mistake : mistakes) {
        DocumentParts parts;
        parts.*part = mistake.written;
        INFO(mistake.written);
        CHECK(error_of(parts) == mistake.line);
    }
}

std::string in_list(std::string entry) { return "[" + std::move(entry) + "]"; }

}  // namespace

TEST_CASE("a mistake in runsim.json is told with its key, its value and what would be right") {
    check(
        {
            {R"([])", "runsim.json: [] is not a mapping of keys and values"},
            {R"({"sed": 1})", R"(runsim.json: sed: no such key; did you mean "seed"?)"},
            {R"({"seed": -1})", "runsim.json: seed: -1 is not a whole number from 0 to 9007199254740991"},
            {R"({"seed": 1.5})", "runsim.json: seed: 1.5 is not a whole number from 0 to 9007199254740991"},
            {R"({"seed": null})", "runsim.json: seed: null is not a whole number from 0 to 9007199254740991"},
            {R"({"start": "tomorrow"})",
             R"(runsim.json: start: "tomorrow" is not a moment (such as "2026-01-01 00:00:00", or )"
             R"(microseconds since 1970))"},
            {R"({"start": "1969-12-31"})",
             R"(runsim.json: start: "1969-12-31" is not between 1970-01-01 00:00:00 and 2200-01-01 00:00:00)"},
            {R"({"dialect": "postgre"})",
             R"(runsim.json: dialect: "postgre" is not one of postgres, sqlite; did you mean "postgres"?)"},
            {R"({"scheduler_interval": "soon"})",
             R"(runsim.json: scheduler_interval: "soon" is not a duration (such as "10m", "1h30m", "0.5s"))"},
            {R"({"scheduler_interval": 0})",
             R"(runsim.json: scheduler_interval: 0 is not a duration of at least "1ms")"},
            {R"({"block_start_delay": -1})",
             R"(runsim.json: block_start_delay: -1 is not a duration (such as "10m", "1h30m", "0.5s"))"},
            {R"({"$schema": 1})", "runsim.json: $schema: 1 is not a text"},
            {R"({"auth": "yes"})", R"(runsim.json: auth: "yes" is not true or false)"},
            {R"({"users": [1]})", "runsim.json: users[0]: 1 is not a user (an object of keys and values)"},
            {R"({"users": [{}]})", "runsim.json: users[0].username: is missing"},
            {R"({"users": [{"username": "ann", "role": "boss"}]})",
             R"(runsim.json: users[0].role: "boss" is not one of viewer, editor, admin, owner)"},
            {R"({"users": [{"username": "admin"}]})",
             R"(runsim.json: users[0].username: "admin" is taken by an earlier user)"},
            {R"({"users": [{"username": "ann", "email": "admin@admin.com"}]})",
             R"(runsim.json: users[0].email: "admin@admin.com" is taken by an earlier user)"},
        },
        &DocumentParts::runsim);
}

TEST_CASE("users of runsim.json stand behind the stock owner") {
    DocumentParts parts;
    parts.runsim = R"({"auth": true, "users": [{"username": "ann", "role": "editor", "first_name": "Ann"}]})";
    const auto loaded = read_project_document(document(parts));
    REQUIRE(loaded.ok());
    const Accounts& accounts = loaded->scenario.accounts;
    CHECK(accounts.required);
    REQUIRE(accounts.users.size() == 2);
    CHECK(accounts.users[0].email == "admin@admin.com");
    CHECK(accounts.users[0].role == Role::owner);
    CHECK(accounts.users[1].email == "ann@example.com");
    CHECK(accounts.users[1].password_digest == password_digest("ann"));
    CHECK(accounts.users[1].first_name == "Ann");
    CHECK(accounts.users[1].role == Role::editor);
}

TEST_CASE("a mistake in what holds for single runs is told with the entry's number") {
    constexpr std::string_view kNumber = "the number of a run of its schedule, from 1, or a list of such numbers";
    const std::pair<std::string_view, std::string> cases[] = {
        {R"(1)", "runs[0]: 1 is not an object of \"when\" and \"blocks\""},
        {R"({"blocks": {}})", "runs[0].when: is missing"},
        {R"({"when": {"run": 1}})", "runs[0].blocks: is missing"},
        {R"({"when": {}, "blocks": {}})",
         R"(runs[0].when: says nothing: it needs "run", "schedule" or "variables" (what holds for all runs stands in "blocks"))"},
        {R"({"when": {"runs": 1}, "blocks": {}})", R"(runs[0].when.runs: no such key; did you mean "run"?)"},
        {R"({"when": {"run": 0}, "blocks": {}})", "runs[0].when.run: 0 is not " + std::string(kNumber)},
        {R"({"when": {"run": [1, 0]}, "blocks": {}})", "runs[0].when.run: [1, 0] is not " + std::string(kNumber)},
        {R"({"when": {"run": []}, "blocks": {}})", "runs[0].when.run: [] is not " + std::string(kNumber)},
        {R"({"when": {"schedule": ""}, "blocks": {}})", "runs[0].when.schedule: is empty"},
        {R"({"when": {"variables": {}}, "blocks": {}})", "runs[0].when.variables: names no variable"},
        {R"({"when": {"run": 1}, "blocks": {"slow/lode": {}}})",
         R"(runs[0].blocks."slow/lode": pipeline "slow" has no block "lode" (it has: begin, wait_long, finish))"},
        {R"({"when": {"run": 1}, "blocks": {"slow/*": {"items": -1}}})",
         R"(runs[0].blocks."slow/*".items: -1 is not a whole number from 0 to 10000)"},
    };
    for (const auto& [entry, line] : cases) {
        DocumentParts parts;
        parts.runsim = R"({"runs": )" + in_list(std::string(entry)) + "}";
        INFO(entry);
        CHECK(error_of(parts) == "runsim.json: " + line);
    }
}

TEST_CASE("a mistake in a block's behaviour is told with the block's key") {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {R"("slow/wait_longg": {})",
         R"(blocks."slow/wait_longg": pipeline "slow" has no block "wait_longg" (it has: begin, wait_long, finish))"},
        {R"("fast/*": {})", R"(blocks."fast/*": there is no pipeline "fast" (there are: diamond, slow))"},
        {R"("slow": {})", R"(blocks."slow": no block is named like that: write "*", "pipeline/*" or "pipeline/block")"},
        {R"("*/load": {})", R"(blocks."*/load": there is no pipeline "*" (there are: diamond, slow))"},
        {R"("*": 1)", R"(blocks."*": 1 is not an object of keys and values)"},
        {R"("*": {"duratoin": "1s"})", R"(blocks."*".duratoin: no such key; did you mean "duration"?)"},
        {R"("slow/*": {"duration": "soon"})",
         R"(blocks."slow/*".duration: "soon" is not a duration (such as "10m", "1h30m", "0.5s"))"},
        {R"("*": {"duration": ["3s", "1s"]})",
         R"(blocks."*".duration: ["3s", "1s"] is not a range of durations (such as ["1s", "3s"], )"
         R"(the shorter one first))"},
        {R"("*": {"duration": ["1s"]})",
         R"(blocks."*".duration: ["1s"] is not a range of durations (such as ["1s", "3s"], the shorter one first))"},
        {R"("*": {"duration": {"typical": "9s", "at_most": "1s"}})",
         R"(blocks."*".duration: {"typical": "9s", "at_most": "1s"} is not {"typical": "2s", )"
         R"("at_most": "60s"}, the shorter one first)"},
        {R"("*": {"duration": {"typical": "9s", "atmost": "10s"}})",
         R"(blocks."*".duration.atmost: no such key; did you mean "at_most"?)"},
        {R"("*": {"outcome": "failed"})",
         R"(blocks."*".outcome: "failed" is not one of ok, fail; did you mean "fail"?)"},
        {R"("*": {"outcome": "ok", "attempts": ["ok"]})",
         R"(blocks."*".outcome: cannot be combined with "attempts"; use only one of them)"},
        {R"("*": {"attempts": []})", R"(blocks."*".attempts: [] is not a list of 1 to 1000 of "ok" and "fail")"},
        {R"("*": {"attempts": ["fail", "okay"]})",
         R"(blocks."*".attempts: ["fail", "okay"] is not a list of 1 to 1000 of "ok" and "fail")"},
        {R"("*": {"fails_ppm": 1000001})", R"(blocks."*".fails_ppm: 1000001 is not a whole number from 0 to 1000000)"},
        {R"("*": {"error": "boom"})",
         R"(blocks."*".error: "boom" is not a type and a message (such as "ValueError: boom"))"},
        {R"("*": {"condition": "yes"})", R"(blocks."*".condition: "yes" is not true or false)"},
        {R"("*": {"items": -1})", R"(blocks."*".items: -1 is not a whole number from 0 to 10000)"},
        {R"("*": {"output": [1, [2]]})",
         R"(blocks."*".output: [1, [2]] is not a value, or a list of values that are no lists)"},
        {R"("*": {"output": 1, "output_table": {"columns": [], "rows": []}})",
         R"(blocks."*".output: cannot be combined with "output_table"; use only one of them)"},
        {R"("*": {"output_table": {"columns": ["a"], "rows": [[1, 2]]}})",
         R"(blocks."*".output_table: {"columns": ["a"], "rows": [[1, 2]]} is not a table: {"columns": ["a"], "rows": [[1], [2]]}, with texts, numbers, true, false and null)"},
        {R"("*": {"polls": "two"})", R"(blocks."*".polls: "two" is not a whole number from 0 to 1000000)"},
    };
    for (const auto& [written, line] : cases) {
        DocumentParts parts;
        parts.runsim = R"({"blocks": {)" + std::string(written) + "}}";
        INFO(written);
        CHECK(error_of(parts) == "runsim.json: " + std::string(line));
    }
}

TEST_CASE("a mistake in a schedule is told with its number and key") {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {R"(7)", "schedules[0]: 7 is not a schedule (an object of keys and values)"},
        {R"({"name": "a"})", "schedules[0].pipeline: is missing"},
        {R"({"pipeline": "slow"})", "schedules[0].name: is missing"},
        {R"({"pipeline": "slow", "name": ""})", "schedules[0].name: is empty"},
        {R"({"pipeline": "fast", "name": "a"})",
         R"(schedules[0].pipeline: there is no pipeline "fast" (there are: diamond, slow))"},
        {R"({"pipeline": "slow", "name": "a", "id": 0})", "schedules[0].id: 0 is not a whole number from 1 to 1000000"},
        {R"({"pipeline": "slow", "name": "a", "id": 3}, {"pipeline": "slow", "name": "b", "id": 3})",
         "schedules[1].id: 3 is taken by an earlier schedule"},
        {R"({"pipeline": "slow", "name": "a", "token": "abc"})",
         R"(schedules[0].token: "abc" is not 32 of the digits 0-9 and a-f)"},
        {R"({"pipeline": "slow", "name": "a", "schedule_type": "tim"})",
         R"(schedules[0].schedule_type: "tim" is not one of time, api, event; did you mean "time"?)"},
        {R"({"pipeline": "slow", "name": "a", "schedule_interval": "@sometimes"})",
         R"(schedules[0].schedule_interval: "@sometimes" is not @once, @hourly, @daily, @weekly, )"
         R"(@monthly, @always_on or a cron expression (such as "*/15 * * * *"))"},
        {R"({"pipeline": "slow", "name": "a", "status": "on"})",
         R"(schedules[0].status: "on" is not one of active, inactive)"},
        {R"({"pipeline": "slow", "name": "a", "start_time": "whenever"})",
         R"(schedules[0].start_time: "whenever" is not a date (such as "2026-01-01 00:00:00"))"},
        {R"({"pipeline": "slow", "name": "a", "settings": {"timeot": 1}})",
         R"(schedules[0].settings.timeot: no such key; did you mean "timeout"?)"},
        {R"({"pipeline": "slow", "name": "a", "sla": "1h"})",
         R"(schedules[0].sla: "1h" is not a whole number from 0 to 1000000000)"},
        {R"({"pipeline": "slow", "name": "a", "tags": ["x", 1]})", "schedules[0].tags[1]: 1 is not a text"},
        {R"({"pipeline": "slow", "name": "a", "enabled": true})",
         "schedules[0].enabled: no such key (there are: id, pipeline, name, schedule_type, schedule_interval, status, "
         "start_time, token, variables, settings, sla, description and 1 more)"},
    };
    for (const auto& [written, line] : cases) {
        DocumentParts parts;
        parts.runsim = R"({"schedules": [)" + std::string(written) + "]}";
        INFO(written);
        CHECK(error_of(parts) == "runsim.json: " + std::string(line));
    }
}

TEST_CASE("a mistake in the history is told with the number of its call") {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {R"("calls": [])", R"(history.from: is missing: say when the history begins (such as "-22h"))"},
        {R"("from": "22h")",
         R"(history.from: "22h" is not a moment (such as "-2h", counted from the start, or "2026-01-01 00:00:00"))"},
        {R"("from": "2026-01-02")",
         R"(history.from: "2026-01-02" is not between 1970-01-01 00:00:00 and 2026-01-01 00:00:00)"},
        {R"("from": "-1h", "calls": [{"at": "-1m"}])", "history.calls[0].call: is missing"},
        {R"("from": "-1h", "calls": [{"at": "-1m", "call": "PUT"}])",
         R"(history.calls[0].call: "PUT" is not a method and a path (such as "POST )"
         R"(/api/pipeline_schedules/1/pipeline_runs"))"},
        {R"("from": "-1h", "calls": [{"call": "GET /api/statuses"}])",
         R"(history.calls[0].at: is missing: say when, or how often ("every"))"},
        {R"("from": "-1h", "calls": [{"at": "-2h", "call": "GET /api/statuses"}])",
         R"(history.calls[0].at: "-2h" is not between 2025-12-31 23:00:00 and 2026-01-01 00:00:00)"},
        {R"("from": "-1h", "calls": [{"every": 0, "call": "GET /api/statuses"}])",
         "history.calls[0].every: 0 is not longer than nothing"},
        {R"("from": "-1h", "calls": [{"at": "-1m", "every": "1m", "call": "GET /api/statuses"}])",
         R"(history.calls[0].at: cannot be combined with "every"; use only one of them)"},
        {R"("from": "-1h", "calls": [{"at": "-1m", "to": "-1m", "call": "GET /api/statuses"}])",
         R"(history.calls[0].to: says nothing without "every")"},
        {R"("from": "-1h", "calls": [{"every": "1m", "from": "-1m", "to": "-2m", "call": "GET /api/statuses"}])",
         R"(history.calls[0].to: "-2m" is not after "from")"},
        {R"("from": "-1h", "calls": [{"every": "1ms", "call": "GET /api/statuses"}])",
         "history.calls: asks for 3600001 calls; at most 100000 are possible"},
    };
    for (const auto& [written, line] : cases) {
        DocumentParts parts;
        parts.runsim = R"({"history": {)" + std::string(written) + "}}";
        INFO(written);
        CHECK(error_of(parts) == "runsim.json: " + std::string(line));
    }
}

TEST_CASE("a mistake in the document around the files names the document") {
    check({{"{}", "project document: pipelines: {} is not a list"},
           {"[1]", "project document: pipelines[0]: 1 is not a pipeline (an object of uuid, metadata, triggers)"},
           {R"([{"metadata": {}}])", "project document: pipelines[0].uuid: is missing"},
           {R"([{"uuid": "a/b", "metadata": {}}])",
            R"(project document: pipelines[0].uuid: "a/b" is not the name of a folder)"},
           {R"([{"uuid": "a", "metadata": {}}, {"uuid": "a", "metadata": {"name": "a"}}])",
            R"(project document: pipelines: there are two pipelines "a")"}},
          &DocumentParts::pipelines);
    CHECK(read_project_document("[]").error().message == "project document: [] is not an object of keys and values");
    CHECK(read_project_document(R"({"pipelines": []})").error().message == "project document: name: is missing");
    CHECK(read_project_document(R"({"name": "a"})").error().message == "project document: pipelines: is missing");
    CHECK(read_project_document(R"({"name": "a", "pipelines": [], "pipeline": 1})").error().message ==
          R"(project document: pipeline: no such key; did you mean "pipelines"?)");
    CHECK(read_project_document("{").error().message.starts_with("project document: "));
    DocumentParts parts;
    parts.options = R"({"sede": 3})";
    CHECK(error_of(parts) == R"(options: sede: no such key; did you mean "seed"?)");
    parts.options = R"({"start": "soon"})";
    CHECK(error_of(parts) ==
          R"(options: start: "soon" is not a moment (such as "2026-01-01 00:00:00", or microseconds since 1970))");
}

TEST_CASE("all mistakes are told at once, a line each") {
    DocumentParts parts;
    parts.pipelines = in_list(pipeline("p", R"("blocks": [)" + block("load", "data_loader", "", "") + "]"));
    parts.runsim = R"({"seed": "x", "blocks": {"p/lod": {}}, "history": {"from": 1.5}})";
    parts.options = R"({"dialect": "mysql"})";
    CHECK(error_of(parts) ==
          "runsim.json: seed: \"x\" is not a whole number from 0 to 9007199254740991\n"
          "runsim.json: blocks.\"p/lod\": pipeline \"p\" has no block \"lod\" (it has: load)\n"
          "options: dialect: \"mysql\" is not one of postgres, sqlite\n"
          "runsim.json: history.from: 1.5 is not a moment (such as \"-2h\", counted from the start, or \"2026-01-01 "
          "00:00:00\")");
}

TEST_CASE("what is too large is refused by name") {
    DocumentParts parts;
    parts.pipelines = "[";
    for (std::size_t i = 0; i <= kMostPipelinesOfDocument; ++i)
        parts.pipelines += (i > 0 ? ", " : "") + pipeline("p" + std::to_string(i), "");
    parts.pipelines += "]";
    CHECK(error_of(parts) == "project document: pipelines: has 1001 entries; at most 1000 are possible");

    std::string blocks;
    for (std::size_t i = 0; i <= kMostBlocks; ++i)
        blocks += (i > 0 ? ", " : "") + block("b" + std::to_string(i), "custom", "", "");
    parts.pipelines = in_list(pipeline("p", R"("blocks": [)" + blocks + "]"));
    CHECK(error_of(parts) == "pipelines/p/metadata.yaml: blocks: has 1001 entries; a pipeline may have at most 1000");

    const std::string huge(kMostDocumentBytes + 1, ' ');
    CHECK(read_project_document(huge).error().message ==
          "project document: has 33554433 bytes; at most 33554432 are possible");
    const std::string deep = std::string(10'000, '[') + std::string(10'000, ']');
    CHECK(read_project_document(deep).error().message.starts_with("project document: "));
}

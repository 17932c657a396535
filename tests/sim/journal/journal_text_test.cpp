#include "sim/journal/journal_text.hpp"

#include "base/text/base64.hpp"
#include "sim/journal/journals.hpp"

using namespace runsim;

namespace {

std::string journal_with(std::string_view calls, std::string_view until = R"("2026-01-01 00:10:01")",
                         std::string_view more = "") {
    std::string document_text;
    json::append_string(document_text, document(with_trigger()));
    return std::string(R"({"runsim_journal": 1, "begin": {"document": )")
        .append(document_text)
        .append(R"(}, "calls": [)")
        .append(calls)
        .append(R"(], "until": )")
        .append(until)
        .append(more)
        .append("}");
}

std::string error_of_journal(std::string_view journal) {
    const auto world = RecordedWorld::play(journal, {});
    return world ? "" : world.error().message;
}

constexpr std::string_view kTriggerCall =
    R"({"at": "2026-01-01 00:01:00", "method": "POST", "target": )"
    R"("/api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef", "body": "{}"})";

}  // namespace

TEST_CASE("a journal may be written by hand") {
    const RecordedWorld world = played(journal_with(std::string(kTriggerCall) + ", " + std::string(kTriggerCall)));
    CHECK(world.world().now() == kWorldStart + Duration::seconds(601));
    CHECK(world.world().instance().store.runs().size() == 2);
    const auto* run = world.world().instance().store.run(RunId{1});
    REQUIRE(run != nullptr);
    CHECK(run->status == RunStatus::completed);
    CHECK(run->created_at > kWorldStart + Duration::minutes(1));
    CHECK(run->created_at < kWorldStart + Duration::minutes(1) + Duration::milliseconds(1));
}

TEST_CASE("all mistakes of a journal are reported at once, each by its place and value") {
    CHECK(error_of_journal("nope").starts_with("journal: line 1, column 2: "));
    CHECK(error_of_journal("[]") == "journal: [] is not an object of keys and values");
    CHECK(error_of_journal("{}") ==
          "journal: runsim_journal: is missing: it is the version, 1\n"
          "journal: begin: is missing\njournal: calls: is missing\njournal: until: is missing");
    CHECK(error_of_journal(R"({"runsim_journal": 7, "begin": 1})") ==
          "journal: runsim_journal: 7 is not the version that this runsim reads, 1");
    CHECK(error_of_journal(R"({"runsim_journal": 1, "begin": {}, "calls": [], "until": 0})") ==
          "journal: begin: has to have one of document and snapshot");
    CHECK(error_of_journal(R"({"runsim_journal": 1, "begin": {"snapshot": "?"}, "calls": [], "until": 0})") ==
          R"(journal: begin.snapshot: "?" is not base64)");
    CHECK(
        error_of_journal(journal_with(R"({"at": "soon", "method": "GET", "target": "", "body": 1, "x": 1}, 7)")) ==
        "journal: calls[0].x: no such key (there are: at, events, method, target, session, trigger, content_type, "
        "body, "
        "body_base64)\n"
        "journal: calls[0].at: \"soon\" is not a moment (such as \"2026-01-01 00:00:00\", or microseconds since 1970)\n"
        "journal: calls[0].method: \"GET\" is not POST, PUT or DELETE\n"
        "journal: calls[0].target: \"\" is not the path and query of a call that changes a world (such as "
        "\"/api/pipeline_runs/1\")\n"
        "journal: calls[0].body: 1 is not a text\n"
        "journal: calls[1]: 7 is not a call (an object of keys and values)");
    CHECK(error_of_journal(journal_with(kTriggerCall, R"("2026-01-01 00:00:30")")).starts_with("journal: until: "));
}

TEST_CASE("a journal that cannot be played says which part of it does not fit") {
    CHECK(error_of_journal(R"({"runsim_journal": 1, "begin": {"document": "{}"}, "calls": [], "until": 0})")
              .starts_with("journal: begin: "));
    CHECK(error_of_journal(R"({"runsim_journal": 1, "begin": {"snapshot": "eA=="}, "calls": [], "until": 0})") ==
          "journal: begin: snapshot: these 1 bytes are none of runsim's snapshots");
    const std::string error =
        error_of_journal(journal_with(kTriggerCall, R"("2026-01-01 00:10:01")", R"(, "hash": "0123456789abcdef")"));
    CHECK(error.starts_with("journal: hash: the world ends as "));
    CHECK(error.find("not as 0123456789abcdef") != std::string::npos);
}

TEST_CASE("bodies that are not text are in base64") {
    RecordedWorld world = recorded(with_trigger());
    const std::string body = "\xff\xfe{}";
    ask(world, "PUT", "/__sim/pipeline_runs/1/blocks/load", body);
    trigger(world);
    const std::string journal = world.journal();
    CHECK(journal.find("\"body_base64\": \"" + base64(body) + "\"") != std::string::npos);
    CHECK(journal.find("\"body\": \"{}\"") != std::string::npos);
    CHECK(played(journal).journal() == journal);
}

TEST_CASE("a journal whose calls cannot have been made like that is refused") {
    CHECK(error_of_journal(journal_with(R"({"at": "2026-01-01", "method": "POST", "target": "/__sim/clock?x"})"))
              .starts_with("journal: calls[0].target: \"/__sim/clock?x\" is not "));
    CHECK(error_of_journal(journal_with(R"({"at": "2020-01-01", "method": "POST", "target": "/x"})")) ==
          "journal: calls[0]: is before the begin of the journal, 2026-01-01T00:00:00.000000+00:00");
    CHECK(error_of_journal(journal_with(R"({"at": "2026-01-02", "method": "POST", "target": "/x"}, )"
                                        R"({"at": "2026-01-01", "method": "POST", "target": "/x"})",
                                        R"("2026-01-03")")) ==
          "journal: calls[1].at: \"2026-01-01\" is not after the call before it, at 2026-01-02T00:00:00.000000+00:00");
    CHECK(error_of_journal(journal_with(R"({"at": "2026-01-01", "method": "POST", "target": "/x", "session": 3})")) ==
          "journal: calls[0].session: there is no session 3 of 0");
    CHECK(error_of_journal(journal_with(R"({"at": "2026-01-01", "method": "POST", "target": "/x", "trigger": 3})")) ==
          "journal: calls[0].trigger: there is no schedule 3");
    CHECK(error_of_journal(journal_with("", R"("2026-01-01 01:00:00")", R"(, "hash": "xyz")")) ==
          "journal: hash: \"xyz\" is not 16 hexadecimal digits");
    // The clock does not pass over what is due.
    CHECK(
        error_of_journal(journal_with("", R"("2026-01-01 01:00:00")", R"(, "events": 0)")) ==
        "journal: until: after 0 events another one is due at 2026-01-01T00:00:00.000000+00:00; without \"events\" it "
        "happens");
    CHECK(error_of_journal(journal_with(R"({"at": "2026-01-01 01:00:00", "method": "POST", "target": "/x"})",
                                        R"("2026-01-01 02:00:00")", R"(, "events": 5)"))
              .starts_with("journal: until: has 5 events, "));
    CHECK(error_of_journal(journal_with("", R"("2026-01-01 00:00:05")", R"(, "events": 9)")) ==
          "journal: until: has 9 events, only 1 happen by then");
}

TEST_CASE("a journal that would take too long is refused") {
    const auto world = RecordedWorld::play(journal_with("", R"("2249-01-01")"), {.most_events_played = 1'000});
    REQUIRE(!world);
    CHECK(world.error().message == "journal: until: more than 1000 events come before it");
}

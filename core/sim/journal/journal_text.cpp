#include "sim/journal/journal_text.hpp"

#include <algorithm>

#include "base/contains.hpp"
#include "base/text/base64.hpp"
#include "base/text/text.hpp"
#include "sim/http/sim_answers.hpp"
#include "sim/reading/fields.hpp"
#include "sim/reading/time_text.hpp"

namespace runsim {

namespace {

constexpr std::int64_t kMostNumber = std::int64_t{1} << 53;  // exact in a JavaScript number
constexpr std::int64_t kMostId = 0x7fffffff;

void write_body(json::Writer& w, std::string_view body) {
    if (body.empty()) return;
    if (first_invalid_utf8(body))
        w.member("body_base64", base64(body));
    else
        w.member("body", body);
}

void write_call(json::Writer& w, const RecordedCall& call) {
    w.begin_object();
    w.member("at", instant_text(call.at));
    if (call.early) w.member("events", static_cast<std::int64_t>(call.events));
    w.member("method", call.method);
    w.member("target", call.target);
    if (call.caller.session == Caller::kRefused)
        w.member("session", 0);
    else if (call.caller.session != 0)
        w.member("session", call.caller.session);
    if (call.caller.trigger != 0) w.member("trigger", call.caller.trigger);
    if (!call.content_type.empty()) w.member("content_type", call.content_type);
    write_body(w, call.body);
    w.end_object();
}

std::optional<std::string> bytes_at(const Fields& fields, std::string_view key) {
    const auto text = fields.text(key);
    if (!text) return std::nullopt;
    auto bytes = from_base64(*text);
    if (!bytes) fields.refuse(key, *fields.find(key), "base64");
    return bytes;
}

void read_begin(const Fields& fields, JournalDocument& journal) {
    const json::Object* object = fields.object("begin");
    if (!fields.find("begin")) fields.complain("begin", "is missing");
    if (!object) return;
    const Fields begin(fields.problems(), fields.place().key("begin"), *object, NullIs::wrong);
    begin.allow_only({"document", "snapshot"});
    if (begin.object().contains("document") == begin.object().contains("snapshot"))
        fields.complain("begin", "has to have one of document and snapshot");
    journal.document = begin.text("document").value_or("");
    journal.snapshot = bytes_at(begin, "snapshot");
}

std::optional<std::uint64_t> events_of(const Fields& fields) {
    const auto events = fields.integer("events", 0, kMostNumber);
    return events ? std::optional(static_cast<std::uint64_t>(*events)) : std::nullopt;
}

// Returns the text of a key that has to be there, where `is_right` holds of it.
template <class Check>
std::string needed_text(const Fields& fields, std::string_view key, std::string_view expected, Check is_right) {
    const auto text = fields.text(key);
    if (!fields.find(key)) fields.complain(key, "is missing");
    if (text && !is_right(*text)) fields.refuse(key, *fields.find(key), expected);
    return text.value_or("");
}

// Paths that are not the world's own: what they do is in the instants of the calls, or begins another journal.
constexpr std::string_view kHostPaths[] = {"clock", "compare", "events", "journal", "openapi.json", "snapshot"};

bool is_target(std::string_view target) {
    constexpr std::string_view kSim = "/__sim/";
    const std::string_view path = api::split_target(target).path;
    return target.starts_with('/') && target.find_first_of("\n\r") == std::string_view::npos &&
           !(path.starts_with(kSim) && contains(kHostPaths, path.substr(kSim.size())));
}

Instant moment(const Fields& fields, std::string_view key, Instant earliest) {
    if (!fields.find(key)) fields.complain(key, "is missing");
    const Instant at = fields.instant(key, kEarliestStart, kEndOfTime).value_or(earliest);
    if (at < earliest) fields.refuse(key, *fields.find(key), "after the call before it, at " + instant_text(earliest));
    return std::max(at, earliest);
}

CallOfJournal read_call(const Fields& fields, Instant earliest) {
    fields.allow_only(
        {"at", "events", "method", "target", "session", "trigger", "content_type", "body", "body_base64"});
    CallOfJournal call;
    call.place = fields.place().text();
    call.at = moment(fields, "at", earliest);
    call.events = events_of(fields);
    call.method = needed_text(fields, "method", "POST, PUT or DELETE", api::may_write);
    call.target =
        needed_text(fields, "target",
                    "the path and query of a call that changes a world (such as \"/api/pipeline_runs/1\")", is_target);
    if (const auto session = fields.integer("session", 0, kMostId))
        call.caller.session = *session == 0 ? Caller::kRefused : static_cast<std::uint32_t>(*session);
    call.caller.trigger = static_cast<std::uint32_t>(fields.integer("trigger", 1, kMostId).value_or(0));
    call.content_type = fields.text("content_type").value_or("");
    if (fields.find("body") && fields.find("body_base64"))
        fields.complain("body_base64", "cannot be combined with \"body\"; use only one of them");
    call.body = fields.text("body").value_or("");
    if (auto bytes = bytes_at(fields, "body_base64")) call.body = std::move(*bytes);
    return call;
}

// Returns the instant of the last call.
Instant read_calls(const Fields& fields, JournalDocument& journal) {
    Instant last = kEarliestStart;
    if (!fields.find("calls")) fields.complain("calls", "is missing");
    const json::Array* list = fields.array("calls");
    if (!list) return last;
    const Place place = fields.place().key("calls");
    for_each_object(*list, place, fields.problems(), NullIs::wrong, "a call", [&](const Fields& call) {
        journal.calls.push_back(read_call(call, last));
        last = journal.calls.back().at;
    });
    return last;
}

}  // namespace

void write_calls(json::Writer& w, const CallLog& log, std::size_t first, const JournalEnd& end) {
    w.begin_array("calls");
    for (std::size_t i = first; i < log.size(); ++i) write_call(w, log[i]);
    w.end_array();
    w.member("until", instant_text(end.until));
    if (end.early) w.member("events", static_cast<std::int64_t>(end.events));
}

Result<JournalDocument> read_journal(std::string_view text) {
    const auto parsed = parse_object(text, "journal");
    if (!parsed) return parsed.error();
    Problems problems;
    const Fields fields(problems, Place("journal"), *parsed->object(), NullIs::wrong);
    const auto version = fields.integer("runsim_journal", 1, kMostNumber);
    if (!fields.find("runsim_journal")) fields.complain("runsim_journal", "is missing: it is the version, 1");
    if (version && *version != kJournalVersion) {
        fields.refuse("runsim_journal", *fields.find("runsim_journal"), "the version that this runsim reads, 1");
        return Error{problems.text()};
    }
    fields.allow_only({"runsim_journal", "begin", "calls", "until", "events", "hash"});
    JournalDocument journal;
    read_begin(fields, journal);
    const Instant last = read_calls(fields, journal);
    journal.until = moment(fields, "until", last);
    journal.events = events_of(fields);
    journal.hash = fields.text("hash").value_or("");
    const bool is_hash = journal.hash.size() == 16 && journal.hash.find_first_not_of(kHexDigits) == std::string::npos;
    if (!journal.hash.empty() && !is_hash) fields.refuse("hash", *fields.find("hash"), "16 hexadecimal digits");
    if (!problems.empty()) return Error{problems.text()};
    return journal;
}

}  // namespace runsim

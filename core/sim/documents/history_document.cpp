#include "sim/documents/history_document.hpp"

#include <algorithm>

#include "base/contains.hpp"
#include "sim/reading/time_text.hpp"

namespace runsim {

namespace {

const Fields::Names kMethods = {"GET", "POST", "PUT", "DELETE"};

// "POST /api/pipeline_schedules/1/pipeline_runs"
void read_call(const Fields& fields, HistoryCall& call) {
    const auto text = fields.text("call");
    if (!text) {
        if (!fields.find("call")) fields.complain("call", "is missing");
        return;
    }
    const std::size_t space = text->find(' ');
    if (space != std::string::npos) {
        call.method = text->substr(0, space);
        call.target = text->substr(space + 1);
    }
    const bool is_target = call.target.starts_with('/') && std::all_of(call.target.begin(), call.target.end(),
                                                                       [](char c) { return c > ' ' && c < '\x7f'; });
    if (is_target && contains(kMethods, call.method)) return;
    fields.refuse("call", *fields.find("call"),
                  "a method and a path (such as \"POST /api/pipeline_schedules/1/pipeline_runs\")");
}

void read_moments(const Fields& fields, const Scenario& scenario, HistoryCall& call) {
    const Instant start = scenario.options.start;
    if (!fields.find("every")) {
        for (const std::string_view key : {"from", "to"})
            if (fields.find(key)) fields.complain(key, "says nothing without \"every\"");
        if (!fields.find("at")) fields.complain("at", "is missing: say when, or how often (\"every\")");
        call.first = call.last = fields.instant("at", scenario.begin, start, start).value_or(start);
        return;
    }
    if (fields.find("at")) fields.complain("at", "cannot be combined with \"every\"; use only one of them");
    const auto every = fields.duration("every");
    if (every && every->us == 0) fields.refuse("every", *fields.find("every"), "longer than nothing");
    if (every) call.every = *every;
    call.first = fields.instant("from", scenario.begin, start, start).value_or(scenario.begin);
    call.last = fields.instant("to", scenario.begin, start, start).value_or(start);
    if (call.first > call.last) fields.refuse("to", *fields.find(fields.find("to") ? "to" : "from"), "after \"from\"");
}

std::uint64_t times(const HistoryCall& call) {
    if (call.every.us == 0 || call.last < call.first) return 1;
    return static_cast<std::uint64_t>((call.last - call.first).us / call.every.us) + 1;
}

}  // namespace

void read_history(const Fields& history, Scenario& scenario) {
    const Instant start = scenario.options.start;
    history.allow_only({"from", "calls"});
    if (!history.find("from")) history.complain("from", "is missing: say when the history begins (such as \"-22h\")");
    scenario.begin = history.instant("from", Instant{0}, start, start).value_or(start);
    const json::Array* list = history.array("calls");
    if (!list) return;
    std::uint64_t all = 0;
    const Place place = history.place().key("calls");
    for_each_object(*list, place, history.problems(), NullIs::wrong, "a call", [&](const Fields& fields) {
        fields.allow_only({"at", "every", "from", "to", "call", "json"});
        HistoryCall call;
        call.place = fields.place().text();
        read_call(fields, call);
        read_moments(fields, scenario, call);
        if (const json::Value* body = fields.object().find("json"))
            call.body = body->is_null() ? json::Text("null") : json::Text::of(*body);
        all += times(call);
        scenario.calls.push_back(std::move(call));
    });
    if (all > kMostHistoryCalls)
        history.complain("calls", "asks for " + std::to_string(all) + " calls; at most " +
                                      std::to_string(kMostHistoryCalls) + " are possible");
}

}  // namespace runsim

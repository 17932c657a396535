#include "sim/http/behaviour_text.hpp"

#include <string_view>

namespace runsim {

namespace {

constexpr std::string_view kDurationKinds[] = {"fixed", "range", "long_tail"};
constexpr std::string_view kOutcomes[] = {"ok", "fail"};

}  // namespace

void write_behaviour(json::Writer& w, const BlockBehaviour& model) {
    w.begin_object();
    w.begin_object("duration");
    w.member("kind", kDurationKinds[static_cast<std::size_t>(model.duration.kind)]);
    w.member("low_us", model.duration.low.us);
    w.member("high_us", model.duration.high.us);
    w.end_object();
    w.begin_array("attempts");
    for (const AttemptOutcome outcome : model.attempts) w.string(kOutcomes[static_cast<std::size_t>(outcome)]);
    w.end_array();
    w.member("fails_ppm", model.fails_ppm);
    w.member("error", model.error);
    w.member("condition", model.condition);
    w.member("items", model.items);
    w.member("polls", model.polls);
    w.member("output", model.output.table ? json::Text() : model.output.value);
    w.member("output_table", model.output.table ? model.output.value : json::Text());
    w.end_object();
}

}  // namespace runsim

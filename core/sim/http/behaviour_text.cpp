#include "sim/http/behaviour_text.hpp"

#include <string_view>

namespace runsim {

namespace {

constexpr std::string_view kDurationKinds[] = {"fixed", "range", "long_tail"};
constexpr std::string_view kOutcomes[] = {"ok", "fail"};

}  // namespace

void write_behaviour(json::Writer& w, const BlockBehaviour& model) {
    w.begin_object();
    w.key("duration");
    w.begin_object();
    w.key("kind");
    w.string(kDurationKinds[static_cast<std::size_t>(model.duration.kind)]);
    w.key("low_us");
    w.integer(model.duration.low.us);
    w.key("high_us");
    w.integer(model.duration.high.us);
    w.end_object();
    w.key("attempts");
    w.begin_array();
    for (const AttemptOutcome outcome : model.attempts) w.string(kOutcomes[static_cast<std::size_t>(outcome)]);
    w.end_array();
    w.key("fails_ppm");
    w.integer(model.fails_ppm);
    w.key("error");
    w.string(model.error);
    w.key("condition");
    w.boolean(model.condition);
    w.key("items");
    w.integer(model.items);
    w.key("polls");
    w.integer(model.polls);
    w.end_object();
}

}  // namespace runsim

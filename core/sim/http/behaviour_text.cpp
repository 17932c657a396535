#include "sim/http/behaviour_text.hpp"

#include <string_view>

namespace runsim {

namespace {

constexpr std::string_view kDurationKinds[] = {"fixed", "range", "long_tail"};
constexpr std::string_view kOutcomes[] = {"ok", "fail"};

void write_call(json::Writer& w, const PipelineCall& call) {
    w.begin_object();
    w.member("pipeline_uuid", call.pipeline_uuid);
    w.raw_member("variables", call.variables.json());
    w.member("schedule_name", call.schedule_name);
    w.member("check_status", call.check_status);
    w.member("error_on_failure", call.error_on_failure);
    w.member("poll_interval_us", call.poll_interval.us);
    w.member("poll_timeout_us", call.poll_timeout ? std::optional(call.poll_timeout->us) : std::nullopt);
    w.end_object();
}

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
    w.begin_array("trigger_pipeline");
    for (const PipelineCall& call : model.trigger_pipeline) write_call(w, call);
    w.end_array();
    w.end_object();
}

}  // namespace runsim

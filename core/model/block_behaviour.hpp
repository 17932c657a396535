#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "json/text.hpp"

namespace runsim {

// How a block behaves, since no Python runs here: the merged rules of `blocks` in runsim.json.
enum class DurationKind : std::uint8_t {
    fixed,      // always `low`
    range,      // uniform in low .. high
    long_tail,  // mostly near `low`, rarely far above: low times a factor from an integer table, at most `high`
};
struct DurationModel {
    DurationKind kind = DurationKind::fixed;
    Duration low = Duration::seconds(1);
    Duration high = Duration::seconds(1);
    friend bool operator==(const DurationModel&, const DurationModel&) = default;
};

// What a block's function returns, as JSON: nothing, a value, a list of several values, or a table.
struct BlockOutput {
    json::Text value;    // none: nothing. For a table: {"columns": [...], "rows": [[...], ...]}
    bool table = false;  // it is a data frame
    friend bool operator==(const BlockOutput&, const BlockOutput&) = default;
};

enum class AttemptOutcome : std::uint8_t { ok, fail };

// A call of trigger_pipeline in a block's code, with Mage's names for its arguments (lifecycle.md 2.14).
struct PipelineCall {
    std::string pipeline_uuid;
    json::Text variables;  // an object, or none
    std::string schedule_name = "API_TRIGGER_CREATED_FROM_CODE";
    bool check_status = false;  // whether the call waits for the end of the run
    bool error_on_failure = false;
    Duration poll_interval = Duration::seconds(60);
    std::optional<Duration> poll_timeout = std::nullopt;
    friend bool operator==(const PipelineCall&, const PipelineCall&) = default;
};

struct BlockBehaviour {
    DurationModel duration;                                       // of one attempt
    std::vector<AttemptOutcome> attempts = {AttemptOutcome::ok};  // in order; the last one repeats. Never empty
    std::uint32_t fails_ppm = 0;                                  // chance in millionths that an `ok` attempt fails
    std::string error = "Exception: the block failed";            // "Type: message", raised by a failing attempt
    bool condition = true;                                        // the result of the conditional blocks attached to it
    std::int64_t items = 1;                                       // number of items that a dynamic block yields
    std::int64_t polls = 1;                                       // number of polls until a sensor is truthy; 0: never
    BlockOutput output;
    std::vector<PipelineCall> trigger_pipeline = {};  // calls at the end of an attempt that does not fail, in order
    friend bool operator==(const BlockBehaviour&, const BlockBehaviour&) = default;
};

// A partial model to be laid over another. Absent members leave the other as it was.
struct BlockBehaviourChange {
    std::optional<DurationModel> duration = std::nullopt;
    std::optional<std::vector<AttemptOutcome>> attempts = std::nullopt;
    std::optional<std::uint32_t> fails_ppm = std::nullopt;
    std::optional<std::string> error = std::nullopt;
    std::optional<bool> condition = std::nullopt;
    std::optional<std::int64_t> items = std::nullopt;
    std::optional<std::int64_t> polls = std::nullopt;
    std::optional<BlockOutput> output = std::nullopt;
    std::optional<std::vector<PipelineCall>> trigger_pipeline = std::nullopt;
    friend bool operator==(const BlockBehaviourChange&, const BlockBehaviourChange&) = default;
};
void lay_over(BlockBehaviour& model, const BlockBehaviourChange& change);
// `over` wins if both set a member.
void lay_over(BlockBehaviourChange& under, const BlockBehaviourChange& over);

// `blocks` of runsim.json, by key: "*", "pipeline/*", "pipeline/block".
using BlockModels = std::map<std::string, BlockBehaviourChange, std::less<>>;
// Merges the entries that match this block, key by key. The most specific wins.
BlockBehaviourChange merged_change(const BlockModels& models, std::string_view pipeline, std::string_view block);

// An entry of `runs` of runsim.json, as far as it concerns one pipeline: the runs in which blocks behave differently.
struct RunRule {
    std::vector<std::int64_t> runs;       // numbers of runs of one schedule, from 1; empty: all
    std::optional<std::string> schedule;  // its name
    json::Text variables;                 // an object: matches runs with all these values. None: matches any run
    std::vector<std::pair<std::uint32_t, BlockBehaviourChange>> blocks;  // by index in the pipeline, each once
};

template <class A>
void archive(A& a, DurationModel& d) {
    a(d.kind, d.low, d.high);
}
template <class A>
void archive(A& a, BlockOutput& o) {
    a(o.value, o.table);
}
template <class A>
void archive(A& a, PipelineCall& c) {
    a(c.pipeline_uuid, c.variables, c.schedule_name, c.check_status, c.error_on_failure, c.poll_interval,
      c.poll_timeout);
}
template <class A>
void archive(A& a, BlockBehaviourChange& c) {
    a(c.duration, c.attempts, c.fails_ppm, c.error, c.condition, c.items, c.polls, c.output, c.trigger_pipeline);
}

}  // namespace runsim

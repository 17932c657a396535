#include "base/text/text.hpp"
#include "json/write.hpp"
#include "lifecycle/runs/timeouts.hpp"
#include "lifecycle/scheduler/sla.hpp"
#include "lifecycle/why/transition_why.hpp"
#include "lifecycle/why/why.hpp"
#include "sim/http/attempts_made.hpp"
#include "sim/http/sim_answers.hpp"

namespace runsim {

namespace {

void write_instant(json::Writer& w, MaybeInstant at) {
    if (at)
        w.integer((*at).us);
    else
        w.null();
}

// Returns the transition that created the run, or nullopt if the record has dropped it.
std::optional<Transition> birth_of(const Instance& instance, RunId run) {
    const auto& log = instance.transitions;
    for (std::uint64_t i = log.begin(); i < log.end(); ++i)
        if (log[i].subject == Subject::run && log[i].run == run && log[i].from == Transition::kNone) return log[i];
    return std::nullopt;
}

// Returns none for an SLA or timeout so long that it never passes.
MaybeInstant in_calendar(MaybeInstant at) { return at && is_representable(*at) ? at : MaybeInstant(); }

// The instant after which the scheduler notices that the run passed its SLA (lifecycle.md 6).
MaybeInstant sla_at(const Instance& instance, const Run& run) {
    const Schedule* schedule = instance.store.schedule(run.pipeline_schedule_id);
    return schedule == nullptr ? MaybeInstant() : in_calendar(sla_instant(run, schedule->sla.value_or(0)));
}

// The instant after which a step of the run times it out (lifecycle.md 1.8), or would have.
MaybeInstant times_out_at(const Instance& instance, const Run& run) {
    const PipelineFacts* pipeline = pipeline_facts(instance, run.pipeline_uuid);
    if (pipeline == nullptr || pipeline->streaming) return {};
    return in_calendar(timeout_instant(run, settings_of(instance, run)));
}

// The same for a block run (lifecycle.md 2.6). Only blocks with their own jobs time out.
MaybeInstant times_out_at(const Instance& instance, const Run& run, const BlockRun& row) {
    const PipelineFacts* pipeline = pipeline_facts(instance, run.pipeline_uuid);
    if (pipeline == nullptr || pipeline->streaming || pipeline->integration || pipeline->one_process) return {};
    const std::uint32_t block = block_of(instance, *pipeline, row.block_uuid);
    if (block == PipelineFacts::kNoBlock) return {};
    return in_calendar(timeout_instant(row, *pipeline->blocks[block].block));
}

void write_attempts(json::Writer& w, const std::vector<AttemptMade>& attempts) {
    constexpr std::string_view kOutcomes[] = {"", "completed", "failed"};
    w.begin_array();
    for (const AttemptMade& attempt : attempts) {
        w.begin_object();
        w.member("started_at_us", attempt.started.us);
        w.key("ended_at_us");
        write_instant(w, attempt.ended);
        w.key("outcome");
        if (attempt.outcome == AttemptEnd::none)
            w.null();
        else
            w.string(kOutcomes[static_cast<std::size_t>(attempt.outcome)]);
        w.end_object();
    }
    w.end_array();
}

void write_block_run(json::Writer& w, const Instance& instance, const Run& run, const BlockRun& row,
                     const AttemptsMade& made) {
    w.begin_object();
    w.member("id", row.id.value);
    w.member("block_uuid", instance.store.symbols.text(row.block_uuid));
    w.member("pipeline_run_id", row.pipeline_run_id.value);
    w.member("status", name_of(row.status));
    w.member("why", why(instance, row.id));
    w.key("times_out_at_us");
    write_instant(w, times_out_at(instance, run, row));
    w.key("queued_at_us");
    write_instant(w, made.queued);
    w.key("sleeps_until_us");
    write_instant(w, sleeps_until(instance, row));
    w.key("attempts");
    write_attempts(w, made.attempts);
    w.end_object();
}

}  // namespace

api::Response show_run(const SimWorld& world, const SimCall& call) {
    const Instance& instance = world.instance;
    const Run* run = instance.store.run(RunId{row_id(call.id)});
    if (run == nullptr) return no_such_row("pipeline run", call.id);
    const auto attempts = attempts_made(instance, *run);
    const auto birth = birth_of(instance, run->id);

    api::Response response;
    json::Writer w(response.body);
    w.begin_object();
    w.begin_object("pipeline_run");
    w.member("id", run->id.value);
    w.member("status", name_of(run->status));
    w.member("why", why(instance, run->id));
    w.key("cause");
    if (birth)
        w.string(name_of(birth->cause));
    else
        w.null();
    w.key("cause_why");
    if (birth)
        w.string(transition_why(instance, *birth));
    else
        w.null();
    w.key("sla_at_us");
    write_instant(w, sla_at(instance, *run));
    w.member("sla_passed", run->passed_sla);
    w.key("times_out_at_us");
    write_instant(w, times_out_at(instance, *run));
    w.begin_array("block_runs");
    for (const BlockRun& row : instance.store.block_runs_of(run->id)) {
        const auto found = attempts.find(row.id.value);
        write_block_run(w, instance, *run, row, found == attempts.end() ? AttemptsMade() : found->second);
    }
    w.end_array();
    w.end_object();
    w.end_object();
    return response;
}

api::Response show_block_run(const SimWorld& world, const SimCall& call) {
    const Instance& instance = world.instance;
    const BlockRun* row = instance.store.block_run(BlockRunId{row_id(call.id)});
    if (row == nullptr) return no_such_row("block run", call.id);
    const Run* run = instance.store.run(row->pipeline_run_id);
    AttemptsMade made;
    if (run != nullptr) {
        auto attempts = attempts_made(instance, *run);
        if (const auto found = attempts.find(row->id.value); found != attempts.end()) made = std::move(found->second);
    }
    api::Response response;
    json::Writer w(response.body);
    w.begin_object();
    w.key("block_run");
    // A block run whose run was deleted has no timeout.
    write_block_run(w, instance, run == nullptr ? Run() : *run, *row, made);
    w.end_object();
    return response;
}

}  // namespace runsim

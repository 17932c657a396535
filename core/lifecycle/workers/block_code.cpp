#include "lifecycle/workers/block_code.hpp"

#include <algorithm>

#include "base/text/text.hpp"
#include "lifecycle/workers/data_product.hpp"
#include "lifecycle/workers/start_from_code.hpp"

namespace runsim {

namespace {

auto place_of(auto& waits, BlockRunId id) {
    return std::lower_bound(waits.begin(), waits.end(), id,
                            [](const RunWait& wait, BlockRunId wanted) { return wait.block_run < wanted; });
}

// Formats a timedelta as Python does: "0:00:06.051590", "1 day, 2:00:00".
std::string timedelta_text(Duration length) {
    const std::int64_t seconds = length.us / 1'000'000;
    const std::int64_t micros = length.us % 1'000'000;
    std::string text;
    if (const std::int64_t days = seconds / 86'400; days > 0)
        text = std::to_string(days) + (days == 1 ? " day, " : " days, ");
    append_int(text, seconds / 3'600 % 24);
    for (const std::int64_t part : {seconds / 60 % 60, seconds % 60}) {
        text += part < 10 ? ":0" : ":";
        append_int(text, part);
    }
    if (micros == 0) return text;
    const std::string digits = std::to_string(micros);
    return text + "." + std::string(6 - digits.size(), '0') + digits;
}

// Starts the run of a call.
Result<RunId> start(Instance& instance, const PipelineCall& call, BlockRunId by) {
    const Pipeline* pipeline = instance.project->find_pipeline(call.pipeline_uuid);
    if (pipeline == nullptr) return Error{instance.project->missing_pipeline(call.pipeline_uuid)};
    const ScheduleId schedule = trigger_from_code(instance, *pipeline, call.schedule_name, by);
    return start_from_code(instance, schedule, call.variables.has_value() ? call.variables.value() : json::Value(), by);
}

// Checks the run of a call once: check_pipeline_run_status.
CodeStep poll(Instance& instance, const PipelineCall& call, const RunWait& wait) {
    const Run* run = instance.store.run(wait.run);
    if (run == nullptr)
        return {.sleep = {},
                .error =
                    "sqlalchemy.exc.InvalidRequestError: Could not refresh instance '<PipelineRun at "
                    "0x7f0000000000>'"};
    const std::string name =
        "Exception: Pipeline run " + std::to_string(run->id.value) + " for pipeline " + call.pipeline_uuid;
    if (run->status == RunStatus::failed) {
        if (!call.error_on_failure) return {};
        return {.sleep = {}, .error = name + ": failed."};
    }
    instance.notes.append({.at = instance.now,
                           .run = instance.store.block_run(wait.block_run)->pipeline_run_id,
                           .block_run = wait.block_run,
                           .detail = polled(run->id, run->status),
                           .kind = NoteKind::run_polled});
    if (is_finished(run->status)) return {};
    const Duration waited = instance.now - wait.since;
    if (call.poll_timeout && call.poll_timeout->us > 0 && waited > *call.poll_timeout)
        return {.sleep = {},
                .error = name + ": time out after " + timedelta_text(waited) + ". Last status was " +
                         std::string(name_of(run->status)) + "."};
    return {.sleep = call.poll_interval, .error = {}};
}

CodeStep make_calls(Instance& instance, RunWait& wait, const std::vector<PipelineCall>& calls) {
    while (wait.call < calls.size()) {
        const PipelineCall& call = calls[wait.call];
        if (!wait.run) {
            const auto run = start(instance, call, wait.block_run);
            if (!run) return {.sleep = {}, .error = "Exception: " + run.error().message};
            wait.run = *run;
            wait.since = instance.now;
        }
        if (call.check_status)
            if (CodeStep step = poll(instance, call, wait); step.sleep || !step.error.empty()) return step;
        wait.run = {};
        ++wait.call;
    }
    return {};
}

}  // namespace

CodeStep continue_code(Instance& instance, BlockRunId id, const BlockFacts& block, const BlockBehaviour& behaviour) {
    const std::vector<PipelineCall>& calls = behaviour.trigger_pipeline;
    const auto& product = block.block->data_product;
    if (calls.empty() && !product) return {};
    auto at = place_of(instance.run_waits, id);
    if (at == instance.run_waits.end() || at->block_run != id)
        at = instance.run_waits.insert(at, {.block_run = id, .run = {}, .since = instance.now});
    RunWait wait = *at;
    CodeStep step = make_calls(instance, wait, calls);
    if (product && !step.sleep && step.error.empty()) step = see_to_product(instance, wait, *product);
    if (step.sleep)
        *place_of(instance.run_waits, id) = wait;
    else
        forget_run_wait(instance, id);
    return step;
}

const RunWait* run_wait_of(const Instance& instance, BlockRunId id) {
    const auto at = place_of(instance.run_waits, id);
    return at != instance.run_waits.end() && at->block_run == id ? &*at : nullptr;
}

void forget_run_wait(Instance& instance, BlockRunId id) {
    const auto at = place_of(instance.run_waits, id);
    if (at != instance.run_waits.end() && at->block_run == id) instance.run_waits.erase(at);
}

}  // namespace runsim

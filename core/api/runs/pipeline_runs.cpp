#include "api/calls/records.hpp"
#include "api/runs/handlers.hpp"
#include "api/runs/new_run.hpp"
#include "api/runs/run_text.hpp"
#include "lifecycle/runs/cancel_run.hpp"
#include "lifecycle/runs/delete_run.hpp"
#include "lifecycle/runs/retry_by_user.hpp"

// DETAIL, CREATE, UPDATE and DELETE of runs (http-api.md 5.3, 8.1, 8.2, 8.5). LIST: pipeline_runs_list.cpp.
namespace runsim::api {

namespace {

const Run& run_of(const Call& call) { return *call.store().run(RunId{call.record.id}); }

Outcome present(Call& call, std::string& out, RunId id) {
    const RunPresenter::Extras extras{call.query.truthy("include_pipeline_tags"),
                                      call.query.truthy("include_pipeline_type") || call.query.first("pipeline_type")};
    return RunPresenter(call.instance, call.cache, extras)
        .append(out, *call.store().run(id), run_format_of(call.format()));
}

// The parent record acts as a schedule, whatever it is. It must have an id and a pipeline_uuid.
ResultOf<RunParent> parent_of_new_run(const Call& call) {
    static constexpr std::string_view kNeeded = "pipeline_uuid";
    if (!call.parent) return no_attribute("NoneType", kNeeded);
    const Record& parent = *call.parent;
    const Store& store = call.store();
    if (const Schedule* schedule = store.schedule(ScheduleId{parent.id});
        parent.resource->find == find_pipeline_schedule) {
        return RunParent{parent.id, schedule->pipeline_uuid};
    }
    if (parent.resource->find == find_pipeline_run)
        return RunParent{parent.id, store.run(RunId{parent.id})->pipeline_uuid};
    if (parent.resource->find == find_backfill) {
        return RunParent{parent.id, store.backfill(BackfillId{parent.id})->pipeline_uuid};
    }
    return no_attribute(parent.resource->class_name, kNeeded);
}

// Activates a schedule that runs once when a run is created under it.
void activate_once(Call& call, ScheduleId id) {
    const Schedule* schedule = call.store().schedule(id);
    if (!schedule || schedule->status != ScheduleStatus::inactive || schedule->schedule_type != ScheduleType::time ||
        schedule->schedule_interval != "@once") {
        return;
    }
    write(call.instance, id, [](Schedule& row) { row.status = ScheduleStatus::active; });
}

}  // namespace

Outcome detail_pipeline_run(Call& call, std::string& out) { return present(call, out, RunId{call.record.id}); }

Outcome create_pipeline_run(Call& call, std::string& out) {
    const auto parent = parent_of_new_run(call);
    if (!parent) return parent.error();
    if (!call.project().find_pipeline(parent->pipeline_uuid)) {
        return no_pipeline(call.store().symbols.text(parent->pipeline_uuid), call.project());
    }
    auto run = prepare_run(call.instance, *parent, std::move(call.payload), call.date("execution_date"));
    if (!run) return run.error();
    const auto id = insert_run(call.instance, std::move(*run));
    if (!id) return id.error();
    if (call.parent->resource->find == find_pipeline_schedule) activate_once(call, ScheduleId{parent->id});
    return present(call, out, *id);
}

Outcome update_pipeline_run(Call& call, std::string& out) {
    const RunId id{call.record.id};
    const auto text_of = [&call](std::string_view key) {
        const json::Value* value = call.payload.find(key);
        return value ? value->string() : nullptr;
    };
    const std::string* action = text_of("pipeline_run_action");
    const std::string* status = text_of("status");
    if (action && *action == "retry_blocks") {
        std::optional<std::string_view> from;
        if (const json::Value* block = call.payload.find("from_block_uuid"); block && !block->is_null()) {
            // A value that is not a text matches no block's uuid.
            from = block->string() ? std::string_view(*block->string()) : std::string_view();
        }
        if (const auto done = retry_blocks(call.instance, id, from); !done) return python_failure(done.error());
    } else if (status && *status == "cancelled") {
        cancel_run(call.instance, id);
    }
    return present(call, out, id);
}

Outcome delete_pipeline_run(Call& call, std::string& out) {
    // The answer shows the run before its deletion.
    if (auto done = present(call, out, run_of(call).id); !done) return done;
    delete_run(call.instance, RunId{call.record.id});
    return Done{};
}

}  // namespace runsim::api

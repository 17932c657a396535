#include "api/calls/records.hpp"
#include "api/events/event_matcher_upsert.hpp"
#include "api/rows/id_column.hpp"
#include "api/rows/insert_row.hpp"
#include "api/schedules/handlers.hpp"
#include "api/schedules/schedule_fields.hpp"
#include "api/schedules/schedule_tags.hpp"
#include "api/schedules/schedule_text.hpp"
#include "lifecycle/requests/edit_project_files.hpp"

// DETAIL, CREATE, UPDATE and DELETE of schedules (http-api.md 5.4, 7.2 to 7.4). LIST: pipeline_schedules_list.cpp.
//
// One deviation: on sqlite the real server stores a text that is not an enumerator, and then fails on it (Q1). Here the
// error is the same, and nothing is stored.
namespace runsim::api {

namespace {

constexpr std::string_view kTable = "pipeline_schedule";

Outcome present(Call& call, std::string& out, ScheduleId id) {
    append_schedule(out, call, *call.store().schedule(id), schedule_format_of(call.format()));
    return Done{};
}

const std::string* text_of(const json::Object& payload, std::string_view key) {
    const json::Value* value = payload.find(key);
    return value ? value->string() : nullptr;
}

// Only this exact text fully enables a schedule; ACTIVE just sets the status.
bool enables(const json::Object& payload) {
    const std::string* status = text_of(payload, "status");
    return status && *status == "active";
}

bool is_truthy(const json::Object& payload, std::string_view key) {
    const json::Value* value = payload.find(key);
    return value && value->truthy();
}

// Removes the schedule from its runs, all in one moment.
void detach_runs(Instance& instance, ScheduleId schedule) {
    std::vector<RunId> runs;
    for (const RunId id : instance.store.runs_by_id(schedule)) runs.push_back(id);
    if (runs.empty()) return;
    const Instant at = stored_moment(instance, instance.moment());
    for (const RunId id : runs) {
        instance.store.update(id, [at](Run& run) {
            run.pipeline_schedule_id = {};
            run.updated_at = at;
        });
    }
}

void detach_backfills(Instance& instance, ScheduleId schedule) {
    std::vector<BackfillId> backfills;
    for (const Backfill& backfill : instance.store.backfills())
        if (backfill.pipeline_schedule_id == schedule) backfills.push_back(backfill.id);
    for (const BackfillId id : backfills) write(instance, id, [](Backfill& row) { row.pipeline_schedule_id = {}; });
}

// Returns the id of a schedule after UPDATE: a new one if the payload has one. References to the old id are not
// updated, which postgres refuses.
ResultOf<ScheduleId> move_to_id(Instance& instance, ScheduleId id, const json::Object& payload) {
    const json::Value* given = payload.find("id");
    if (!given || given->is_null()) return id;
    Store& store = instance.store;
    const auto number = id_column({store.dialect(), kTable, "id"}, *given);
    if (!number) return number.error();
    const ScheduleId wanted{*number};
    if (wanted == id || !wanted) return id;
    if (store.schedule(wanted)) return id_taken(store.dialect(), kTable, wanted.value);
    if (store.dialect() == Dialect::postgres && !store.runs_by_id(id).empty())
        return still_referenced(kTable, "pipeline_run", id.value);
    Schedule row = *store.schedule(id);
    row.id = wanted;
    store.erase(id);
    store.insert(std::move(row));
    return wanted;
}

// Changes of event matchers are committed immediately, even if the rest of the payload fails.
Outcome take_event_matchers(Call& call) {
    if (const json::Value* matchers = call.payload.find("event_matchers"); matchers && !matchers->is_null())
        if (auto done = replace_event_matchers(call.instance, ScheduleId{call.record.id}, *matchers); !done)
            return done;
    call.payload.erase("event_matchers");
    return Done{};
}

Outcome take_tags(Call& call, Schedule& row) {
    if (const json::Value* tags = call.payload.find("tags"); tags && !tags->is_null()) {
        auto replaced = replaced_tags(call.instance, row, *tags);
        if (!replaced) return replaced.error();
        row.tags = std::move(*replaced);
    }
    call.payload.erase("tags");
    return Done{};
}

// UPDATE sets every column. `updated_at` is the moment of the write, unless the payload sets it.
void write_columns(Instance& instance, ScheduleId id, Schedule& row, const json::Object& payload) {
    const json::Value* given = payload.find("updated_at");
    const bool brings_date = given && !given->is_null();
    const Instant updated_at = row.updated_at;
    write(instance, id, [&row](Schedule& stored) {
        row.id = stored.id;
        row.revision = stored.revision;
        row.updated_at = stored.updated_at;
        stored = row;
    });
    if (brings_date) instance.store.update(id, [updated_at](Schedule& stored) { stored.updated_at = updated_at; });
}

}  // namespace

Outcome detail_pipeline_schedule(Call& call, std::string& out) {
    return present(call, out, ScheduleId{call.record.id});
}

Outcome create_pipeline_schedule(Call& call, std::string& out) {
    if (!call.parent) return no_attribute("NoneType", "uuid");
    if (!call.parent->pipeline) return no_attribute(call.parent->resource->class_name, "uuid");
    json::Object& payload = call.payload;
    payload.set("pipeline_uuid", call.parent->pipeline->uuid);
    if (!payload.contains("repo_path")) payload.set("repo_path", call.project().repo_path);
    if (auto done = check_schedule_payload(payload, Action::create); !done) return done;

    Instance& instance = call.instance;
    Schedule row;
    if (auto done = set_schedule_columns(instance, payload, call.date("start_time"), row); !done) return done;
    if (const json::Value* id = payload.find("id")) {
        const auto number = id_column({call.dialect(), kTable, "id"}, *id);
        if (!number) return number.error();
        row.id = ScheduleId{*number};
    }
    if (enables(payload) && !is_truthy(payload, "last_enabled_at"))
        row.last_enabled_at = instance.now + Duration::microseconds(1);
    if (!payload.contains("token")) row.token = new_token(instance);
    const auto id = insert_row(instance, kTable, std::move(row));
    if (!id) return id.error();
    const Schedule& made = *call.store().schedule(*id);
    if (saves_triggers(instance, *call.parent->pipeline))
        save_trigger(instance, made.pipeline_uuid, made.name.value_or(""), made);
    return present(call, out, *id);
}

Outcome update_pipeline_schedule(Call& call, std::string& out) {
    Instance& instance = call.instance;
    json::Object& payload = call.payload;
    if (auto done = take_event_matchers(call); !done) return done;

    const Schedule before = *call.store().schedule(ScheduleId{call.record.id});
    Schedule row = before;
    if (auto done = take_tags(call, row); !done) return done;
    if (auto done = check_schedule_payload(payload, Action::update); !done) return done;
    if (auto done = set_schedule_columns(instance, payload, call.date("start_time"), row); !done) return done;
    const auto id = move_to_id(instance, before.id, payload);
    if (!id) return id.error();

    // Tags are separate rows: changing only them does not change the schedule's row.
    if (row.tags != before.tags) {
        instance.moment();
        instance.store.update(*id, [&row](Schedule& stored) { stored.tags = row.tags; });
    }
    if (enables(payload) && before.status == ScheduleStatus::inactive) row.last_enabled_at = instance.moment();
    if (is_truthy(payload, "rotate_token")) row.token = new_token(instance);
    write_columns(instance, *id, row, payload);
    if (payload.contains("pipeline_runs")) detach_runs(instance, *id);
    if (payload.contains("backfills")) detach_backfills(instance, *id);

    const std::string old_name = before.name.value_or("");
    const std::string_view uuid = call.store().symbols.text(row.pipeline_uuid);
    const Pipeline* pipeline = call.project().find_pipeline(uuid);
    if (!pipeline) return no_pipeline(uuid, call.project());
    if (saves_triggers(instance, *pipeline) || find_trigger(instance, row.pipeline_uuid, old_name))
        save_trigger(instance, row.pipeline_uuid, old_name, *call.store().schedule(*id));
    return present(call, out, *id);
}

Outcome delete_pipeline_schedule(Call& call, std::string& out) {
    // The answer shows the schedule before its deletion.
    const ScheduleId id{call.record.id};
    append_schedule(out, call, *call.store().schedule(id), schedule_format_of(call.format()));
    const Schedule& row = *call.store().schedule(id);
    remove_trigger(call.instance, row.pipeline_uuid, row.name.value_or(""));
    detach_runs(call.instance, id);
    detach_backfills(call.instance, id);
    call.instance.moment();
    call.store().erase(id);
    return Done{};
}

}  // namespace runsim::api

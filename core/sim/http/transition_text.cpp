#include "sim/http/transition_text.hpp"

#include "lifecycle/why/transition_why.hpp"
#include "sim/http/sim_answers.hpp"

namespace runsim {

namespace {

void write_text(json::Writer& w, std::string_view text) {
    if (text.empty())
        w.null();
    else
        w.string(text);
}

void write_id(json::Writer& w, std::uint32_t id) {
    if (id == 0)
        w.null();
    else
        w.integer(id);
}

std::string_view block_uuid(const Instance& instance, const Transition& t) {
    if (t.subject != Subject::block_run) return {};
    const BlockRun* row = instance.store.block_run(BlockRunId{t.id});
    return row == nullptr ? std::string_view() : instance.store.symbols.text(row->block_uuid);
}

}  // namespace

std::string_view pipeline_of(const Instance& instance, const Transition& t) {
    const Store& store = instance.store;
    Symbol symbol;
    if (t.subject == Subject::schedule) {
        if (const Schedule* row = store.schedule(ScheduleId{t.id})) symbol = row->pipeline_uuid;
    } else if (t.subject == Subject::backfill) {
        if (const Backfill* row = store.backfill(BackfillId{t.id})) symbol = row->pipeline_uuid;
    } else if (const Run* row = store.run(t.run)) {
        symbol = row->pipeline_uuid;
    }
    return store.symbols.text(symbol);
}

void write_transition(json::Writer& w, const Instance& instance, std::uint64_t number) {
    const Transition& t = instance.transitions[number];
    w.begin_object();
    w.member("number", static_cast<std::int64_t>(number));
    w.member("at", instant_text(t.at));
    w.member("at_us", t.at.us);
    w.member("subject", name_of(t.subject));
    w.member("id", t.id);
    w.key("pipeline_run_id");
    write_id(w, t.run.value);
    w.key("pipeline_uuid");
    write_text(w, pipeline_of(instance, t));
    w.key("block_uuid");
    write_text(w, block_uuid(instance, t));
    w.key("from");
    write_text(w, status_name(t.subject, t.from));
    w.key("to");
    write_text(w, status_name(t.subject, t.to));
    w.member("cause", name_of(t.cause));
    w.member("detail", t.detail);
    w.member("why", transition_why(instance, t));
    w.end_object();
}

}  // namespace runsim

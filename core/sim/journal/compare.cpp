#include "sim/journal/compare.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "json/write.hpp"
#include "sim/http/sim_answers.hpp"
#include "sim/http/transition_text.hpp"
#include "sim/journal/run_pairs.hpp"

namespace runsim {

namespace {

// How far a run or block run came, and when.
template <class Row>
bool came_equally_far(const Row& a, const Row& b) {
    return a.status == b.status && started_at(a) == started_at(b) && completed_at(a) == completed_at(b);
}

// A block run of each world, or of one of them.
struct BlockRunPair {
    std::string_view block;
    const BlockRun* a = nullptr;
    const BlockRun* b = nullptr;
};

// Returns the block runs that differ: first those that `a` has, by id.
std::vector<BlockRunPair> different_block_runs(const Instance& a, RunId run_a, const Instance& b, RunId run_b) {
    std::vector<BlockRunPair> pairs;
    for (const BlockRun& row : a.store.block_runs_of(run_a))
        pairs.push_back({a.store.symbols.text(row.block_uuid), &row, nullptr});
    for (const BlockRun& row : b.store.block_runs_of(run_b)) {
        const std::string_view block = b.store.symbols.text(row.block_uuid);
        const auto same = std::find_if(pairs.begin(), pairs.end(), [&](const BlockRunPair& pair) {
            return pair.b == nullptr && pair.block == block;
        });
        if (same == pairs.end())
            pairs.push_back({block, nullptr, &row});
        else
            same->b = &row;
    }
    std::erase_if(pairs, [](const BlockRunPair& pair) {
        return pair.a != nullptr && pair.b != nullptr && came_equally_far(*pair.a, *pair.b);
    });
    return pairs;
}

// The number of the first transition that both records may have.
std::uint64_t first_number(const Instance& a, const Instance& b) {
    return std::max(a.transitions.begin(), b.transitions.begin());
}

// Ids are equal in worlds of other projects, too.
bool same_pipeline(const Instance& a, const Instance& b, const Transition& t) {
    const std::string_view left = pipeline_of(a, t);
    const std::string_view right = pipeline_of(b, t);
    return left == right || left.empty() || right.empty();
}

// The number of the first transition that differs. Returns nullopt if there is none among those that both records have,
// or if they have none in common.
std::optional<std::uint64_t> first_difference(const Instance& a, const Instance& b) {
    const auto& left = a.transitions;
    const auto& right = b.transitions;
    const std::uint64_t end = std::min(left.end(), right.end());
    std::uint64_t number = first_number(a, b);
    if (number > end) return std::nullopt;
    while (number < end && left[number] == right[number] && same_pipeline(a, b, left[number])) ++number;
    if (number == std::max(left.end(), right.end())) return std::nullopt;
    return number;
}

void write_instant(json::Writer& w, std::string_view key, MaybeInstant at) {
    w.key(key);
    if (at)
        w.string(instant_text(*at));
    else
        w.null();
}

// Null if there is no such row.
template <class Row>
void write_state(json::Writer& w, std::string_view key, const Row* row) {
    w.key(key);
    if (row == nullptr) return w.null();
    w.begin_object();
    w.member("id", row->id.value);
    w.member("status", name_of(row->status));
    write_instant(w, "started_at", started_at(*row));
    write_instant(w, "completed_at", completed_at(*row));
    w.end_object();
}

// Writes the members that say which run it is.
void write_identity(json::Writer& w, const Instance& instance, const Run& run) {
    w.member("pipeline_uuid", instance.store.symbols.text(run.pipeline_uuid));
    w.member("pipeline_schedule_id", run.pipeline_schedule_id.value);
    write_instant(w, "execution_date", run.execution_date);
}

void write_transition_of(json::Writer& w, std::string_view key, const Instance& instance, std::uint64_t number) {
    w.key(key);
    if (number >= instance.transitions.begin() && number < instance.transitions.end())
        write_transition(w, instance, number);
    else
        w.null();
}

void write_first_transition(json::Writer& w, const Instance& a, const Instance& b) {
    w.key("first_transition");
    const auto number = first_difference(a, b);
    if (!number) return w.null();
    w.begin_object();
    w.member("number", static_cast<std::int64_t>(*number));
    write_transition_of(w, "a", a, *number);
    write_transition_of(w, "b", b, *number);
    w.end_object();
}

void write_lonely_runs(json::Writer& w, std::string_view key, const Instance& instance,
                       const std::vector<const Run*>& runs) {
    w.begin_array(key);
    for (const Run* run : runs) {
        w.begin_object();
        write_identity(w, instance, *run);
        write_state(w, "pipeline_run", run);
        w.end_object();
    }
    w.end_array();
}

void write_difference(json::Writer& w, const Instance& a, const Instance& b, const RunPair& pair) {
    const auto blocks = different_block_runs(a, pair.a->id, b, pair.b->id);
    if (blocks.empty() && came_equally_far(*pair.a, *pair.b)) return;
    w.begin_object();
    write_identity(w, a, *pair.a);
    write_state(w, "a", pair.a);
    write_state(w, "b", pair.b);
    w.begin_array("block_runs");
    for (const BlockRunPair& block : blocks) {
        w.begin_object();
        w.member("block_uuid", block.block);
        write_state(w, "a", block.a);
        write_state(w, "b", block.b);
        w.end_object();
    }
    w.end_array();
    w.end_object();
}

}  // namespace

std::string compare(const World& world_a, const World& world_b) {
    const Instance& a = world_a.instance();
    const Instance& b = world_b.instance();
    std::vector<const Run*> only_a;
    std::vector<const Run*> only_b;
    std::string text;
    json::Writer w(text);
    w.begin_object();
    w.member("now_a", instant_text(world_a.now()));
    w.member("now_b", instant_text(world_b.now()));
    w.member("record_from", static_cast<std::int64_t>(first_number(a, b)));
    write_first_transition(w, a, b);
    w.begin_array("pipeline_runs");
    for (const RunPair& pair : pair_runs(a, b)) {
        if (pair.a == nullptr)
            only_b.push_back(pair.b);
        else if (pair.b == nullptr)
            only_a.push_back(pair.a);
        else
            write_difference(w, a, b, pair);
    }
    w.end_array();
    write_lonely_runs(w, "only_in_a", a, only_a);
    write_lonely_runs(w, "only_in_b", b, only_b);
    w.end_object();
    return text;
}

}  // namespace runsim

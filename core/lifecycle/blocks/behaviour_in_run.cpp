#include "lifecycle/blocks/behaviour_in_run.hpp"

#include <algorithm>
#include <utility>

#include "lifecycle/blocks/block_variables.hpp"
#include "lifecycle/blocks/code_files.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

namespace {

bool has_variables(const Instance& instance, const Run& run, const json::Text& wanted) {
    const json::Value values = wanted.value();
    const json::Object variables = get_variables(instance, run);
    return std::all_of(values.object()->begin(), values.object()->end(), [&](const json::Member& member) {
        const json::Value* found = variables.find(member.key);
        return found != nullptr && json::python_equal(*found, member.value);
    });
}

bool holds(const Instance& instance, const RunRule& rule, const Run& run) {
    if (!rule.runs.empty()) {
        const auto& runs = instance.store.runs_by_id(run.pipeline_schedule_id);
        const auto number = static_cast<std::int64_t>(runs.rank(run.id)) + 1;
        if (!runs.contains(run.id) || !std::binary_search(rule.runs.begin(), rule.runs.end(), number)) return false;
    }
    if (rule.schedule) {
        const Schedule* schedule = instance.store.schedule(run.pipeline_schedule_id);
        if (schedule == nullptr || schedule->name != rule.schedule) return false;
    }
    return !rule.variables.has_value() || has_variables(instance, run, rule.variables);
}

auto place_of(auto& overrides, RunId run, Symbol block_uuid) {
    return std::lower_bound(overrides.begin(), overrides.end(), std::pair(run, block_uuid),
                            [](const RunOverride& entry, const std::pair<RunId, Symbol>& key) {
                                return std::pair(entry.run, entry.block_uuid) < key;
                            });
}

const BlockBehaviourChange* find(const Instance& instance, RunId run, Symbol block_uuid) {
    const auto at = place_of(instance.run_overrides, run, block_uuid);
    const bool found = at != instance.run_overrides.end() && at->run == run && at->block_uuid == block_uuid;
    return found ? &at->change : nullptr;
}

// Returns how a block behaves that Mage cannot run: it fails, or its worker ends and it runs for ever. Returns nullopt
// if Mage can run it.
std::optional<BlockBehaviourChange> fate_of(const Instance& instance, const BlockFacts& facts) {
    if (facts.runs && instance.files.code.empty()) return std::nullopt;
    const Block& block = *facts.block;
    if (block.hangs) {
        return BlockBehaviourChange{.duration = DurationModel{DurationKind::fixed, kLongestDuration, kLongestDuration}};
    }
    std::string error = block.retry_error.empty() ? code_error(instance, block) : block.retry_error;
    if (error.empty()) return std::nullopt;
    return BlockBehaviourChange{.duration = DurationModel{DurationKind::fixed, {}, {}},
                                .attempts = std::vector{AttemptOutcome::fail},
                                .error = std::move(error),
                                .polls = 1};
}

}  // namespace

BehaviourInRun behaviour_in_run(const Instance& instance, const PipelineFacts& pipeline, const BlockFacts& block,
                                RunId id, Symbol block_uuid) {
    BehaviourInRun behaviour(block.block->model);
    if (const auto fate = fate_of(instance, block)) {
        behaviour.change(*fate);
        return behaviour;
    }
    const std::vector<RunRule>& rules = pipeline.pipeline->rules;
    if (rules.empty() && instance.run_overrides.empty()) return behaviour;
    const auto index = static_cast<std::uint32_t>(&block - pipeline.blocks.data());
    const Run* run = instance.store.run(id);
    for (const RunRule& rule : rules) {
        const auto change = std::find_if(rule.blocks.begin(), rule.blocks.end(),
                                         [index](const auto& entry) { return entry.first == index; });
        if (change != rule.blocks.end() && run != nullptr && holds(instance, rule, *run))
            behaviour.change(change->second);
    }
    if (const BlockBehaviourChange* change = find(instance, id, block.block->symbol)) behaviour.change(*change);
    if (block_uuid != block.block->symbol)
        if (const BlockBehaviourChange* change = find(instance, id, block_uuid)) behaviour.change(*change);
    return behaviour;
}

Outcome set_run_override(Instance& instance, RunId id, std::string_view block_uuid, BlockBehaviourChange change) {
    const Run* run = instance.store.run(id);
    if (run == nullptr) return Error{"there is no run " + std::to_string(id.value)};
    const PipelineFacts* pipeline = pipeline_facts(instance, run);
    if (pipeline == nullptr || block_named(instance, *pipeline, block_uuid) == PipelineFacts::kNoBlock)
        return Error{"pipeline \"" + std::string(instance.store.symbols.text(run->pipeline_uuid)) +
                     "\" has no block \"" + std::string(block_uuid) + "\""};
    const Symbol symbol = instance.store.symbols.intern(block_uuid);  // a child may not exist yet
    auto& overrides = instance.run_overrides;
    const auto at = place_of(overrides, id, symbol);
    const bool there = at != overrides.end() && at->run == id && at->block_uuid == symbol;
    if (change == BlockBehaviourChange()) {
        if (there) overrides.erase(at);
    } else if (there) {
        at->change = std::move(change);
    } else if (overrides.size() == kMostRunOverrides) {
        return Error{"at most " + std::to_string(kMostRunOverrides) + " blocks of runs can behave otherwise"};
    } else {
        overrides.insert(at, {id, symbol, std::move(change)});
    }
    return Done{};
}

std::vector<RunOverride> run_overrides_of(const Instance& instance, RunId run) {
    const auto& overrides = instance.run_overrides;
    return {place_of(overrides, run, Symbol()), place_of(overrides, RunId{run.value + 1}, Symbol())};
}

void forget_run_overrides(Instance& instance, RunId run) {
    auto& overrides = instance.run_overrides;
    overrides.erase(place_of(overrides, run, Symbol()), place_of(overrides, RunId{run.value + 1}, Symbol()));
}

}  // namespace runsim

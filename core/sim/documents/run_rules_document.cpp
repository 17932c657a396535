#include <algorithm>

#include "sim/documents/behaviour_document.hpp"

#include "base/sort_stably.hpp"

namespace runsim {

namespace {

constexpr std::size_t kMostRules = 1'000;
constexpr std::size_t kMostNumbers = 1'000;
constexpr std::int64_t kMostNumber = 1'000'000'000;

bool is_run_number(const json::Value& value) {
    return value.integer() != nullptr && *value.integer() >= 1 && *value.integer() <= kMostNumber;
}

// 3, or [3, 4]: the numbers of runs of one schedule.
std::vector<std::int64_t> read_numbers(const Fields& when) {
    std::vector<std::int64_t> numbers;
    const json::Value* value = when.find("run");
    if (!value) return numbers;
    if (is_run_number(*value)) return {*value->integer()};
    const json::Array* list = value->array();
    if (list && !list->empty() && list->size() <= kMostNumbers &&
        std::all_of(list->begin(), list->end(), is_run_number)) {
        for (const json::Value& number : *list) numbers.push_back(*number.integer());
        sort_stably(numbers);
        return numbers;
    }
    when.refuse("run", *value, "the number of a run of its schedule, from 1, or a list of such numbers");
    return numbers;
}

RunRule read_when(const Fields& entry) {
    RunRule rule;
    const json::Object* object = entry.object("when");
    if (!object) {
        if (!entry.find("when")) entry.complain("when", "is missing");
        return rule;
    }
    const Fields when(entry.problems(), entry.place().key("when"), *object, NullIs::wrong);
    when.allow_only({"run", "schedule", "variables"});
    if (object->empty())
        entry.complain("when",
                       "says nothing: it needs \"run\", \"schedule\" or \"variables\" (what holds for all runs "
                       "stands in \"blocks\")");
    rule.runs = read_numbers(when);
    rule.schedule = when.nonempty_text("schedule");
    if (const json::Object* variables = when.object("variables")) {
        if (variables->empty()) when.complain("variables", "names no variable");
        rule.variables = json::Text::of(json::Value(*variables));
    }
    return rule;
}

void read_rule(const Fields& entry, Project& project) {
    entry.allow_only({"when", "blocks"});
    const RunRule rule = read_when(entry);
    const json::Object* blocks = entry.object("blocks");
    if (!blocks) {
        if (!entry.find("blocks")) entry.complain("blocks", "is missing");
        return;
    }
    const BlockModels models =
        read_block_models(Fields(entry.problems(), entry.place().key("blocks"), *blocks, NullIs::wrong), project);
    for (Pipeline& pipeline : project.pipelines) {
        RunRule own = rule;
        for (std::uint32_t i = 0; i < pipeline.blocks.size(); ++i) {
            BlockBehaviourChange change = merged_change(models, pipeline.uuid, pipeline.blocks[i].uuid);
            if (change != BlockBehaviourChange()) own.blocks.emplace_back(i, std::move(change));
        }
        if (!own.blocks.empty()) pipeline.rules.push_back(std::move(own));
    }
}

}  // namespace

void read_run_rules(const json::Array& list, const Place& place, Project& project, Problems& problems) {
    if (list.size() > kMostRules)
        return problems.add(place, "has " + std::to_string(list.size()) + " entries; at most " +
                                       std::to_string(kMostRules) + " are possible");
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (const json::Object* entry = list[i].object())
            read_rule(Fields(problems, place.item(i), *entry, NullIs::wrong), project);
        else
            problems.add(place.item(i), shown(list[i]) + " is not an object of \"when\" and \"blocks\"");
    }
}

}  // namespace runsim

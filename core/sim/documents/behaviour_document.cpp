#include "sim/documents/behaviour_document.hpp"

#include <algorithm>

#include "base/contains.hpp"
#include "sim/reading/nearest.hpp"
#include "sim/reading/time_text.hpp"

namespace runsim {

namespace {

constexpr std::int64_t kMostItems = 10'000;
constexpr std::int64_t kMostPolls = 1'000'000;
constexpr std::size_t kMostAttempts = 1'000;
constexpr std::size_t kMostOutputBytes = 65'536;  // as JSON
constexpr std::size_t kMostCalls = 100;
constexpr Duration kShortestPoll = Duration::milliseconds(1);

// "0.2s", ["1s", "3s"], {"typical": "2s", "at_most": "60s"}
std::optional<DurationModel> read_duration(const Fields& entry) {
    const json::Value* value = entry.find("duration");
    if (!value) return std::nullopt;
    if (const auto fixed = duration_of(*value)) return DurationModel{DurationKind::fixed, *fixed, *fixed};
    if (const json::Array* range = value->array()) {
        const auto low = range->size() == 2 ? duration_of((*range)[0]) : std::nullopt;
        const auto high = range->size() == 2 ? duration_of((*range)[1]) : std::nullopt;
        if (low && high && *low <= *high) return DurationModel{DurationKind::range, *low, *high};
        entry.refuse("duration", *value, "a range of durations (such as [\"1s\", \"3s\"], the shorter one first)");
        return std::nullopt;
    }
    if (const json::Object* tail = value->object()) {
        const std::size_t before = entry.problems().size();
        const Fields fields(entry.problems(), entry.place().key("duration"), *tail, NullIs::wrong);
        fields.allow_only({"typical", "at_most"});
        const auto typical = fields.duration("typical");
        const auto at_most = fields.duration("at_most");
        if (typical && at_most && *typical <= *at_most)
            return DurationModel{DurationKind::long_tail, *typical, *at_most};
        if (entry.problems().size() == before)
            entry.refuse("duration", *value, "{\"typical\": \"2s\", \"at_most\": \"60s\"}, the shorter one first");
        return std::nullopt;
    }
    entry.refuse("duration", *value, kDurationExpected);
    return std::nullopt;
}

std::optional<AttemptOutcome> outcome_of(const std::string& name) {
    if (name == "ok") return AttemptOutcome::ok;
    if (name == "fail") return AttemptOutcome::fail;
    return std::nullopt;
}

std::optional<std::vector<AttemptOutcome>> read_attempts(const Fields& entry) {
    const auto outcome = entry.choice("outcome", {"ok", "fail"});
    if (outcome && entry.find("attempts")) {
        entry.complain("outcome", "cannot be combined with \"attempts\"; use only one of them");
        return std::nullopt;
    }
    if (outcome) return std::vector{*outcome_of(*outcome)};
    const auto names = entry.texts("attempts");
    if (!names) return std::nullopt;
    std::vector<AttemptOutcome> attempts;
    for (const std::string& name : *names)
        if (const auto attempt = outcome_of(name)) attempts.push_back(*attempt);
    if (!attempts.empty() && attempts.size() == names->size() && attempts.size() <= kMostAttempts) return attempts;
    entry.refuse("attempts", *entry.find("attempts"), "a list of 1 to 1000 of \"ok\" and \"fail\"");
    return std::nullopt;
}

// "Type: message", the last line of a Python traceback.
std::optional<std::string> read_error(const Fields& entry) {
    auto error = entry.text("error");
    if (!error) return std::nullopt;
    const std::size_t colon = error->find(": ");
    const auto is_name_part = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    };
    const bool named = colon != std::string::npos && colon > 0 && error->front() > '9' &&
                       std::all_of(error->begin(), error->begin() + static_cast<std::ptrdiff_t>(colon), is_name_part);
    if (named && colon + 2 < error->size()) return error;
    entry.refuse("error", *entry.find("error"), "a type and a message (such as \"ValueError: boom\")");
    return std::nullopt;
}

bool is_table(const json::Value& value) {
    const json::Object* table = value.object();
    const json::Array* columns = table ? table->array("columns") : nullptr;
    const json::Array* rows = table ? table->array("rows") : nullptr;
    if (!columns || !rows || table->size() != 2) return false;
    return std::all_of(columns->begin(), columns->end(), [](const json::Value& v) { return v.string() != nullptr; }) &&
           std::all_of(rows->begin(), rows->end(), [columns](const json::Value& row) {
               return row.array() && row.array()->size() == columns->size() &&
                      std::none_of(row.array()->begin(), row.array()->end(),
                                   [](const json::Value& cell) { return cell.array() || cell.object(); });
           });
}

// A value, or a list of values that are not lists. Mage converts lists of lists to tables in its own ways.
bool is_returned(const json::Value& value) {
    const json::Array* several = value.array();
    return !several || std::none_of(several->begin(), several->end(),
                                    [](const json::Value& item) { return item.array() != nullptr; });
}

std::optional<BlockOutput> read_output(const Fields& entry) {
    const json::Value* value = entry.find("output");
    const json::Value* table = entry.find("output_table");
    if (value && table) {
        entry.complain("output", "cannot be combined with \"output_table\"; use only one of them");
        return std::nullopt;
    }
    if (!value && !table) return std::nullopt;
    const std::string_view key = value ? "output" : "output_table";
    BlockOutput output{json::Text::of(value ? *value : *table), !value};
    if (value && !is_returned(*value)) {
        entry.refuse(key, *value, "a value, or a list of values that are no lists");
    } else if (table && !is_table(*table)) {
        entry.refuse(
            key, *table,
            "a table: {\"columns\": [\"a\"], \"rows\": [[1], [2]]}, with texts, numbers, true, false and null");
    } else if (output.value.json().size() > kMostOutputBytes) {
        entry.complain(key, "has " + std::to_string(output.value.json().size()) + " bytes as JSON; at most " +
                                std::to_string(kMostOutputBytes) + " are possible");
    } else {
        return output;
    }
    return std::nullopt;
}

PipelineCall read_call(const Fields& fields) {
    fields.allow_only({"pipeline_uuid", "variables", "schedule_name", "check_status", "error_on_failure",
                       "poll_interval", "poll_timeout"});
    PipelineCall call;
    if (const auto uuid = fields.nonempty_text("pipeline_uuid"))
        call.pipeline_uuid = *uuid;
    else if (!fields.find("pipeline_uuid"))
        fields.complain("pipeline_uuid", "is missing");
    if (const json::Object* variables = fields.object("variables"))
        call.variables = json::Text::of(json::Value(*variables));
    if (const auto name = fields.nonempty_text("schedule_name")) call.schedule_name = *name;
    call.check_status = fields.boolean("check_status").value_or(false);
    call.error_on_failure = fields.boolean("error_on_failure").value_or(false);
    if (const auto interval = fields.duration("poll_interval")) {
        if (*interval < kShortestPoll)
            fields.refuse("poll_interval", *fields.find("poll_interval"), "a duration of at least \"1ms\"");
        else
            call.poll_interval = *interval;
    }
    call.poll_timeout = fields.duration("poll_timeout");
    for (const std::string_view key : {"error_on_failure", "poll_interval", "poll_timeout"})
        if (!call.check_status && fields.find(key))
            fields.complain(key, "has no effect without \"check_status\": true");
    return call;
}

// One call, or a list of calls.
std::optional<std::vector<PipelineCall>> read_calls(const Fields& entry) {
    constexpr std::string_view kKey = "trigger_pipeline";
    const json::Value* value = entry.find(kKey);
    if (!value) return std::nullopt;
    const Place place = entry.place().key(kKey);
    const auto read = [&](const json::Object& object, Place at) {
        return read_call(Fields(entry.problems(), std::move(at), object, NullIs::wrong));
    };
    if (const json::Object* object = value->object()) return std::vector{read(*object, place)};
    const json::Array* list = value->array();
    if (!list || list->size() > kMostCalls ||
        !std::all_of(list->begin(), list->end(), [](const json::Value& item) { return item.object(); })) {
        entry.refuse(kKey, *value, "a call (such as {\"pipeline_uuid\": \"other\"}), or a list of at most 100 of them");
        return std::nullopt;
    }
    std::vector<PipelineCall> calls;
    for (std::size_t i = 0; i < list->size(); ++i) calls.push_back(read(*(*list)[i].object(), place.item(i)));
    return calls;
}

}  // namespace

BlockBehaviourChange read_block_model(const Fields& fields) {
    fields.allow_only({"duration", "outcome", "attempts", "fails_ppm", "error", "condition", "items", "polls", "output",
                       "output_table", "trigger_pipeline"});
    BlockBehaviourChange entry;
    entry.duration = read_duration(fields);
    entry.attempts = read_attempts(fields);
    if (const auto ppm = fields.integer("fails_ppm", 0, 1'000'000)) entry.fails_ppm = static_cast<std::uint32_t>(*ppm);
    entry.error = read_error(fields);
    entry.condition = fields.boolean("condition");
    entry.items = fields.integer("items", 0, kMostItems);
    entry.polls = fields.integer("polls", 0, kMostPolls);
    entry.output = read_output(fields);
    entry.trigger_pipeline = read_calls(fields);
    return entry;
}

namespace {

std::vector<std::string_view> uuids(const auto& things) {
    std::vector<std::string_view> names;
    for (const auto& thing : things) names.push_back(thing.uuid);
    return names;
}

std::string no_pipeline(const Project& project, std::string_view uuid) {
    return "there is no pipeline " + quoted(uuid) + " (there are: " + listed(uuids(project.pipelines)) + ")";
}

void check_key(const Fields& blocks, const std::string& key, const Project& project) {
    if (key == "*") return;
    const Place place = blocks.place().quoted_key(key);
    const std::size_t slash = key.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 == key.size()) {
        blocks.problems().add(place, "no block is named like that: write \"*\", \"pipeline/*\" or \"pipeline/block\"");
        return;
    }
    const std::string pipeline_uuid = key.substr(0, slash);
    const std::string block_uuid = key.substr(slash + 1);
    const Pipeline* pipeline = project.find_pipeline(pipeline_uuid);
    if (!pipeline && project.find_broken(pipeline_uuid)) return;  // its blocks cannot be read
    if (!pipeline) {
        blocks.problems().add(place, no_pipeline(project, pipeline_uuid));
        return;
    }
    if (block_uuid == "*" || pipeline->find_block(block_uuid)) return;
    for (const auto* attached : {&pipeline->conditionals, &pipeline->callbacks}) {
        const auto names = uuids(*attached);
        if (!contains(names, block_uuid)) continue;
        blocks.problems().add(
            place, quoted(block_uuid) + " has no block run of its own: describe the blocks that it is attached to");
        return;
    }
    blocks.problems().add(place, "pipeline " + quoted(pipeline_uuid) + " has no block " + quoted(block_uuid) +
                                     " (it has: " + listed(uuids(pipeline->blocks)) + ")");
}

void check_calls(const BlockBehaviourChange& change, Problems& problems, const Place& place, const Project& project) {
    if (!change.trigger_pipeline) return;
    for (const PipelineCall& call : *change.trigger_pipeline)
        if (!call.pipeline_uuid.empty() && !project.find_pipeline(call.pipeline_uuid))
            problems.add(place, no_pipeline(project, call.pipeline_uuid));
}

}  // namespace

BlockModels read_block_models(const Fields& blocks, const Project& project) {
    BlockModels models;
    for (const json::Member& member : blocks.object()) {
        check_key(blocks, member.key, project);
        const Place place = blocks.place().quoted_key(member.key);
        if (const json::Object* entry = member.value.object()) {
            const BlockBehaviourChange& change = models[member.key] =
                read_block_model(Fields(blocks.problems(), place, *entry, NullIs::wrong));
            check_calls(change, blocks.problems(), place.key("trigger_pipeline"), project);
        } else {
            blocks.problems().add(place, shown(member.value) + " is not an object of keys and values");
        }
    }
    return models;
}

}  // namespace runsim

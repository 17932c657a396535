#include <algorithm>

#include "base/contains.hpp"
#include "json/loose_values.hpp"
#include "json/write.hpp"
#include "sim/documents/pipeline_document.hpp"
#include "sim/reading/nearest.hpp"
#include "sim/reading/time_text.hpp"

namespace runsim {

namespace {

using json::Object;
using json::Value;

constexpr std::int64_t kMostSeconds = kLongestDuration.us / 1'000'000;
constexpr std::int64_t kMostRetries = 1'000'000;

bool never_runs(std::string_view type) { return type == "chart" || type == "markdown" || type == "scratchpad"; }

// Python's int(timeout); a falsy value means none, and so does one of which int() makes nothing.
std::optional<std::int64_t> read_timeout(const Object& entry, const Place& place, Notes& notes) {
    const Value& value = value_of(entry, "timeout");
    if (!value.truthy()) return std::nullopt;
    if (const auto seconds = python_int(value)) return std::clamp(*seconds, -kMostSeconds, kMostSeconds);
    add_note(notes, place.key("timeout"),
             shown(value) + " is not a number of seconds: as in Mage, there is no timeout");
    return std::nullopt;
}

// `dynamic: true` and `reduce_output: true`, nothing else that is truthy (lifecycle.md 2.10).
bool is_true(const Object& configuration, std::string_view key) {
    const bool* value = configuration.boolean(key);
    return value && *value;
}

// What the worker of each attempt makes of an entry that Mage could load.
void read_fate(const Object& entry, const Place& place, Block& block, Notes& notes) {
    const auto fails = [&](std::string_view key, std::string error) {
        block.code_error = std::move(error);
        add_note(notes, place.key(key),
                 shown(value_of(entry, key)) + ": the block fails, as in Mage: " + block.code_error);
    };
    const auto hangs = [&](std::string_view key) {
        block.hangs = true;
        add_note(notes, place.key(key),
                 shown(value_of(entry, key)) + ": as in Mage, the block's worker ends and the block runs for ever");
    };
    const Value& language = value_of(entry, "language");
    if (language.string() && !language.string()->empty() && !is_language(*language.string()))
        fails("language", "KeyError: " + json::python_repr(language));
    if (const Value& retry = value_of(entry, "retry_config"); retry.truthy() && !retry.object()) hangs("retry_config");
    if (const Value& executor = value_of(entry, "executor_type"); executor.truthy() && !executor.string())
        hangs("executor_type");
    const Value& replicated = value_of(entry, "replicated_block");
    if (replicated.string() && !replicated.string()->empty() && *replicated.string() == block.uuid)
        fails("replicated_block", "RecursionError: maximum recursion depth exceeded");
}

}  // namespace

RetryConfig read_retry_config(const Object& config, const Place& config_place, RetryConfig inherited,
                              std::string* fault, Notes& notes) {
    const Object* retry = config.object("retry_config");
    if (!retry) return inherited;
    const Place place = config_place.key("retry_config");
    const auto fails = [&](std::string_view key, std::string_view complaint, std::string error) {
        if (fault) *fault = std::move(error);
        add_note(notes, place.key(key),
                 std::string(complaint) +
                     (fault ? ": the block fails, as in Mage" : ": in Mage, each block fails; here it is ignored"));
    };
    const Fields::Names known = {"retries", "delay", "max_delay", "exponential_backoff"};
    for (const json::Member& member : *retry)
        if (!contains(known, member.key))
            fails(member.key, no_such_key(member.key, known),
                  "TypeError: RetryConfig.__init__() got an unexpected keyword argument '" + member.key + "'");
    const auto seconds = [&](std::string_view key, Duration& duration) {
        const Value& value = value_of(*retry, key);
        if (value.is_null()) return;
        const auto read = value.string() ? std::nullopt : duration_of(value);
        if (read)
            duration = *read;
        else
            add_note(notes, place.key(key), shown(value) + " is not a number of seconds; it is ignored");
    };
    if (const Value& retries = value_of(*retry, "retries"); !retries.is_null()) {
        const auto number = retries.integer() || retries.boolean() ? python_int(retries) : std::nullopt;
        if (number)
            inherited.retries = std::clamp<std::int64_t>(*number, 0, kMostRetries);
        else
            fails("retries", shown(retries) + " is not a whole number",
                  "TypeError: can only concatenate " + std::string(retries.python_type()) + " (not \"int\") to " +
                      std::string(retries.python_type()));
    }
    seconds("delay", inherited.delay);
    seconds("max_delay", inherited.max_delay);
    if (const Value* exponential = retry->find("exponential_backoff"))
        inherited.exponential_backoff = exponential->truthy();
    return inherited;
}

BlockText read_block(const Object& entry, const Place& place, const RetryConfig& project_retry, Notes& notes) {
    BlockText text{{},
                   place,
                   texts_of(entry, "upstream_blocks"),
                   texts_of(entry, "downstream_blocks"),
                   value_of(entry, "has_callback").truthy()};
    Block& block = text.block;
    const Value& uuid = value_of(entry, "uuid");
    block.uuid = uuid.string() ? *uuid.string() : json::python_repr(uuid);
    if (!uuid.string()) {
        block.waits_for_ever = true;
        add_note(notes, place.key("uuid"), shown(uuid) + " is not a text: as in Mage, the block never starts");
    }
    block.name = text_or(entry, "name", block.uuid);
    block.type = text_or(entry, "type", "");
    block.language = text_or(entry, "language", "");
    block.color = text_or(entry, "color", "");
    if (const std::string* replicated = entry.text("replicated_block"); replicated && !replicated->empty())
        block.replicated_block = *replicated;
    block.executable = !never_runs(block.type);
    block.timeout = read_timeout(entry, place, notes);
    block.retry = read_retry_config(entry, place, project_retry, &block.retry_error, notes);
    if (const Object* configuration = entry.object("configuration")) {
        block.dynamic = is_true(*configuration, "dynamic");
        block.reduce_output = is_true(*configuration, "reduce_output");
    }
    read_fate(entry, place, block, notes);
    return text;
}

}  // namespace runsim

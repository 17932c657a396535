#include "lifecycle/blocks/block_entry.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/contains.hpp"
#include "json/loose_values.hpp"
#include "json/write.hpp"
#include "lifecycle/blocks/code_files.hpp"

namespace runsim {

namespace {

using json::Object;
using json::Value;

constexpr std::int64_t kMostSeconds = kLongestDuration.us / 1'000'000;
constexpr std::int64_t kMostRetries = 1'000'000;

// Python's int(timeout); a falsy value means none, and so does one of which int() makes nothing.
std::optional<std::int64_t> read_timeout(const Object& entry, EntryFaults& faults) {
    const Value& value = value_of(entry, "timeout");
    if (!value.truthy()) return std::nullopt;
    if (const auto seconds = python_int(value)) return std::clamp(*seconds, -kMostSeconds, kMostSeconds);
    faults.push_back({"timeout", "", &value, " is not a number of seconds: as in Mage, there is no timeout"});
    return std::nullopt;
}

// `dynamic: true` and `reduce_output: true`, nothing else that is truthy (lifecycle.md 2.10).
bool is_true(const Object& entry, std::string_view key) {
    const Object* configuration = entry.object("configuration");
    const bool* value = configuration ? configuration->boolean(key) : nullptr;
    return value && *value;
}

bool is_other_than_text(const Value& value) { return value.truthy() && !value.string(); }

// There is one attempt more than retries. Attempts are counted up, so half a retry is none.
std::optional<std::int64_t> read_retries(const Value& value) {
    const auto number = value.string() ? std::nullopt : python_int(value);
    return number ? std::optional(std::clamp<std::int64_t>(*number, 0, kMostRetries)) : std::nullopt;
}

// What Python raises at `value + 1`.
std::string no_sum(const Value& value) {
    const std::string type(value.python_type());
    if (value.string() || value.array()) return "TypeError: can only concatenate " + type + " (not \"int\") to " + type;
    return "TypeError: unsupported operand type(s) for +: '" + type + "' and 'int'";
}

}  // namespace

const json::Array& entries_of(const Object& file, std::string_view list) {
    static const json::Array kNone;
    const json::Array* entries = file.array(list);
    return entries ? *entries : kNone;
}

const Object* entry_of(const Object& file, std::string_view list, std::string_view uuid) {
    for (const Value& value : entries_of(file, list)) {
        const std::string* own = value.object() ? value.object()->text("uuid") : nullptr;
        if (own && *own == uuid) return value.object();
    }
    return nullptr;
}

Object* entry_of(Object& file, std::string_view list, std::string_view uuid) {
    return const_cast<Object*>(entry_of(std::as_const(file), list, uuid));
}

RetryConfig read_retry_config(const Object& config, RetryConfig inherited, std::string* error, EntryFaults& faults) {
    const Object* retry = config.object("retry_config");
    if (!retry) return inherited;
    const auto fails = [&](const json::Member& member, const Value* value, std::string_view says, std::string raised) {
        if (error) *error = std::move(raised);
        faults.push_back({"retry_config", member.key, value,
                          std::string(says) + (error ? ": the block fails, as in Mage"
                                                     : ": in Mage, each block fails; here it is ignored")});
    };
    bool again = true;
    for (const json::Member& member : *retry) {
        if (member.key == "retries") {
            if (const auto retries = read_retries(member.value))
                inherited.retries = *retries;
            else
                fails(member, &member.value, " is not a number", no_sum(member.value));
        } else if (member.key == "exponential_backoff") {
            inherited.exponential_backoff = member.value.truthy();
        } else if (member.key == "delay" || member.key == "max_delay") {
            if (const auto seconds = seconds_of(member.value)) {
                (member.key == "delay" ? inherited.delay : inherited.max_delay) = *seconds;
            } else {
                again = false;
                faults.push_back({"retry_config", member.key, &member.value,
                                  " is not a number of seconds: as in Mage, there is no second attempt"});
            }
        } else {
            fails(member, nullptr, "",
                  "TypeError: RetryConfig.__init__() got an unexpected keyword argument '" + member.key + "'");
        }
    }
    if (!again) inherited.max_delay = Duration();
    return inherited;
}

void read_entry(const Object& entry, const Object& file, const RetryConfig& project_retry, Block& block,
                EntryFaults& faults) {
    const auto fault = [&](std::string_view key, std::string says) {
        faults.push_back({key, "", &value_of(entry, key), std::move(says)});
    };
    const auto fails = [&](std::string_view key, std::string error) {
        block.code_error = std::move(error);
        fault(key, ": the block fails, as in Mage: " + block.code_error);
    };
    const auto hangs = [&](std::string_view key) {
        block.hangs = true;
        fault(key, ": as in Mage, the block's worker ends and the block runs for ever");
    };
    block.timeout = read_timeout(entry, faults);
    block.retry_error.clear();
    block.retry = read_retry_config(entry, project_retry, &block.retry_error, faults);
    block.dynamic = is_true(entry, "dynamic");
    block.reduce_output = is_true(entry, "reduce_output");
    block.function_file = function_path(entry, original_of(file, entry));
    block.code_error.clear();
    const Value& language = value_of(entry, "language");
    if (language.string() && !language.string()->empty() && code_ending(*language.string()).empty())
        fails("language", "KeyError: " + json::python_repr(language));
    const Value& replicated = value_of(entry, "replicated_block");
    if (replicated.string() && !replicated.string()->empty() && *replicated.string() == block.uuid)
        fails("replicated_block", "RecursionError: maximum recursion depth exceeded");
    block.hangs = is_other_than_text(value_of(file, "executor_type"));
    if (const Value& retry = value_of(entry, "retry_config"); retry.truthy() && !retry.object()) hangs("retry_config");
    if (is_other_than_text(value_of(entry, "executor_type"))) hangs("executor_type");
}

}  // namespace runsim

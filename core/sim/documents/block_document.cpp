#include <algorithm>

#include "base/text/text.hpp"
#include "sim/documents/pipeline_document.hpp"
#include "sim/reading/nearest.hpp"
#include "sim/reading/time_text.hpp"

namespace runsim {

namespace {

constexpr std::int64_t kMostSeconds = kLongestDuration.us / 1'000'000;

// lifecycle.md 10.4
const Fields::Names kBlockTypes = {"callback",    "chart",      "conditional",   "custom",    "data_exporter",
                                   "data_loader", "dbt",        "dynamic_child", "extension", "global_data_product",
                                   "group",       "hook",       "markdown",      "pipeline",  "scratchpad",
                                   "sensor",      "transformer"};

bool never_runs(std::string_view type) { return type == "chart" || type == "markdown" || type == "scratchpad"; }

void read_type(const Fields& entry, std::string_view pipeline_uuid, Block& block) {
    const auto type = entry.text("type");
    if (type && std::find(kBlockTypes.begin(), kBlockTypes.end(), *type) != kBlockTypes.end()) {
        block.type = *type;
        return;
    }
    const json::Value* written = entry.find("type");
    if (written && !written->string()) return;  // has been reported
    std::string complaint = "Error loading pipeline (" + std::string(pipeline_uuid) + "): Invalid block type (" +
                            (written ? *written->string() : "none") + ")";
    if (const auto meant = written ? nearest(*type, kBlockTypes) : std::string_view(); !meant.empty())
        complaint.append("; did you mean ").append(quoted(meant)).append("?");
    else
        complaint.append(" (there are: ").append(listed(kBlockTypes)).append(")");
    entry.complain("type", complaint);
}

// Python's int(timeout); a falsy value means none.
std::optional<std::int64_t> read_timeout(const Fields& entry) {
    const json::Value* value = entry.find("timeout");
    if (!value || !value->truthy()) return std::nullopt;
    std::optional<std::int64_t> seconds;
    if (const std::int64_t* integer = value->integer()) {
        seconds = *integer;
    } else if (const double* real = value->real()) {
        if (*real >= 0 && *real <= static_cast<double>(kMostSeconds)) seconds = static_cast<std::int64_t>(*real);
    } else if (const std::string* text = value->string()) {
        if (const auto parsed = parse_python_int(*text)) seconds = parsed->value;
    }
    if (seconds && *seconds >= 0 && *seconds <= kMostSeconds) return seconds;
    entry.refuse("timeout", *value, "a number of seconds");
    return std::nullopt;
}

// `dynamic: true` and `reduce_output: true`, nothing else that is truthy (lifecycle.md 2.10).
bool is_true(const json::Object& configuration, std::string_view key) {
    const json::Value* value = configuration.find(key);
    return value && value->boolean() && *value->boolean();
}

std::optional<Duration> read_seconds(const Fields& config, std::string_view key) {
    const json::Value* value = config.find(key);
    if (!value) return std::nullopt;
    if (!value->string())
        if (const auto duration = duration_of(*value)) return duration;
    config.refuse(key, *value, "a number of seconds");
    return std::nullopt;
}

}  // namespace

RetryConfig read_retry_config(const Fields& config, RetryConfig inherited) {
    const json::Object* object = config.object("retry_config");
    if (!object) return inherited;
    const Fields retry(config.problems(), config.place().key("retry_config"), *object, NullIs::absent);
    // Mage hands every key to the constructor, which raises a TypeError for one that it does not know.
    retry.allow_only({"retries", "delay", "max_delay", "exponential_backoff"});
    if (const auto retries = retry.integer("retries", 0, 1'000'000)) inherited.retries = *retries;
    if (const auto delay = read_seconds(retry, "delay")) inherited.delay = *delay;
    if (const auto max_delay = read_seconds(retry, "max_delay")) inherited.max_delay = *max_delay;
    if (const auto exponential = retry.boolean("exponential_backoff")) inherited.exponential_backoff = *exponential;
    return inherited;
}

BlockText read_block(const Fields& entry, std::string_view pipeline_uuid, const RetryConfig& project_retry) {
    BlockText text;
    Block& block = text.block;
    if (const auto uuid = entry.nonempty_text("uuid"))
        block.uuid = *uuid;
    else if (!entry.find("uuid"))
        entry.complain("uuid", "is missing");
    block.name = entry.text("name").value_or(block.uuid);
    read_type(entry, pipeline_uuid, block);
    block.language = entry.text("language").value_or("");
    block.color = entry.text("color").value_or("");
    block.replicated_block = entry.text("replicated_block");
    block.executable = !never_runs(block.type);
    block.timeout = read_timeout(entry);
    block.retry = read_retry_config(entry, project_retry);
    if (const json::Object* configuration = entry.object("configuration")) {
        block.dynamic = is_true(*configuration, "dynamic");
        block.reduce_output = is_true(*configuration, "reduce_output");
    }
    text.upstream = entry.texts("upstream_blocks").value_or(std::vector<std::string>());
    text.downstream = entry.texts("downstream_blocks").value_or(std::vector<std::string>());
    text.has_callback = entry.boolean("has_callback").value_or(false);
    return text;
}

}  // namespace runsim

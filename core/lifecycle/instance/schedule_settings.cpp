#include "lifecycle/instance/schedule_settings.hpp"

#include <cmath>

#include "base/text/text.hpp"

namespace runsim {
namespace {

// Python's int(value).
std::optional<std::int64_t> to_int(const json::Value& value) {
    if (const auto* integer = value.integer()) return *integer;
    if (const auto* boolean = value.boolean()) return *boolean ? 1 : 0;
    if (const auto* real = value.real(); real != nullptr && std::abs(*real) < 9e18)
        return static_cast<std::int64_t>(*real);
    if (const auto* text = value.string())
        if (const auto number = parse_python_int(*text)) return number->value;
    return std::nullopt;
}

}  // namespace

ScheduleSettings parse_settings(const json::Text& settings) {
    ScheduleSettings result;
    if (!settings.has_value() || settings.json() == "{}") return result;
    const json::Value value = settings.value();
    const json::Object* object = value.object();
    if (object == nullptr) return result;

    const auto is_on = [&](std::string_view key) {
        const json::Value* found = object->find(key);
        return found != nullptr && found->truthy();
    };
    result.skip_if_previous_running = is_on("skip_if_previous_running");
    result.allow_blocks_to_fail = is_on("allow_blocks_to_fail");
    result.create_initial_pipeline_run = is_on("create_initial_pipeline_run");
    result.landing_time_enabled = is_on("landing_time_enabled");
    if (const auto* limit = object->find("pipeline_run_limit")) result.pipeline_run_limit = to_int(*limit);
    if (is_on("timeout")) result.timeout = to_int(*object->find("timeout"));
    if (is_on("timeout_status")) {
        if (const auto* status = object->find("timeout_status")->string()) result.timeout_status = *status;
    }
    return result;
}

}  // namespace runsim

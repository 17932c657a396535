#include "lifecycle/rows/run_variables.hpp"

#include "base/text/text.hpp"

namespace runsim {

std::string execution_partition(const Run& run) {
    if (run.variables.has_value()) {
        const json::Value variables = run.variables.value();
        const json::Value* own = variables.object() ? variables.object()->find("execution_partition") : nullptr;
        if (own != nullptr && own->truthy() && own->string() != nullptr) return *own->string();
    }
    std::string partition;
    if (run.pipeline_schedule_id) {
        append_int(partition, run.pipeline_schedule_id.value);
    } else {
        partition = "None";  // str() of the missing id
    }
    if (run.execution_date) partition += "/" + partition_text(*run.execution_date, false);
    return partition;
}

json::Value configured_variables(const Schedule& schedule, const json::Value& variables, Instant execution_date) {
    json::Object configured = variables.object() ? *variables.object() : json::Object();
    std::string partition;
    append_int(partition, schedule.id.value);
    partition += '/';
    partition += partition_text(execution_date, true);
    configured.set("execution_partition", std::move(partition));
    return configured;
}

json::Value date_value(Instant date, DateStyle style) {
    return is_representable(date) ? json::Value(date_text(date, style)) : json::Value();
}

}  // namespace runsim

#include "lifecycle/run_payload.hpp"

#include "base/date_text.hpp"
#include "base/text.hpp"

namespace runsim {

json::Value configured_variables(const Schedule& schedule, const json::Value& variables, Instant execution_date) {
    json::Object configured = variables.object() ? *variables.object() : json::Object();
    std::string partition;
    append_int(partition, schedule.id.value);
    partition += '/';
    partition += partition_text(execution_date, true);
    configured.set("execution_partition", std::move(partition));
    return configured;
}

}  // namespace runsim

#pragma once

#include <string>

#include "base/date/date_text.hpp"
#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The effective execution partition of a run: variables.execution_partition where truthy, else "<schedule>/<date>"
// (lifecycle.md 1.2).
std::string execution_partition(const Run& run);

// What configure_pipeline_run_payload makes of a run's variables (lifecycle.md 1.2): none and empty ones become {}, and
// `execution_partition` is always overwritten, in its place or last. `variables` is an object, or counts as {}.
json::Value configured_variables(const Schedule& schedule, const json::Value& variables, Instant execution_date);

// The text of a date for a run's code. Null if it is beyond the years 1 .. 9999.
json::Value date_value(Instant date, DateStyle style);

}  // namespace runsim

#pragma once

#include <string>

#include "base/date/date_text.hpp"
#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Returns the effective execution partition of a run: variables.execution_partition if truthy, else "<schedule>/<date>"
// (lifecycle.md 1.2).
std::string execution_partition(const Run& run);

// Applies configure_pipeline_run_payload to a run's variables (lifecycle.md 1.2): none and empty ones become {}, and
// `execution_partition` is always overwritten, in place or at the end. Anything but an object counts as {}.
json::Value configured_variables(const Schedule& schedule, const json::Value& variables, Instant execution_date);

// Returns the text of a date for a run's code, or null if it is outside the years 1 .. 9999.
json::Value date_value(Instant date, DateStyle style);

}  // namespace runsim

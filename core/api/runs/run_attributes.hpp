#pragma once

#include <cstdint>
#include <string_view>

namespace runsim::api {

// The attributes of the real server's class PipelineRun besides its columns. `order_by[]` and mass assignment meet
// them.
enum class RunAttribute : std::uint8_t {
    none,          // no such attribute
    property,      // computed: cannot be set or ordered by
    method,        // a function: an assignment only hides it
    relationship,  // block_runs, pipeline_schedule, backfill
    other,         // anything else; an assignment only hides it
};
RunAttribute run_attribute(std::string_view name);

}  // namespace runsim::api

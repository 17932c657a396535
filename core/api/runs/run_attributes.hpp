#pragma once

#include <cstdint>
#include <string_view>

namespace runsim::api {

// What the real server's class PipelineRun has besides its columns. `order_by[]` and mass assignment meet all of it.
enum class RunAttribute : std::uint8_t {
    none,          // no such attribute
    property,      // computed: it can neither be set nor ordered by
    method,        // a function: an assignment only hides it
    relationship,  // block_runs, pipeline_schedule, backfill
    other,         // something else that an assignment only hides
};
RunAttribute run_attribute(std::string_view name);

}  // namespace runsim::api

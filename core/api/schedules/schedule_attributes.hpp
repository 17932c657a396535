#pragma once

#include <cstdint>
#include <string_view>

namespace runsim::api {

// The attributes of the real server's class PipelineSchedule besides its columns. Mass assignment meets all of them.
enum class ScheduleAttribute : std::uint8_t {
    none,          // no such attribute
    property,      // computed: cannot be set
    relationship,  // pipeline_runs, backfills, event_matchers
    other,         // a method or similar; an assignment only hides it
};
ScheduleAttribute schedule_attribute(std::string_view name);

}  // namespace runsim::api

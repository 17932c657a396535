#pragma once

#include <cstdint>
#include <string_view>

namespace runsim::api {

// What the real server's class PipelineSchedule has besides its columns. Mass assignment meets all of it.
enum class ScheduleAttribute : std::uint8_t {
    none,          // no such attribute
    property,      // computed: it cannot be set
    relationship,  // pipeline_runs, backfills, event_matchers
    other,         // a method or the like, that an assignment only hides
};
ScheduleAttribute schedule_attribute(std::string_view name);

}  // namespace runsim::api

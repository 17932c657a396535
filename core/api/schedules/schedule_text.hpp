#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/calls/call.hpp"

namespace runsim::api {

// The presentation formats of schedules (http-api.md 5.4).
enum class ScheduleFormat : std::uint8_t {
    standard,  // CREATE, DELETE, and every unknown name
    list,
    detail,   // also UPDATE
    runtime,  // with_runtime_average
    source,   // integration_source/detail
};
ScheduleFormat schedule_format_of(std::string_view name);

// Appends one existing schedule as a JSON object. In the list format only the action LIST knows the computed
// attributes; elsewhere they are null. A next execution date that cannot be computed is null (http-api.md 5.5).
void append_schedule(std::string& out, const Call& call, const Schedule& schedule, ScheduleFormat format);

}  // namespace runsim::api

#pragma once

#include "base/id.hpp"

namespace runsim {

using ScheduleId = Id<struct ScheduleTag>;
using RunId = Id<struct RunTag>;
using BlockRunId = Id<struct BlockRunTag>;
using BackfillId = Id<struct BackfillTag>;
using EventMatcherId = Id<struct EventMatcherTag>;

}  // namespace runsim

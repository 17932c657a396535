#include "lifecycle/schedules/create_schedule.hpp"

#include <algorithm>

namespace runsim {

ScheduleId create_schedule(Instance& instance, Schedule row, Why why) {
    if (!row.token || row.token->empty()) row.token = new_token(instance);
    return insert(instance, std::move(row), why);
}

std::uint32_t tag_id(Instance& instance, const std::string& name) {
    auto at = std::find(instance.tags.begin(), instance.tags.end(), name);
    if (at == instance.tags.end()) at = instance.tags.insert(at, name);
    return static_cast<std::uint32_t>(at - instance.tags.begin()) + 1;
}

}  // namespace runsim

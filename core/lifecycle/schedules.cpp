#include "lifecycle/schedules.hpp"

namespace runsim {

ScheduleId create_schedule(Instance& instance, Schedule row, Why why) {
    const Instant at = instance.moment();
    row.created_at = row.updated_at = stored_moment(instance, at);
    if (!row.token || row.token->empty()) row.token = new_token(instance);
    pass_taken_ids<Schedule>(instance.store);
    const ScheduleId id = instance.store.insert(std::move(row));
    record_birth(instance, *instance.store.schedule(id), at, why);
    return id;
}

}  // namespace runsim

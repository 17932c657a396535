#include "lifecycle/schedules/first_backfill.hpp"

namespace runsim {

const Backfill* first_backfill(const Store& store, ScheduleId schedule) {
    if (!schedule) return nullptr;
    for (const Backfill& backfill : store.backfills())
        if (backfill.pipeline_schedule_id == schedule) return &backfill;
    return nullptr;
}

}  // namespace runsim

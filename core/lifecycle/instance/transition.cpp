#include "lifecycle/instance/transition.hpp"

#include "base/assert.hpp"

namespace runsim {

namespace {

template <class E>
std::string_view spelled(std::uint8_t status) {
    RUNSIM_ASSERT(status < EnumSpelling<E>::names.size(), "a transition holds a status of its subject");
    return EnumSpelling<E>::names[status];
}

}  // namespace

std::string_view status_name(Subject subject, std::uint8_t status) {
    if (status == Transition::kNone) return "";
    switch (subject) {
        case Subject::run: return spelled<RunStatus>(status);
        case Subject::block_run: return spelled<BlockRunStatus>(status);
        case Subject::schedule: return spelled<ScheduleStatus>(status);
        case Subject::backfill: return spelled<BackfillStatus>(status);
        case Subject::generic_job: return spelled<GenericJobStatus>(status);
    }
    return "";
}

}  // namespace runsim

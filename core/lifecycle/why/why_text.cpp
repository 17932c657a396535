#include "lifecycle/why/why_text.hpp"

#include "base/date/date_text.hpp"

namespace runsim::why_detail {

std::string time_text(const Instance& instance, Instant at) {
    const std::string text = date_text(at.floor_second(), DateStyle::space);
    return floor_day(at) == floor_day(instance.now) ? text.substr(11) : text;
}

std::string block_name(const Instance& instance, const BlockRun& row) {
    return "`" + std::string(instance.store.symbols.text(row.block_uuid)) + "`";
}

std::string next_tick(const Instance& instance) {
    if (instance.no_ticks_before == kLastInstant) return "the scheduler is stopped";  // until it is started
    // The next tick that a stopped scheduler does not skip.
    const std::int64_t interval = instance.options.scheduler_interval.us;
    std::int64_t swallowed = 0;
    if (instance.next_tick < instance.no_ticks_before)
        swallowed = ((instance.no_ticks_before - instance.next_tick).us + interval - 1) / interval;
    return "next tick " + time_text(instance, instance.next_tick + Duration{swallowed * interval});
}

std::optional<Transition> last_change(const Instance& instance, Subject subject, std::uint32_t id,
                                      std::uint8_t status) {
    const auto& log = instance.transitions;
    for (std::uint64_t i = log.end(); i-- > log.begin();) {
        const Transition& t = log[i];
        if (t.subject == subject && t.id == id && t.to == status && t.from != t.to) return t;
    }
    return std::nullopt;
}

}  // namespace runsim::why_detail

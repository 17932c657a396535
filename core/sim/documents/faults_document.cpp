#include "sim/documents/faults_document.hpp"

#include <array>

#include "base/sort_stably.hpp"
#include "sim/reading/time_text.hpp"

namespace runsim {

template <>
struct EnumSpelling<FaultKind> {
    static constexpr std::string_view type = "faultkind";
    static constexpr std::array<std::string_view, 7> names = {
        "workers_die", "job_lost", "scheduler_stops", "memory_full", "server_late", "server_errors", "server_silent"};
};

namespace {

constexpr Duration kMostLateness = Duration::days(1);  // in real time, counted by a JavaScript timer

bool lasts(FaultKind kind) { return kind >= FaultKind::scheduler_stops; }

// A chance in millionths. Smaller chances than one millionth would be 0.
std::uint32_t read_chance(const Fields& fields, std::string_view key) {
    const json::Value* value = fields.find(key);
    if (!value) return 0;
    double chance = -1;
    if (const std::int64_t* whole = value->integer()) chance = *whole == 0 ? 0 : *whole == 1 ? 1 : -1;
    if (const double* real = value->real()) chance = *real;
    const bool possible = chance == 0 || (chance >= 1e-6 && chance <= 1);
    if (!possible) fields.refuse(key, *value, "a chance: 0, or a number from 0.000001 to 1");
    return possible ? static_cast<std::uint32_t>(chance * 1e6 + 0.5) : 0;
}

// "10m" and "-2h" are relative to the start; otherwise a moment.
Instant read_at(const Fields& fields, const Scenario& scenario) {
    const Instant start = scenario.options.start;
    const json::Value* value = fields.find("at");
    if (!value) fields.complain("at", "is missing: say when (such as \"10m\" after the start)");
    const std::string* text = value ? value->string() : nullptr;
    const auto after = text ? parse_duration(*text) : std::nullopt;
    if (!after) return fields.instant("at", scenario.begin, kEndOfTime, start).value_or(start);
    if (start + *after <= kEndOfTime) return start + *after;
    fields.refuse("at", *value, "before the end of the clock");
    return start;
}

Duration read_length(const Fields& fields, std::string_view key, bool wanted, std::string_view kind) {
    const json::Value* value = fields.find(key);
    if (wanted && !value) fields.complain(key, "is missing (" + std::string(kind) + " needs it)");
    if (!wanted && value) fields.complain(key, "says nothing about " + std::string(kind));
    if (!wanted || !value) return {};
    const auto length = fields.duration(key);
    if (length && length->us == 0) fields.refuse(key, *value, "longer than nothing");
    return length.value_or(Duration());
}

PlannedFault read_planned(const Fields& fields, const Scenario& scenario) {
    fields.allow_only({"at", "kind", "for", "late"});
    PlannedFault fault;
    fault.at = read_at(fields, scenario);
    const auto kind = fields.choice<FaultKind>("kind");
    if (!fields.find("kind")) fields.complain("kind", "is missing: say what goes wrong");
    if (!kind) return fault;
    fault.kind = *kind;
    fault.length = read_length(fields, "for", lasts(*kind), name_of(*kind));
    fault.late = read_length(fields, "late", *kind == FaultKind::server_late, name_of(*kind));
    if (fault.late > kMostLateness) fields.refuse("late", *fields.find("late"), "at most a day");
    return fault;
}

}  // namespace

void read_faults(const Fields& fields, Scenario& scenario) {
    fields.allow_only({"worker_dies", "job_lost", "planned"});
    Faults& faults = scenario.options.faults;
    faults.worker_dies_ppm = read_chance(fields, "worker_dies");
    faults.job_lost_ppm = read_chance(fields, "job_lost");
    const json::Array* list = fields.array("planned");
    if (!list) return;
    if (list->size() > kMostPlannedFaults)
        return fields.complain("planned", "has " + std::to_string(list->size()) + " entries; at most " +
                                              std::to_string(kMostPlannedFaults) + " are possible");
    for (std::size_t i = 0; i < list->size(); ++i) {
        const Place place = fields.place().key("planned").item(i);
        if (const json::Object* object = (*list)[i].object())
            faults.planned.push_back(read_planned(Fields(fields.problems(), place, *object, NullIs::wrong), scenario));
        else
            fields.problems().add(place, shown((*list)[i]) + " is not a fault (an object of at, kind, ...)");
    }
    sort_stably(faults.planned, [](const PlannedFault& a, const PlannedFault& b) { return a.at < b.at; });
}

}  // namespace runsim

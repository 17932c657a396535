#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Why a status changes, for the record (transition.hpp).
struct Why {
    Cause cause = Cause::user;
    std::uint32_t detail = 0;
};

namespace write_detail {

// clang-format off
inline const Schedule* find(const Store& store, ScheduleId id) { return store.schedule(id); }
inline const Run* find(const Store& store, RunId id) { return store.run(id); }
inline const BlockRun* find(const Store& store, BlockRunId id) { return store.block_run(id); }
inline const Backfill* find(const Store& store, BackfillId id) { return store.backfill(id); }
inline const EventMatcher* find(const Store& store, EventMatcherId id) { return store.event_matcher(id); }

inline std::uint8_t status_of(const Backfill& row) { return row.status ? static_cast<std::uint8_t>(*row.status) : Transition::kNone; }
inline std::uint8_t status_of(const EventMatcher&) { return 0; }
template <class Row> std::uint8_t status_of(const Row& row) { return static_cast<std::uint8_t>(row.status); }

template <class Row> constexpr Subject subject_of() {
    if constexpr (std::is_same_v<Row, Schedule>) return Subject::schedule;
    else if constexpr (std::is_same_v<Row, BlockRun>) return Subject::block_run;
    else if constexpr (std::is_same_v<Row, Backfill>) return Subject::backfill;
    else return Subject::run;
}
template <class Row> std::uint32_t run_of(const Row& row) {
    if constexpr (std::is_same_v<Row, BlockRun>) return row.pipeline_run_id.value;
    else if constexpr (std::is_same_v<Row, Run>) return row.id.value;
    else return 0;
}
// clang-format on

template <class Row>
void record(Instance& instance, const Row& row, std::uint8_t from, Instant at, Why why) {
    instance.transitions.append(
        {at, row.id.value, run_of(row), why.detail, subject_of<Row>(), from, status_of(row), why.cause});
}

}  // namespace write_detail

// Uses up ids that rows took which brought theirs: the next insert has a free one. (The real server refuses that
// insert, and the one after it goes through.)
template <class Row>
void pass_taken_ids(Store& store) {
    while (write_detail::find(store, store.next_id<Row>()) != nullptr) store.skip_id<Row>();
}

// Records the birth of a row that was inserted at `at`.
template <class Row>
void record_birth(Instance& instance, const Row& row, Instant at, Why why) {
    write_detail::record(instance, row, Transition::kNone, at, why);
}

// Sets the status of a row that is there, and what change(row, at) adds to it, in one write, which is recorded.
// `updated_at` is refreshed even where nothing changed, as by a bulk update; `to` may be the status that the row has.
// `at` is a moment of the caller's: one bulk update has one for all its rows.
template <class Tag, class Status, class Change>
void set_status_at(Instance& instance, Instant at, Id<Tag> id, Status to, Why why, Change&& change) {
    instance.store.update(id, [&](auto& row) {
        const std::uint8_t from = write_detail::status_of(row);
        row.status = to;
        row.updated_at = stored_moment(instance, at);
        change(row, at);
        if (from != write_detail::status_of(row)) write_detail::record(instance, row, from, at, why);
    });
}
template <class Tag, class Status>
void set_status_at(Instance& instance, Instant at, Id<Tag> id, Status to, Why why) {
    set_status_at(instance, at, id, to, why, [](auto&, Instant) {});
}

// The same at the next moment.
template <class Tag, class Status, class Change>
void set_status(Instance& instance, Id<Tag> id, Status to, Why why, Change&& change) {
    set_status_at(instance, instance.moment(), id, to, why, std::forward<Change>(change));
}
template <class Tag, class Status>
void set_status(Instance& instance, Id<Tag> id, Status to, Why why) {
    set_status_at(instance, instance.moment(), id, to, why, [](auto&, Instant) {});
}

// Changes a row that is there: change(row). Where anything really changed, the write takes a moment and refreshes
// `updated_at` (lifecycle.md 0.4), and a change of status is recorded; else nothing happens. `id`, `created_at` and
// `updated_at` are not for `change`.
template <class Tag, class Change>
void write(Instance& instance, Id<Tag> id, Change&& change, Why why = {}) {
    auto row = *write_detail::find(instance.store, id);
    const std::uint8_t from = write_detail::status_of(row);
    change(row);
    if (row == *write_detail::find(instance.store, id)) return;
    const Instant at = instance.moment();
    row.updated_at = stored_moment(instance, at);
    using Row = decltype(row);
    if constexpr (!std::is_same_v<Row, EventMatcher>)
        if (from != write_detail::status_of(row)) write_detail::record(instance, row, from, at, why);
    instance.store.update(id, [&](Row& stored) { stored = std::move(row); });
}

}  // namespace runsim

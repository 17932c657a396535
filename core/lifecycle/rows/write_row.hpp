#pragma once

#include <type_traits>
#include <utility>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Why a status changes, for the record (transition.hpp).
struct Why {
    Cause cause = Cause::user;
    std::uint32_t detail = 0;
};

// A row whose status is recorded: all except event matchers.
template <class Row>
concept HasStatus = requires(Row row) { row.status; };

// What the record needs to know about a row.
constexpr Subject subject_of(const Run&) { return Subject::run; }
constexpr Subject subject_of(const BlockRun&) { return Subject::block_run; }
constexpr Subject subject_of(const Schedule&) { return Subject::schedule; }
constexpr Subject subject_of(const Backfill&) { return Subject::backfill; }
constexpr Subject subject_of(const GenericJob&) { return Subject::generic_job; }

constexpr RunId run_of(const Run& row) { return row.id; }
constexpr RunId run_of(const BlockRun& row) { return row.pipeline_run_id; }
constexpr RunId run_of(const Schedule&) { return {}; }
constexpr RunId run_of(const Backfill&) { return {}; }
constexpr RunId run_of(const GenericJob& row) { return row.run; }

template <HasStatus Row>
constexpr std::uint8_t status_of(const Row& row) {
    return static_cast<std::uint8_t>(row.status);
}
constexpr std::uint8_t status_of(const Backfill& row) {
    return row.status ? static_cast<std::uint8_t>(*row.status) : Transition::kNone;
}

// The record of a change of a row's status at `at`, from `from` to its current value.
template <HasStatus Row>
Transition transition_of(const Row& row, std::uint8_t from, Instant at, Why why) {
    return {.at = at,
            .id = row.id.value,
            .run = run_of(row),
            .detail = why.detail,
            .subject = subject_of(row),
            .from = from,
            .to = status_of(row),
            .cause = why.cause};
}
template <HasStatus Row>
void record(Instance& instance, const Row& row, std::uint8_t from, Instant at, Why why) {
    instance.transitions.append(transition_of(row, from, at, why));
}

// Inserts a row created at `at`, and records its creation. If it has an id, the id must be free.
template <class Row>
auto insert_at(Instance& instance, Instant at, Row row, Why why) {
    if constexpr (HasStatus<Row>) {
        Transition made = transition_of(row, Transition::kNone, at, why);
        const auto id = instance.store.insert(std::move(row));
        made.id = id.value;
        if constexpr (std::is_same_v<Row, Run>) made.run = id;
        instance.transitions.append(made);
        return id;
    } else {
        return instance.store.insert(std::move(row));
    }
}

// Inserts a row at the next moment, which becomes its created_at and updated_at. A row without an id gets the next free
// one. (The real server refuses an insert if the next id is taken; the insert after that gets the following id.)
template <class Row>
auto insert(Instance& instance, Row row, Why why = {}) {
    while (!row.id && instance.store.find(instance.store.next_id<Row>()) != nullptr) instance.store.skip_id<Row>();
    const Instant at = instance.moment();
    set_dates(row, stored_moment(instance, at), stored_moment(instance, at));
    return insert_at(instance, at, std::move(row), why);
}

// Sets the status of an existing row, and whatever change(row, at) sets with it, in one write. Records it if the status
// changed. Updates `updated_at` even if nothing changed, as a bulk update does. A bulk update passes the same `at`, a
// moment of the instance, for all its rows.
template <class Tag, class Status, class Change>
void set_status_at(Instance& instance, Instant at, Id<Tag> id, Status to, Why why, Change&& change) {
    instance.store.update(id, [&](auto& row) {
        const std::uint8_t from = status_of(row);
        row.status = to;
        set_updated_at(row, stored_moment(instance, at));
        change(row, at);
        if (from != status_of(row)) record(instance, row, from, at, why);
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

// Changes an existing row: change(row). If the row differs afterwards, the write takes a moment, updates `updated_at`
// (lifecycle.md 0.4) and records a change of the status. Otherwise nothing happens. `change` must not touch `id`,
// `created_at` and `updated_at`.
template <class Tag, class Change>
void write(Instance& instance, Id<Tag> id, Change&& change, Why why = {}) {
    const auto& stored = *instance.store.find(id);
    auto row = stored;
    change(row);
    if (row == stored) return;
    const Instant at = instance.moment();
    set_updated_at(row, stored_moment(instance, at));
    if constexpr (HasStatus<decltype(row)>)
        if (status_of(row) != status_of(stored)) record(instance, row, status_of(stored), at, why);
    instance.store.update(id, [&](auto& old) { old = std::move(row); });
}

}  // namespace runsim

#pragma once

#include <string_view>

#include "api/errors/failure.hpp"
#include "lifecycle/rows/write_row.hpp"

namespace runsim::api {

// The database's error for an INSERT whose id is taken.
Failure id_taken(Dialect dialect, std::string_view table, std::uint32_t id);
// The error of postgres for a reference to a missing row: a column of `table` refers to `target`. `constraint` is its
// name if that is not <table>_<column>_fkey.
Failure no_such_row(std::string_view table, std::string_view column, std::string_view target, std::uint32_t id,
                    std::string_view constraint = {});
// The error of postgres for an UPDATE that removes an id to which rows of `source` refer.
Failure still_referenced(std::string_view table, std::string_view source, std::uint32_t id);

// Inserts a row at the next moment, with its own id if it has one. `created_at` and `updated_at` are that moment if the
// row has none (the epoch counts as none).
template <class Row>
ResultOf<decltype(Row::id)> insert_row(Instance& instance, std::string_view table, Row row) {
    Store& store = instance.store;
    const bool named = static_cast<bool>(row.id);
    const auto id = named ? row.id : store.next_id<Row>();
    if (store.find(id)) {
        if (!named) store.skip_id<Row>();
        return id_taken(store.dialect(), table, id.value);
    }
    const Instant at = instance.moment();
    const Instant stored = stored_moment(instance, at);
    const auto or_now = [stored](Instant given) { return given == Instant{} ? stored : given; };
    set_dates(row, or_now(created_at(row)), or_now(updated_at(row)));
    return insert_at(instance, at, std::move(row), {});
}

}  // namespace runsim::api

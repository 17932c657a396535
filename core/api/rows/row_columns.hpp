#pragma once

#include <optional>
#include <string_view>

#include "api/rows/column.hpp"
#include "api/rows/id_column.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// The effect of a payload's key on a row. A table of these, in the database's order of columns, is enough to create and
// change a resource with plain columns.
template <class Row>
struct RowColumn {
    std::string_view key;
    Outcome (*set)(Instance& instance, Row& row, const Column& column, const json::Value& value);
};

// Stores the payload's values for the table's columns, in the table's order. Stops at the first refused value.
template <class Row, std::size_t N>
Outcome set_columns(Instance& instance, std::string_view table, const RowColumn<Row> (&columns)[N],
                    const json::Object& payload, Row& row) {
    for (const RowColumn<Row>& column : columns) {
        const json::Value* value = payload.find(column.key);
        if (!value) continue;
        const Column place{instance.store.dialect(), table, column.key};
        if (auto done = column.set(instance, row, place, *value); !done) return done;
    }
    return Done{};
}

template <class Row, std::size_t N>
bool has_column(const RowColumn<Row> (&columns)[N], std::string_view key) {
    for (const RowColumn<Row>& column : columns)
        if (column.key == key) return true;
    return false;
}

template <class Member>
struct RowOfMember;
template <class Row, class T>
struct RowOfMember<T Row::*> {
    using type = Row;
};
template <auto Member>
using RowOf = typename RowOfMember<decltype(Member)>::type;

// --- setters by kind of column ---

template <auto Member, std::size_t Most = 255>
Outcome set_text(Instance&, RowOf<Member>& row, const Column& column, const json::Value& value) {
    auto text = text_column(column, value, Most);
    if (!text) return text.error();
    row.*Member = std::move(*text);
    return Done{};
}

// A text shared by rows; NULL is the empty symbol.
template <auto Member>
Outcome set_symbol(Instance& instance, RowOf<Member>& row, const Column& column, const json::Value& value) {
    const auto text = text_column(column, value);
    if (!text) return text.error();
    row.*Member = *text ? instance.store.symbols.intern(**text) : Symbol();
    return Done{};
}

template <auto Member>
Outcome set_integer(Instance&, RowOf<Member>& row, const Column& column, const json::Value& value) {
    const auto number = integer_column(column, value);
    if (!number) return number.error();
    row.*Member = *number;
    return Done{};
}

// The id of the row itself or of another; NULL is 0.
template <auto Member>
Outcome set_id(Instance&, RowOf<Member>& row, const Column& column, const json::Value& value) {
    const auto id = id_column(column, value);
    if (!id) return id.error();
    (row.*Member).value = *id;
    return Done{};
}

template <auto Member>
Outcome set_json(Instance&, RowOf<Member>& row, const Column& column, const json::Value& value) {
    auto text = json_column(column, value);
    if (!text) return text.error();
    row.*Member = std::move(*text);
    return Done{};
}

// An unparsed date. If the row's date cannot be NULL, NULL leaves it unchanged.
template <class Date>
Outcome store_date(Date& stored, const Column& column, const json::Value& value) {
    const auto date = date_column(column, value, nullptr);
    if (!date) return date.error();
    if constexpr (std::is_same_v<Date, Instant>) {
        stored = date->value_or(stored);
    } else {
        stored = *date;
    }
    return Done{};
}
template <auto Member>
Outcome set_date(Instance&, RowOf<Member>& row, const Column& column, const json::Value& value) {
    return store_date(row.*Member, column, value);
}
// The same in the dates of a block run.
template <auto Member>
Outcome set_packed_date(Instance&, BlockRun& row, const Column& column, const json::Value& value) {
    BlockRunDates dates = row.dates.all();
    Outcome done = store_date(dates.*Member, column, value);
    row.dates = dates;
    return done;
}

}  // namespace runsim::api

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date/date_text.hpp"
#include "json/text.hpp"
#include "json/write.hpp"
#include "model/release.hpp"

namespace runsim::api {

// Writes the columns of a row as members of a JSON object, by kind. NULL is null. All dates have one style.
class RowText {
public:
    RowText(std::string& out, DateStyle style) : w_(out), style_(style) {}

    void begin() { w_.begin_object(); }
    void end() { w_.end_object(); }
    void text(std::string_view key, const std::optional<std::string>& value) { w_.member(key, value); }
    // A text that is NULL if empty: a symbol's or an enumerator's.
    void word(std::string_view key, std::string_view value) {
        if (value.empty()) return null(key);
        w_.member(key, value);
    }
    void date(std::string_view key, MaybeInstant value) {
        if (!value) return null(key);
        w_.member(key, date_text(*value, style_));
    }
    // 0 is NULL.
    void id(std::string_view key, std::uint32_t value) {
        if (value == 0) return null(key);
        w_.member(key, value);
    }
    void integer(std::string_view key, const std::optional<std::int64_t>& value) { w_.member(key, value); }
    void boolean(std::string_view key, bool value) { w_.member(key, value); }
    void json(std::string_view key, const json::Text& value) { w_.member(key, value); }
    void null(std::string_view key) { w_.member(key, nullptr); }
    // Writes `rest`, the columns of a row, and the columns that every row has, in the release's order.
    template <class Row, class Rest>
    void raw_row(const Row& row, Release release, Rest rest) {
        const bool base_last = traits_of(release).base_columns_last;
        begin();
        if (!base_last) base(row);
        rest();
        if (base_last) base(row);
        end();
    }
    // Text that is already JSON.
    void raw(std::string_view key, std::string_view json) { w_.raw_member(key, json); }

private:
    template <class Row>
    void base(const Row& row) {
        id("id", row.id.value);
        date("created_at", created_at(row));
        date("updated_at", updated_at(row));
    }

    json::Writer w_;
    DateStyle style_;
};

}  // namespace runsim::api

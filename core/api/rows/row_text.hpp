#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date/date_text.hpp"
#include "json/text.hpp"
#include "json/write.hpp"

namespace runsim::api {

// Writes the columns of a row as members of a JSON object, each by its kind; NULL as null. Dates are in one style.
class RowText {
public:
    RowText(std::string& out, DateStyle style) : w_(out), style_(style) {}

    void begin() { w_.begin_object(); }
    void end() { w_.end_object(); }
    void text(std::string_view key, const std::optional<std::string>& value) {
        w_.key(key);
        if (value)
            w_.string(*value);
        else
            w_.null();
    }
    // A text that is NULL where it is empty: a symbol's, or an enumerator's.
    void word(std::string_view key, std::string_view value) {
        w_.key(key);
        if (value.empty())
            w_.null();
        else
            w_.string(value);
    }
    void date(std::string_view key, MaybeInstant value) {
        w_.key(key);
        if (value)
            w_.string(date_text(*value, style_));
        else
            w_.null();
    }
    // 0 is NULL.
    void id(std::string_view key, std::uint32_t value) {
        w_.key(key);
        if (value != 0)
            w_.integer(value);
        else
            w_.null();
    }
    void integer(std::string_view key, const std::optional<std::int64_t>& value) {
        w_.key(key);
        if (value)
            w_.integer(*value);
        else
            w_.null();
    }
    void boolean(std::string_view key, bool value) {
        w_.key(key);
        w_.boolean(value);
    }
    void json(std::string_view key, const json::Text& value) { raw(key, value.json()); }
    void null(std::string_view key) { raw(key, "null"); }
    // JSON already.
    void raw(std::string_view key, std::string_view json) {
        w_.key(key);
        w_.raw(json);
    }

private:
    json::Writer w_;
    DateStyle style_;
};

}  // namespace runsim::api

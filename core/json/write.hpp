#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/text/text.hpp"
#include "json/text.hpp"
#include "json/value.hpp"

namespace runsim::json {

// Writes JSON text as Mage's server does (http-api.md 3.1): ", " and ": " as separators, ASCII only, shortest floats as
// in Python's repr, NaN and infinities as null.
void append(std::string& out, const Value& value);
void append_string(std::string& out, std::string_view text);
void append_double(std::string& out, double value);  // Python's repr: 1.0, 1e+20, 1e-07; null for NaN and infinities
std::string to_text(const Value& value);

// Python's repr(value), as exception texts show it: {'code': 404, 'x': [None, True, 1.5]}.
std::string python_repr(const Value& value);

// Appends objects and arrays to a text, with the separators between their elements.
//
//   Writer w(out);
//   w.begin_object(); w.member("id", 7); w.begin_array("tags"); w.string("x"); w.end_array(); w.end_object();
class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}

    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }

    // Writes a member: its key and its value, which is a text, a number, a truth value, nullptr, a Value, a Text, or an
    // optional of these. An empty optional is null.
    template <class T>
    void member(std::string_view name, const T& content) {
        key(name);
        put(content);
    }
    // Writes a member whose value is already JSON.
    void raw_member(std::string_view name, std::string_view json) {
        key(name);
        raw(json);
    }
    // Begin a member that is an object or an array.
    void begin_object(std::string_view name) {
        key(name);
        begin_object();
    }
    void begin_array(std::string_view name) {
        key(name);
        begin_array();
    }

    // Writes the key of the member whose value follows. Writes `name` unescaped: it must not need escapes.
    void key(std::string_view name) {
        separate();
        needs_comma_ = false;
        out_.push_back('"');
        out_.append(name);
        out_.append("\": ", 3);
    }
    void null() { raw("null"); }
    void boolean(bool value) { raw(value ? "true" : "false"); }
    void integer(std::int64_t value) {
        separate();
        append_int(out_, value);
    }
    void real(double value) {
        separate();
        append_double(out_, value);
    }
    void string(std::string_view text) {
        separate();
        append_string(out_, text);
    }
    void value(const Value& value) {
        separate();
        append(out_, value);
    }
    // Writes text that is already JSON.
    void raw(std::string_view json) {
        separate();
        out_.append(json);
    }

private:
    template <class T>
    void put(const T& content) {
        if constexpr (std::is_same_v<T, bool>) {
            boolean(content);
        } else if constexpr (std::is_integral_v<T>) {
            static_assert(sizeof(T) < sizeof(std::int64_t) || std::is_signed_v<T>, "may not fit an int64");
            integer(content);
        } else if constexpr (std::is_floating_point_v<T>) {
            real(content);
        } else if constexpr (std::is_null_pointer_v<T> || std::is_same_v<T, std::nullopt_t>) {
            null();
        } else if constexpr (std::is_same_v<T, Value>) {
            value(content);
        } else if constexpr (std::is_same_v<T, Text>) {
            raw(content.json());
        } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
            string(content);
        } else if (content) {
            put(*content);
        } else {
            null();
        }
    }

    void separate() {
        if (needs_comma_) out_.append(", ", 2);
        needs_comma_ = true;
    }
    void open(char bracket) {
        separate();
        out_.push_back(bracket);
        needs_comma_ = false;
    }
    void close(char bracket) {
        out_.push_back(bracket);
        needs_comma_ = true;
    }

    std::string& out_;
    bool needs_comma_ = false;  // whether an element precedes the next one at this level
};

}  // namespace runsim::json

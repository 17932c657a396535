#pragma once

#include <string>
#include <string_view>

#include "base/text/text.hpp"
#include "json/value.hpp"

namespace runsim::json {

// JSON text as Mage's server writes it (http-api.md 3.1): ", " and ": " between, ASCII only, shortest floats as
// Python's repr, NaN and infinities as null.
void append(std::string& out, const Value& value);
void append_string(std::string& out, std::string_view text);
void append_double(std::string& out, double value);  // Python's repr: 1.0, 1e+20, 1e-07; null for NaN and infinities
std::string to_text(const Value& value);

// Python's repr(value), as exception texts show it: {'code': 404, 'x': [None, True, 1.5]}.
std::string python_repr(const Value& value);

// Writes one object or array after another into a text, with the separators where they belong.
//
//   Writer w(out);
//   w.begin_object(); w.key("id"); w.integer(7); w.key("tags"); w.begin_array(); w.end_array(); w.end_object();
class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}

    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }
    // `name` is written as it is: it must need no escape.
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
    // Text that is JSON already.
    void raw(std::string_view json) {
        separate();
        out_.append(json);
    }

private:
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
    bool needs_comma_ = false;  // whether something stands before the next element at this level
};

}  // namespace runsim::json

#include <algorithm>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/text/text.hpp"
#include "base/text/unicode.hpp"
#include "json/key_index.hpp"
#include "json/parse.hpp"

// The only file that includes nlohmann/json. It uses the callback interface, so nlohmann builds no values, and keeps
// its own stack: the depth of a document costs memory, not the machine's stack.

namespace runsim::json {
namespace {

// An iterator over the document that records how far nlohmann has read; its callbacks do not give the position.
class Cursor {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    Cursor(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}
    reference operator*() const { return *at_; }
    Cursor& operator++() {
        *furthest_ = ++at_;
        return *this;
    }
    Cursor operator++(int) {
        const Cursor before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const Cursor& a, const Cursor& b) { return a.at_ == b.at_; }

private:
    const char* at_;
    const char** furthest_;
};

class Builder {
public:
    bool null() { return put(nullptr); }
    bool boolean(bool value) { return put(value); }
    bool number_integer(std::int64_t value) { return put(value); }
    bool number_unsigned(std::uint64_t value) {
        if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            return fail(std::to_string(value) + " does not fit an integer of 64 bits");
        }
        return put(static_cast<std::int64_t>(value));
    }
    bool number_float(double value, const std::string& text) {
        if (text.find_first_of(".eE") == std::string::npos) return fail(text + " does not fit an integer of 64 bits");
        return put(value);
    }
    bool string(std::string& text) { return put(std::move(text)); }
    bool binary(nlohmann::json::binary_t&) { return fail("binary data"); }  // no part of JSON text

    bool start_object(std::size_t) { return open(Object()); }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(Array()); }
    bool end_array() { return close(); }

    bool key(std::string& key) {
        Object& object = *open_.back().container->object();
        const std::size_t before = object.size();
        const std::string name = key;
        slot_ = &open_.back().keys.slot(object, std::move(key));
        if (object.size() == before) return fail("the key " + python_repr(name) + " stands twice in one object");
        return true;
    }

    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) {
        // Strips "[json.exception...] parse error at line 1, column 2: ... last read: '..'": we give the position
        // ourselves.
        const std::string_view message = error.what();
        const std::size_t column = message.find("column ");
        const std::size_t begin = column == std::string_view::npos ? message.find("] ") : message.find(": ", column);
        return fail(std::string(begin == std::string_view::npos ? message : message.substr(begin + 2)));
    }

    Value take() { return std::move(root_); }
    const std::string& error() const { return error_; }

private:
    struct Open {
        Value* container;
        KeyIndex keys;
    };

    bool fail(std::string error) {
        error_ = std::move(error);
        return false;
    }

    Value& next_slot() {
        if (open_.empty()) return root_;
        Array* const array = open_.back().container->array();
        return array ? array->emplace_back() : *slot_;
    }

    template <class T>
    bool put(T&& value) {
        next_slot() = Value(std::forward<T>(value));
        return true;
    }

    bool open(Value empty) {
        if (open_.size() == kMaxDepth) return fail("more than " + std::to_string(kMaxDepth) + " levels of nesting");
        Value& slot = next_slot();
        slot = std::move(empty);
        open_.push_back({&slot, {}});
        return true;
    }

    bool close() {
        open_.pop_back();
        return true;
    }

    Value root_;
    std::vector<Open> open_;  // from the outermost
    Value* slot_ = nullptr;   // of the key that was read last
    std::string error_;
};

// Returns "line 3, column 7" of the last character before `end`, where reading stopped.
std::string place_before(std::string_view text, std::size_t end) {
    const std::string_view before = text.substr(0, end > 0 ? end - 1 : 0);
    const std::string_view line = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
    std::string out = "line ";
    append_int(out, std::count(before.begin(), before.end(), '\n') + 1);
    out += ", column ";
    append_int(out, static_cast<std::int64_t>(character_count(line)) + 1);
    return out;
}

}  // namespace

Result<Value> parse_document(std::string_view text, std::string_view what) {
    const char* furthest = text.data();
    Builder builder;
    const char* const end = text.data() + text.size();
    if (nlohmann::json::sax_parse(Cursor(text.data(), &furthest), Cursor(end, &furthest), &builder))
        return builder.take();
    const auto read = static_cast<std::size_t>(furthest - text.data());
    return Error{std::string(what) + ": " + place_before(text, read) + ": " + builder.error()};
}

}  // namespace runsim::json

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/shared.hpp"
#include "json/parse.hpp"
#include "json/value.hpp"

namespace runsim::json {

// The content of a JSON column: text as Mage writes it, or none (SQL NULL, shown as null). Copies share the text. Takes
// one word, and one allocation of 8 bytes plus the text, since hundreds of thousands of rows have one.
class Text {
public:
    Text() = default;  // none
    explicit Text(std::string_view json) : bytes_(Bytes::make(json)) {}
    static Text of(const Value& value);  // a null value gives none
    static const Text& empty_object();   // {}

    bool has_value() const { return static_cast<bool>(bytes_); }
    std::string_view json() const { return bytes_ ? bytes_->view() : std::string_view("null"); }
    Value value() const;  // parsed anew at each call
    friend bool operator==(const Text& a, const Text& b) {
        return same(a.bytes_, b.bytes_) || (a.has_value() == b.has_value() && a.json() == b.json());
    }

private:
    // The text follows the object in the same allocation.
    struct Bytes : Counted {
        explicit Bytes(std::uint32_t length) : size(length) {}
        static Bytes* make(std::string_view text);
        static void operator delete(void* memory) { ::operator delete(memory); }
        std::string_view view() const { return {reinterpret_cast<const char*>(this + 1), size}; }

        std::uint32_t size;
    };
    Shared<Bytes> bytes_;
};

template <class A>
void archive(A& a, Text& text) {
    bool present = text.has_value();
    a(present);
    if constexpr (!A::kLoading) {
        a.bytes(present ? text.json() : std::string_view());
    } else {
        std::string json;
        a(json);
        // value() relies on valid JSON.
        if (present && !parse(json).ok()) {
            a.fail();
            present = false;
        }
        text = present ? Text(json) : Text();
    }
}

}  // namespace runsim::json

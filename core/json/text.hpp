#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "json/value.hpp"

namespace runsim::json {

// The content of a JSON column: text as Mage writes it, or none (SQL NULL, shown as null). Copies share the text.
class Text {
public:
    Text() = default;  // none
    explicit Text(std::string json) : text_(std::make_shared<const std::string>(std::move(json))) {}
    static Text of(const Value& value);  // a null value gives none
    static const Text& empty_object();   // {}

    bool has_value() const { return text_ != nullptr; }
    std::string_view json() const { return text_ ? std::string_view(*text_) : std::string_view("null"); }
    Value value() const;  // parsed anew at each call
    friend bool operator==(const Text& a, const Text& b) { return a.text_ == b.text_ || a.json() == b.json(); }

private:
    std::shared_ptr<const std::string> text_;
};

template <class A>
void archive(A& a, Text& text) {
    bool present = text.has_value();
    std::string json = present ? std::string(text.json()) : std::string();
    a(present, json);
    if constexpr (A::kLoading) text = present ? Text(std::move(json)) : Text();
}

}  // namespace runsim::json

#include "sim/reading/loose_values.hpp"

#include <cmath>

#include "base/text/text.hpp"

namespace runsim {

const json::Value& value_of(const json::Object& object, std::string_view key) {
    static const json::Value kNull;
    const json::Value* value = object.find(key);
    return value ? *value : kNull;
}

std::string text_or(const json::Object& object, std::string_view key, std::string_view fallback) {
    const std::string* text = object.text(key);
    return text ? *text : std::string(fallback);
}

std::vector<std::string> texts_of(const json::Object& object, std::string_view key) {
    std::vector<std::string> texts;
    const json::Value& value = value_of(object, key);
    if (const json::Array* list = value.array()) {
        for (const json::Value& item : *list)
            if (item.string()) texts.push_back(*item.string());
    } else if (const std::string* text = value.string()) {
        for (const char c : *text) texts.emplace_back(1, c);
    } else if (const json::Object* mapping = value.object()) {
        for (const json::Member& member : *mapping) texts.push_back(member.key);
    }
    return texts;
}

std::optional<std::int64_t> python_int(const json::Value& value) {
    if (const std::int64_t* number = value.integer()) return *number;
    if (const bool* flag = value.boolean()) return *flag ? 1 : 0;
    if (const double* real = value.real(); real && std::fabs(*real) < 9e15) return static_cast<std::int64_t>(*real);
    if (const std::string* text = value.string())
        if (const auto parsed = parse_python_int(*text)) return parsed->value;
    return std::nullopt;
}

}  // namespace runsim

#include "json/loose_values.hpp"

#include <cmath>

#include "base/text/text.hpp"

namespace runsim::json {

const Value& value_of(const Object& object, std::string_view key) {
    static const Value kNull;
    const Value* value = object.find(key);
    return value ? *value : kNull;
}

std::string text_or(const Object& object, std::string_view key, std::string_view fallback) {
    const std::string* text = object.text(key);
    return text ? *text : std::string(fallback);
}

std::vector<std::string> texts_of(const Object& object, std::string_view key) {
    std::vector<std::string> texts;
    const Value& value = value_of(object, key);
    if (const Array* list = value.array()) {
        for (const Value& item : *list)
            if (item.string()) texts.push_back(*item.string());
    } else if (const std::string* text = value.string()) {
        for (const char c : *text) texts.emplace_back(1, c);
    } else if (const Object* mapping = value.object()) {
        for (const Member& member : *mapping) texts.push_back(member.key);
    }
    return texts;
}

std::optional<std::int64_t> python_int(const Value& value) {
    if (const std::int64_t* number = value.integer()) return *number;
    if (const bool* flag = value.boolean()) return *flag ? 1 : 0;
    if (const double* real = value.real(); real && std::fabs(*real) < 9e15) return static_cast<std::int64_t>(*real);
    if (const std::string* text = value.string())
        if (const auto parsed = parse_python_int(*text)) return parsed->value;
    return std::nullopt;
}

std::optional<Duration> seconds_of(const Value& value) {
    constexpr std::int64_t kMostSeconds = kLongestDuration.us / 1'000'000;
    if (const double* seconds = value.real()) {
        if (!(*seconds >= 0) || *seconds > static_cast<double>(kMostSeconds)) return std::nullopt;
        return Duration{static_cast<std::int64_t>(*seconds * 1e6 + 0.5)};
    }
    const auto seconds = value.string() ? std::nullopt : python_int(value);
    if (!seconds || *seconds < 0 || *seconds > kMostSeconds) return std::nullopt;
    return Duration::seconds(*seconds);
}

}  // namespace runsim::json

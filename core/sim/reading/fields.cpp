#include "sim/reading/fields.hpp"

#include <algorithm>

#include "base/date/date_text.hpp"
#include "base/text/text.hpp"
#include "sim/reading/nearest.hpp"
#include "sim/reading/time_text.hpp"

namespace runsim {

const json::Value* Fields::find(std::string_view key) const {
    const json::Value* value = object_.find(key);
    return value && value->is_null() && null_is_ == NullIs::absent ? nullptr : value;
}

void Fields::allow_only(const Names& known) const {
    for (const json::Member& member : object_) {
        if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
        complain(member.key, no_such_key(member.key, known));
    }
}

void Fields::complain(std::string_view key, std::string_view complaint) const {
    problems_.add(place_.key(key), complaint);
}

void Fields::refuse(std::string_view key, const json::Value& value, std::string_view expected) const {
    complain(key, shown(value).append(" is not ").append(expected));
}

std::optional<std::string> Fields::text(std::string_view key) const {
    const json::Value* value = find(key);
    if (!value) return std::nullopt;
    if (const std::string* text = value->string()) return *text;
    refuse(key, *value, "a text");
    return std::nullopt;
}

std::optional<std::string> Fields::nonempty_text(std::string_view key) const {
    auto text = this->text(key);
    if (!text || !text->empty()) return text;
    complain(key, "is empty");
    return std::nullopt;
}

std::optional<bool> Fields::boolean(std::string_view key) const {
    const json::Value* value = find(key);
    if (!value) return std::nullopt;
    if (const bool* flag = value->boolean()) return *flag;
    refuse(key, *value, "true or false");
    return std::nullopt;
}

std::optional<std::int64_t> Fields::integer(std::string_view key, std::int64_t low, std::int64_t high) const {
    const json::Value* value = find(key);
    if (!value) return std::nullopt;
    if (const std::int64_t* number = value->integer(); number && low <= *number && *number <= high) return *number;
    std::string expected = "a whole number from ";
    append_int(expected, low);
    append_int(expected += " to ", high);
    refuse(key, *value, expected);
    return std::nullopt;
}

std::optional<Duration> Fields::duration(std::string_view key) const {
    const json::Value* value = find(key);
    if (!value) return std::nullopt;
    if (const auto duration = duration_of(*value)) return duration;
    refuse(key, *value, kDurationExpected);
    return std::nullopt;
}

std::optional<Instant> Fields::instant(std::string_view key, Instant low, Instant high,
                                       std::optional<Instant> start) const {
    const json::Value* value = find(key);
    if (!value) return std::nullopt;
    const auto instant = start ? instant_before(*value, *start) : instant_of(*value);
    if (!instant) {
        refuse(key, *value,
               start ? "a moment (such as \"-2h\", counted from the start, or \"2026-01-01 00:00:00\")"
                     : "a moment (such as \"2026-01-01 00:00:00\", or microseconds since 1970)");
        return std::nullopt;
    }
    if (low <= *instant && *instant <= high) return instant;
    complain(key, shown(*value) + " is not between " + date_text(low, DateStyle::space) + " and " +
                      date_text(high, DateStyle::space));
    return std::nullopt;
}

std::optional<Instant> Fields::date(std::string_view key) const {
    const json::Value* value = find(key);
    if (!value) return std::nullopt;
    if (const std::string* text = value->string()) {
        auto written = parse_iso_date(*text);
        if (!written) written = parse_lenient_date(*text, Instant{});
        if (written && is_representable(written->utc())) return written->utc();
    }
    refuse(key, *value, "a date (such as \"2026-01-01 00:00:00\")");
    return std::nullopt;
}

const json::Object* Fields::object(std::string_view key) const {
    const json::Value* value = find(key);
    if (!value) return nullptr;
    if (!value->object()) refuse(key, *value, "an object of keys and values");
    return value->object();
}

const json::Array* Fields::array(std::string_view key) const {
    const json::Value* value = find(key);
    if (!value) return nullptr;
    if (!value->array()) refuse(key, *value, "a list");
    return value->array();
}

std::optional<std::vector<std::string>> Fields::texts(std::string_view key) const {
    const json::Array* list = array(key);
    if (!list) return std::nullopt;
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < list->size(); ++i) {
        if (const std::string* text = (*list)[i].string())
            texts.push_back(*text);
        else
            problems_.add(place_.key(key).item(i), shown((*list)[i]) + " is not a text");
    }
    return texts;
}

std::optional<std::string> Fields::choice(std::string_view key, const Names& names) const {
    const json::Value* value = find(key);
    if (!value) return std::nullopt;
    const std::string* text = value->string();
    if (text && std::find(names.begin(), names.end(), *text) != names.end()) return *text;
    std::string complaint = shown(*value) + " is not one of " + listed(names);
    if (const auto meant = text ? nearest(*text, names) : std::string_view(); !meant.empty())
        complaint.append("; did you mean ").append(quoted(meant)).append("?");
    complain(key, complaint);
    return std::nullopt;
}

Result<json::Value> parse_object(std::string_view text, std::string_view what) {
    auto parsed = json::parse_document(text, what);
    if (parsed && !parsed->object())
        return Error{std::string(what).append(": ") + shown(*parsed) + " is not an object of keys and values"};
    return parsed;
}

}  // namespace runsim

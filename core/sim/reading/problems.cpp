#include "sim/reading/problems.hpp"

#include <algorithm>

#include "base/text/text.hpp"
#include "json/write.hpp"
#include "sim/reading/nearest.hpp"

namespace runsim {

Place Place::part(std::string_view words) const {
    Place place = *this;
    place.text_.append(": ").append(words);
    place.in_keys_ = false;
    return place;
}

Place Place::key(std::string_view key) const {
    Place place = *this;
    place.text_.append(in_keys_ ? "." : ": ").append(key);
    place.in_keys_ = true;
    return place;
}

Place Place::quoted_key(std::string_view name) const { return key(quoted(name)); }

Place Place::item(std::size_t index) const {
    Place place = *this;
    place.text_ += '[';
    append_int(place.text_, static_cast<std::int64_t>(index));
    place.text_ += ']';
    place.in_keys_ = true;
    return place;
}

void Problems::add(const Place& place, std::string_view complaint) {
    std::string line = place.text();
    lines_.push_back(single_line(line.append(": ").append(complaint)));
}

std::string Problems::text() const {
    std::string text;
    for (std::size_t i = 0; i < std::min(lines_.size(), kMostLines); ++i) {
        if (i > 0) text += '\n';
        text += lines_[i];
    }
    if (lines_.size() > kMostLines) {
        text += "\nand ";
        append_int(text, static_cast<std::int64_t>(lines_.size() - kMostLines));
        text += " more";
    }
    return text;
}

std::string single_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        if (c == '\n')
            line += "\\n";
        else
            line += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
    return line;
}

std::string shown(const json::Value& value) {
    constexpr std::size_t kMost = 60;
    std::string text = json::to_text(value);  // ASCII: it can be cut anywhere
    if (text.size() > kMost) text.replace(kMost - 3, std::string::npos, "...");
    return text;
}

std::string quoted(std::string_view text) { return shown(json::Value(text)); }

std::string listed(const std::vector<std::string_view>& names) {
    constexpr std::size_t kMost = 12;
    if (names.empty()) return "none";
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i) {
        if (i > 0) text += ", ";
        text += names[i];
    }
    if (names.size() > kMost) {
        text += " and ";
        append_int(text, static_cast<std::int64_t>(names.size() - kMost));
        text += " more";
    }
    return text;
}

}  // namespace runsim

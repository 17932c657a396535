#include "api/http/path_form.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace runsim::api {

namespace {

// The classes of a part's characters, as bits.
enum Class : std::uint8_t { kWord = 1, kKey = 2, kBlock = 4, kAny = 8 };

// Non-ASCII characters are percent-encoded in a path. A raw one counts as a letter.
constexpr bool is_word_character(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
}

constexpr std::array<std::uint8_t, 256> kClasses = [] {
    std::array<std::uint8_t, 256> classes{};
    for (std::size_t c = 0; c < classes.size(); ++c)
        classes[c] = is_word_character(static_cast<unsigned char>(c)) ? kWord | kKey | kBlock | kAny : kAny;
    for (const char c : {'-', '%', '.'}) classes[static_cast<std::uint8_t>(c)] |= kKey | kBlock;
    for (const char c : {'(', '/', '*', ')', '?'}) classes[static_cast<std::uint8_t>(c)] |= kBlock;
    return classes;
}();

// A named part of a form: {name:class} or {name=text}.
struct FormPart {
    std::string_view name;
    std::string_view text;  // "": of a class
    std::uint8_t wanted = kAny;
    bool is_last = false;
};

// Takes the part that a form begins with.
FormPart take_part(std::string_view& form) {
    std::size_t at = 1;
    while (form[at] != ':' && form[at] != '=' && form[at] != '}') ++at;
    FormPart part{form.substr(1, at - 1), {}};
    const std::size_t close = form.find('}', at);
    if (form[at] == '=') part.text = form.substr(at + 1, close - at - 1);
    if (form[at] == ':') {
        const char kind = form[at + 1];
        part.wanted = kind == 'w' ? kWord : kind == 'k' ? kKey : kind == 'b' ? kBlock : kAny;
        part.is_last = kind == 'b' || kind == 'r';
    }
    form.remove_prefix(close + 1);
    return part;
}

bool fits(std::string_view text, const FormPart& part) {
    if (text.empty()) return false;
    if (!part.text.empty()) return text == part.text;
    return std::all_of(text.begin(), text.end(),
                       [&part](char c) { return (kClasses[static_cast<unsigned char>(c)] & part.wanted) != 0; });
}

}  // namespace

bool matches_form(std::string_view form, std::string_view path, PathParts& parts) {
    parts.count = 0;
    while (!form.empty()) {
        if (form.front() != '{') {
            if (path.empty() || path.front() != form.front()) return false;
            form.remove_prefix(1);
            path.remove_prefix(1);
            continue;
        }
        const FormPart part = take_part(form);
        if (part.is_last && !path.ends_with(form)) return false;
        const std::string_view text = path.substr(0, part.is_last ? path.size() - form.size() : path.find('/'));
        if (!fits(text, part)) return false;
        parts.parts[parts.count++] = {part.name, text};
        path.remove_prefix(text.size());
    }
    return path.empty();
}

}  // namespace runsim::api

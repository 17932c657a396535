#include "api/http/path_form.hpp"

#include <algorithm>

namespace runsim::api {

namespace {

// Non-ASCII characters are percent-encoded in a path. A raw one counts as a letter.
bool is_word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<signed char>(c) < 0;
}

bool is_of_class(std::string_view text, std::string_view kind) {
    if (text.empty()) return false;
    if (kind.empty() || kind == ":rest") return true;
    if (kind.front() == '=') return text == kind.substr(1);
    const std::string_view more = kind == ":key" ? "-%." : kind == ":block" ? "-%.(/*)?" : "";
    return std::all_of(text.begin(), text.end(),
                       [more](char c) { return is_word_character(c) || more.find(c) != std::string_view::npos; });
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
        const std::size_t close = form.find('}');
        const std::string_view name_and_class = form.substr(1, close - 1);
        const std::size_t colon = std::min(name_and_class.find_first_of(":="), name_and_class.size());
        const std::string_view name = name_and_class.substr(0, colon);
        const std::string_view kind = name_and_class.substr(colon);
        form.remove_prefix(close + 1);
        std::size_t length = path.find('/');
        if (kind == ":block" || kind == ":rest") {
            if (!path.ends_with(form)) return false;
            length = path.size() - form.size();
        }
        const std::string_view text = path.substr(0, length);
        if (!is_of_class(text, kind)) return false;
        parts.parts[parts.count++] = {name, text};
        path.remove_prefix(text.size());
    }
    return path.empty();
}

}  // namespace runsim::api

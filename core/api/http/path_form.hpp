#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace runsim::api {

// The named parts of a path. They point into the path, and are still percent-encoded.
struct PathParts {
    static constexpr std::size_t kMost = 4;
    struct Part {
        std::string_view name;
        std::string_view text;  // never empty
    };
    std::array<Part, kMost> parts;
    std::uint8_t count = 0;

    const Part* begin() const { return parts.data(); }
    const Part* end() const { return parts.data() + count; }
};

// Returns whether a path matches a form: a text with named parts {name} or {name:class} of at least one character.
//   {name}        everything but /
//   {name=text}   that text
//   {name:word}   letters, digits, _
//   {name:key}    those and - % . (PK of http-api.md 1.1)
//   {name:block}  those and ( ) * ? /
//   {name:rest}   everything
// The last two may only be the last part of a form. They end where the rest of the form matches the end of the path. If
// the path matches, `parts` are its parts; otherwise their content is unspecified.
bool matches_form(std::string_view form, std::string_view path, PathParts& parts);

}  // namespace runsim::api

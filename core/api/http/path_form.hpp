#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace runsim::api {

// The named parts that a path was taken apart into. They point into the path, and are still percent-encoded.
struct PathParts {
    struct Part {
        std::string_view name;
        std::string_view text;  // never empty
    };
    std::array<Part, 4> parts;
    std::uint8_t count = 0;

    const Part* begin() const { return parts.data(); }
    const Part* end() const { return parts.data() + count; }
};

// Whether a path has a form: a text in which {name} or {name:class} is a named part of at least one character.
//   {name}        everything but /
//   {name=text}   that text
//   {name:word}   letters, digits, _
//   {name:key}    those and - % . (PK of http-api.md 1.1)
//   {name:block}  those and ( ) * ? /
//   {name:rest}   everything
// The last two may only be the last part of a form: they end where the rest of the form begins at the path's end.
// If the path has the form, `parts` are its parts; else there may be anything in them.
bool matches_form(std::string_view form, std::string_view path, PathParts& parts);

}  // namespace runsim::api

#include "api/frame/resource_name.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/text/text.hpp"

namespace runsim::api {

namespace {

// The condition on the letters before an ending.
enum class Before : std::uint8_t { anything, nothing, consonant, l_or_r, no_f, t_or_i };

struct EndingRule {
    std::string_view ending;
    std::size_t cut;       // characters removed from the end
    std::string_view add;  // and the text added instead
    Before before = Before::anything;
};

// The first matching rule wins. They are those of the inflection library, as far as a word can reach them.
constexpr EndingRule kRules[] = {
    {"people", 5, "erson"},
    {"men", 2, "an"},
    {"children", 3, ""},
    {"sexes", 2, ""},
    {"moves", 1, ""},
    {"zombies", 1, ""},
    {"kine", 4, "cow"},
    {"databases", 1, ""},
    {"quizzes", 3, ""},
    {"matrices", 3, "x"},
    {"vertices", 4, "ex"},
    {"indices", 4, "ex"},
    {"passersby", 3, "by"},
    {"aliases", 2, ""},
    {"statuses", 2, ""},
    {"alias", 0, ""},
    {"status", 0, ""},
    {"octopi", 1, "us"},
    {"octopus", 0, ""},
    {"viri", 1, "us"},
    {"virus", 0, ""},
    {"axes", 2, "is", Before::nothing},
    {"axis", 0, "", Before::nothing},
    {"crises", 2, "is"},
    {"crisis", 0, ""},
    {"testes", 2, "is"},
    {"testis", 0, ""},
    {"shoes", 1, ""},
    {"oes", 2, ""},
    {"buses", 2, ""},
    {"bus", 0, ""},
    {"mice", 3, "ouse"},
    {"lice", 3, "ouse"},
    {"xes", 2, ""},
    {"ches", 2, ""},
    {"sses", 2, ""},
    {"shes", 2, ""},
    {"movies", 1, ""},
    {"series", 0, ""},
    {"quies", 3, "y"},
    {"ies", 3, "y", Before::consonant},
    {"ves", 3, "f", Before::l_or_r},
    {"tives", 1, ""},
    {"hives", 1, ""},
    {"ves", 3, "fe", Before::no_f},
    {"theses", 2, "is"},
    {"thesis", 0, ""},
    {"synopses", 2, "is"},
    {"synopsis", 0, ""},
    {"prognoses", 2, "is"},
    {"prognosis", 0, ""},
    {"parentheses", 2, "is"},
    {"parenthesis", 0, ""},
    {"diagnoses", 2, "is"},
    {"diagnosis", 0, ""},
    {"bases", 2, "is"},
    {"basis", 0, ""},
    {"analyses", 2, "is"},
    {"analysis", 0, ""},
    {"a", 1, "um", Before::t_or_i},
    {"news", 0, ""},
    {"ss", 0, ""},
    {"s", 1, ""},
};

constexpr std::string_view kUncountable[] = {"equipment", "fish",   "information", "jeans",  "money",
                                             "rice",      "series", "sheep",       "species"};

bool fits(Before before, std::string_view stem) {
    if (before == Before::anything) return true;
    if (before == Before::nothing) return stem.empty();
    if (stem.empty()) return false;
    const char c = stem.back();
    switch (before) {
        case Before::consonant: return std::string_view("aeiouy").find(c) == std::string_view::npos;
        case Before::l_or_r: return c == 'l' || c == 'r';
        case Before::no_f: return c != 'f';
        default: return c == 't' || c == 'i';
    }
}

// As ends_with, for words that end alike: it sees the difference in the last letters.
bool has_ending(std::string_view word, std::string_view ending) {
    return word.size() >= ending.size() && std::equal(ending.rbegin(), ending.rend(), word.rbegin());
}

}  // namespace

std::string singularize(std::string_view name) {
    const std::string lower = to_lower(name);
    for (const std::string_view word : kUncountable)
        if (lower == word) return std::string(name);
    for (const EndingRule& rule : kRules) {
        if (!has_ending(lower, rule.ending)) continue;
        if (!fits(rule.before, std::string_view(lower).substr(0, lower.size() - rule.ending.size()))) continue;
        std::string singular(name.substr(0, name.size() - rule.cut));
        singular += rule.add;
        return singular;
    }
    return std::string(name);
}

std::string class_name_of(std::string_view singular) {
    std::string out;
    for (const std::string_view part : split(singular, '_')) {
        if (part.empty()) continue;
        const std::string lower = to_lower(part);
        out +=
            lower.front() >= 'a' && lower.front() <= 'z' ? static_cast<char>(lower.front() - 'a' + 'A') : lower.front();
        out.append(lower, 1);
    }
    return out;
}

}  // namespace runsim::api

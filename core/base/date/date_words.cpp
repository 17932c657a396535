#include "base/date/date_words.hpp"

#include <algorithm>
#include <iterator>

namespace runsim {
namespace {

constexpr std::string_view kWeekdays[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
constexpr std::string_view kMonths[] = {"january", "february", "march",     "april",   "may",      "june",
                                        "july",    "august",   "september", "october", "november", "december"};
constexpr std::string_view kUnits[] = {"hours", "minutes", "seconds"};
constexpr std::string_view kFillers[] = {" ",   ".",  ",", ";", "-",  "/",  "'",  "at", "on",
                                         "and", "ad", "m", "t", "of", "st", "nd", "rd", "th"};

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same(std::string_view word, std::string_view lower_case) {
    return std::equal(word.begin(), word.end(), lower_case.begin(), lower_case.end(),
                      [](char a, char b) { return lower(a) == b; });
}

// Returns whether `word` is `name` or its first `letters` letters.
bool names(std::string_view word, std::string_view name, std::size_t letters) {
    return same(word, name) || same(word, name.substr(0, letters));
}

template <std::size_t n>
std::optional<int> find_name(std::string_view word, const std::string_view (&all)[n]) {
    constexpr std::size_t kShortForm = 3;
    for (std::size_t i = 0; i < n; ++i) {
        if (names(word, all[i], kShortForm)) return static_cast<int>(i);
    }
    return std::nullopt;
}

}  // namespace

std::optional<int> weekday_word(std::string_view word) { return find_name(word, kWeekdays); }

std::optional<int> month_word(std::string_view word) {
    if (same(word, "sept")) return 9;
    const auto found = find_name(word, kMonths);
    return found ? std::optional(*found + 1) : std::nullopt;
}

std::optional<ClockUnit> clock_unit_word(std::string_view word) {
    for (std::size_t i = 0; i < std::size(kUnits); ++i) {
        if (names(word, kUnits[i], 1) || same(word, kUnits[i].substr(0, kUnits[i].size() - 1))) {
            return static_cast<ClockUnit>(i);
        }
    }
    return std::nullopt;
}

std::optional<HalfDay> half_day_word(std::string_view word) {
    if (names(word, "am", 1)) return HalfDay::am;
    if (names(word, "pm", 1)) return HalfDay::pm;
    return std::nullopt;
}

bool is_utc_word(std::string_view word) { return same(word, "utc") || same(word, "gmt") || same(word, "z"); }

bool is_filler_word(std::string_view word) {
    return std::any_of(std::begin(kFillers), std::end(kFillers), [word](std::string_view f) { return same(word, f); });
}

bool is_of_word(std::string_view word) { return same(word, "of"); }

}  // namespace runsim

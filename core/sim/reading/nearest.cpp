#include "sim/reading/nearest.hpp"

#include <algorithm>
#include <cstdint>

#include "sim/reading/problems.hpp"

namespace runsim {

namespace {

// Returns how many letters must be inserted, deleted, changed or swapped with a neighbour to turn one word into the
// other.
std::size_t edits_between(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        std::swap(before_last, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view written, const std::vector<std::string_view>& known) {
    constexpr std::size_t kLongest = 64;  // the work grows with the square of the length
    if (written.size() > kLongest) return {};
    std::string_view best;
    std::size_t fewest = std::max<std::size_t>(1, written.size() / 3) + 1;
    for (const std::string_view name : known) {
        if (name.size() > kLongest) continue;
        const std::size_t edits = edits_between(written, name);
        if (edits < fewest && edits < name.size()) {
            fewest = edits;
            best = name;
        }
    }
    return best;
}

std::string no_such_key(std::string_view written, const std::vector<std::string_view>& known) {
    const std::string_view meant = nearest(written, known);
    if (!meant.empty()) return "no such key; did you mean " + quoted(meant) + "?";
    return "no such key (there are: " + listed(known) + ")";
}

}  // namespace runsim

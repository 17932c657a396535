#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "model/enums.hpp"

namespace runsim {

// The release of Mage whose answers are given, the oldest first.
enum class Release : std::uint8_t { mage_0_9_79, mage_0_9_80 };
template <>
struct EnumSpelling<Release> {
    static constexpr std::string_view type = "release";
    static constexpr std::array<std::string_view, 2> names = {"0.9.79", "0.9.80"};
};

// What the releases do differently, each difference by its name (docs/mage/releases.md). Code asks for a difference and
// never compares releases, so the next release is one more row of kReleaseTraits.
struct ReleaseTraits {
    // Rows that are written as their columns are declared end with id, created_at and updated_at. Otherwise they begin
    // with them.
    bool base_columns_last;
    // A new user is made, but the answer is an internal error.
    bool new_user_is_error;
    // A concurrency_config with an unknown key ends every tick at its pipeline. Otherwise the key is left out.
    bool unknown_limit_ends_tick;
    // A trigger that a call writes into triggers.yaml keeps its description there.
    bool file_has_description;
    // An active trigger of triggers.yaml with another interval than its schedule was enabled just now.
    bool new_interval_enables;
    // What the log says of a run that skip_if_previous_running cancelled.
    std::string_view skip_message;
};

inline constexpr std::array<ReleaseTraits, EnumSpelling<Release>::names.size()> kReleaseTraits = {{
    {.base_columns_last = false,
     .new_user_is_error = false,
     .unknown_limit_ends_tick = true,
     .file_has_description = false,
     .new_interval_enables = false,
     .skip_message = "Pipeline run limit reached... skipping this run"},
    {.base_columns_last = true,
     .new_user_is_error = true,
     .unknown_limit_ends_tick = false,
     .file_has_description = true,
     .new_interval_enables = true,
     .skip_message = "Previous pipeline run is still running... skipping this run"},
}};

constexpr const ReleaseTraits& traits_of(Release release) { return kReleaseTraits[static_cast<std::size_t>(release)]; }

}  // namespace runsim

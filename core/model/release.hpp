#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "model/enums.hpp"

namespace runsim {

// The release of Mage that is simulated, the oldest first.
enum class Release : std::uint8_t { mage_0_9_79, mage_0_9_80 };
template <>
struct EnumSpelling<Release> {
    static constexpr std::string_view type = "release";
    static constexpr std::array<std::string_view, 2> names = {"0.9.79", "0.9.80"};
};

// The differences between releases, each by its name (docs/mage/releases.md). Code tests a difference and never
// compares releases, so the next release is one more row of kReleaseTraits.
struct ReleaseTraits {
    // Rows written in the order of their column declarations end with id, created_at and updated_at. Otherwise they
    // begin with them.
    bool base_columns_last;
    // Creating a user succeeds, but the answer is an internal error.
    bool new_user_is_error;
    // POST /api/runs, which runs one block, is an internal error.
    bool one_block_is_error;
    // A concurrency_config with an unknown key ends every tick at its pipeline. Otherwise the key is left out.
    bool unknown_limit_ends_tick;
    // A trigger that an API call writes into triggers.yaml keeps its description there.
    bool file_has_description;
    // An active trigger of triggers.yaml whose interval differs from its schedule's counts as just enabled.
    bool new_interval_enables;
    // The log's message for a run that skip_if_previous_running cancelled.
    std::string_view skip_message;
};

inline constexpr std::array<ReleaseTraits, EnumSpelling<Release>::names.size()> kReleaseTraits = {{
    {.base_columns_last = false,
     .new_user_is_error = false,
     .one_block_is_error = false,
     .unknown_limit_ends_tick = true,
     .file_has_description = false,
     .new_interval_enables = false,
     .skip_message = "Pipeline run limit reached... skipping this run"},
    {.base_columns_last = true,
     .new_user_is_error = true,
     .one_block_is_error = true,
     .unknown_limit_ends_tick = false,
     .file_has_description = true,
     .new_interval_enables = true,
     .skip_message = "Previous pipeline run is still running... skipping this run"},
}};

constexpr const ReleaseTraits& traits_of(Release release) { return kReleaseTraits[static_cast<std::size_t>(release)]; }

}  // namespace runsim

#pragma once

#include <string>
#include <string_view>

namespace runsim {

// Returns the folder of the code of a block type: data_loaders. Folders are plural, except custom (lifecycle.md 11).
inline std::string code_folder(std::string_view block_type) {
    return std::string(block_type) + (block_type == "custom" ? "" : "s");
}

}  // namespace runsim

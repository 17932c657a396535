#pragma once

#include <string>
#include <vector>

#include "model/project.hpp"
#include "sim/reading/fields.hpp"

namespace runsim {

using Notes = std::vector<std::string>;

// A block as its entry in metadata.yaml has it, before the names of other blocks are looked up.
struct BlockText {
    Block block;
    std::vector<std::string> upstream;
    std::vector<std::string> downstream;
    bool has_callback = false;
};
// An entry of `callbacks` or `conditionals`, with the blocks that it belongs to.
struct AttachedText {
    AttachedBlock block;
    std::vector<std::string> upstream;
};

// lifecycle.md 11.1. `config` is metadata.yaml of the project or pipeline, or a block's entry.
RetryConfig read_retry_config(const Fields& config, RetryConfig inherited);
BlockText read_block(const Fields& entry, std::string_view pipeline_uuid, const RetryConfig& project_retry);

// Looks the names up: indexes of upstream and downstream blocks, attached blocks. Names of no block are left out, with
// a note; duplicate uuids and cycles are problems, in Mage's words.
void link_blocks(Pipeline& pipeline, std::vector<BlockText> blocks, const std::vector<AttachedText>& conditionals,
                 const std::vector<AttachedText>& callbacks, const Place& place, Problems& problems, Notes& notes);

// A pipeline of pipelines/<uuid>/metadata.yaml. Also returned where there were problems, with what could be read: so
// that what names its blocks can be checked.
Pipeline read_pipeline(const Fields& metadata, std::string uuid, const RetryConfig& project_retry, SymbolTable& symbols,
                       Notes& notes);

}  // namespace runsim

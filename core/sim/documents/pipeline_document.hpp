#pragma once

#include <string>
#include <vector>

#include "lifecycle/blocks/block_entry.hpp"
#include "model/project.hpp"
#include "sim/documents/pipeline_fault.hpp"
#include "sim/reading/fields.hpp"

namespace runsim {

using Notes = std::vector<std::string>;

// A note about `place`, on one line.
void add_note(Notes& notes, const Place& place, std::string_view sentence);

// A block as its entry in metadata.yaml has it, before the names of other blocks are looked up.
struct BlockText {
    Block block;
    Place place;
    std::vector<std::string> upstream;
    std::vector<std::string> downstream;
    bool has_callback = false;
};
// An entry of `callbacks`, `conditionals` or `widgets`, with the blocks that it belongs to.
struct AttachedText {
    AttachedBlock block;
    Place place;
    std::vector<std::string> upstream;
};

// Adds a note for each fault of an entry.
void add_notes(const EntryFaults& faults, const Place& entry, Notes& notes);
// A block of a file that Mage can load.
BlockText read_block(const json::Object& entry, const json::Object& file, const Place& place,
                     const RetryConfig& project_retry, Notes& notes);
// Looks the names up: indexes of upstream and downstream blocks, attached blocks. A name of nothing in the file is left
// out, with a note.
void link_blocks(Pipeline& pipeline, std::vector<BlockText> blocks, const std::vector<AttachedText>& conditionals,
                 const std::vector<AttachedText>& callbacks, const std::vector<AttachedText>& widgets, Notes& notes);

// A pipeline of pipelines/<uuid>/metadata.yaml that Mage can load. Whatever a key holds, it is read as Mage reads it;
// what comes to nothing is noted. Too many blocks are a problem.
Pipeline read_pipeline(const json::Object& file, const Place& place, std::string uuid, const RetryConfig& project_retry,
                       SymbolTable& symbols, Problems& problems, Notes& notes);

// A pipeline that Mage cannot load, for the reason `fault`. `file` is what its file holds, null where it is no YAML.
BrokenPipeline broken_pipeline(const json::Value& file, const PipelineFault& fault, std::string uuid,
                               SymbolTable& symbols, Notes& notes);

// What the project's release makes of the keys of concurrency_config that Mage does not know.
void note_unknown_limits(const Project& project, Notes& notes);

}  // namespace runsim

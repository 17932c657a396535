#pragma once

#include <string>

#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// What of a pipeline is shown besides what always is (http-api.md 5.9).
struct PipelineParts {
    bool detail = false;  // what only DETAIL shows of blocks
    bool extensions = false;
    bool variables = true;  // where there are any; the list leaves them out
    bool schedules = false;
    bool content = true;  // of blocks, in detail
    bool outputs = true;  // likewise
    bool cached = false;  // as the list has it
    bool exists = true;   // false: its file is gone
};

// Appends a pipeline as a JSON object: what its file says, with the real server's defaults.
void append_pipeline(std::string& out, const Instance& instance, const Pipeline& pipeline, const PipelineParts& parts);

// What of a block is shown besides what always is.
enum class BlockParts : std::uint8_t { of_list, of_run, of_detail };

// A block's entry in its pipeline's file (`content`), or what such an entry would say where the pipeline came without a
// file.
json::Object block_file(const json::Value& content, const Pipeline& pipeline, const Block& block);
// An entry as a JSON object. `content` is the file, whose other entries say whether all before it has been executed.
std::string block_text(const Instance& instance, const Pipeline& pipeline, const json::Value& content,
                       const json::Object& entry, BlockParts parts);

}  // namespace runsim::api

#pragma once

#include <string>

#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// What of a pipeline is shown besides what always is (http-api.md 5.9).
struct PipelineParts {
    bool detail = false;  // what only DETAIL shows of blocks
    bool extensions = false;
    bool schedules = false;
    bool content = true;   // of blocks, in detail
    bool outputs = true;   // likewise
    bool cached = false;   // as the list has it
    bool exists = true;    // false: its file is gone
    bool is_saved = true;  // false: it is a template's, so nothing says when it was written
};

// Appends a pipeline as a JSON object: what its file says, with the real server's defaults.
void append_pipeline(std::string& out, const Instance& instance, const Pipeline& pipeline, const PipelineParts& parts);

// What of a block is shown besides what always is.
enum class BlockParts : std::uint8_t {
    of_list,    // nothing
    of_run,     // tags
    of_chart,   // code and outputs
    of_detail,  // of a pipeline: code, outputs, what is attached to it, tags
    alone,      // code, outputs
};

// An entry of a pipeline's loaded content (pipeline_content.hpp) as a JSON object, with its outputs where it is shown
// alone and they are asked for.
std::string block_text(const Instance& instance, const Pipeline& pipeline, const json::Object& content,
                       const json::Object& entry, BlockParts parts, bool outputs = false);

}  // namespace runsim::api

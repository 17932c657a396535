#pragma once

#include <string>

#include "lifecycle/instance.hpp"

namespace runsim::api {

// What of a pipeline is shown besides what always is (http-api.md 5.9).
struct PipelineParts {
    bool detail = false;     // extensions, and what only DETAIL shows of blocks
    bool schedules = false;
    bool content = true;     // of blocks, in detail
    bool outputs = true;     // likewise
};

// Appends a pipeline as a JSON object: what its file says, with the real server's defaults.
void append_pipeline(std::string& out, const Instance& instance, const Pipeline& pipeline, const PipelineParts& parts);

}  // namespace runsim::api

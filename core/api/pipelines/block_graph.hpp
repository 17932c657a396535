#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/errors/failure.hpp"
#include "json/value.hpp"

namespace runsim::api {

// The lists of a pipeline's file that hold blocks.
std::string_view list_of_type(std::string_view block_type);  // callbacks, conditionals, else blocks

// The loaded content of a pipeline's file (pipeline_content.hpp) while blocks in it are linked, renamed and removed, by
// the real server's rules. What fails has changed nothing that may be saved.
class BlockGraph {
public:
    BlockGraph(json::Object& content, std::string pipeline_uuid)
        : content_(content), pipeline_(std::move(pipeline_uuid)) {}

    // Adds an entry to the list of its type, at `priority` among those that are there (none, or beyond them: last).
    // Links to what is no block are dropped. "A cycle was formed while adding a block: ..."
    Outcome add(json::Object entry, const std::vector<std::string>& upstream,
                const std::vector<std::string>& downstream, std::optional<std::int64_t> priority);
    // Replaces what a block waits for. "A cycle was formed while updating a block: ..."
    Outcome set_upstream(std::string_view list, const std::string& uuid, const std::vector<std::string>& upstream);
    // Replaces what waits for a block.
    Outcome set_downstream(std::string_view list, const std::string& uuid, const std::vector<std::string>& downstream);
    // Gives a block another uuid, wherever it is named.
    void rename(std::string_view list, const std::string& from, const std::string& to);
    // Removes a block. Blocks below it are an error, unless `force` is set: then they wait for what it waited for.
    Outcome remove(std::string_view list, const std::string& uuid, bool force);

private:
    Outcome link(std::string_view list, const std::string& uuid, const std::vector<std::string>& upstream);
    Outcome check(std::string_view what) const;
    std::vector<std::string> known_blocks(const std::vector<std::string>& names) const;

    json::Object& content_;
    std::string pipeline_;
};

Failure invalid_pipeline(std::string text);  // InvalidPipelineError

}  // namespace runsim::api

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/calls/call.hpp"

namespace runsim::api {

// The uuid that a pipeline of this name gets: small letters, whatever is neither letter, digit nor `_` replaced by `_`.
// The uuid of a block may also have a `/`, the other character `kept`.
std::string uuid_of_name(std::string_view name, char kept = '_');

// Writes the loaded content of a pipeline (pipeline_content.hpp) into its file, renames blocks in what is known of
// them, and adds to those whose output is kept. The list of pipelines goes on to show what it showed. `pipeline` is
// gone afterwards, unless the caller holds instance.project.
void save_content(Instance& instance, const Pipeline& pipeline, json::Object content,
                  const std::vector<RenamedBlock>& renamed = {}, const std::vector<std::string>& executed = {});

// What UPDATE makes of a pipeline's file; none: nothing changes. Of the payload name, description, type and tags count.
ResultOf<std::optional<PipelineFile>> changed_file(const Call& call, const Pipeline& pipeline);

}  // namespace runsim::api

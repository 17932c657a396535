#pragma once

#include <optional>

#include "api/calls/call.hpp"

namespace runsim::api {

// The uuid that a pipeline of this name gets: small letters, whatever is neither letter, digit nor `_` replaced by `_`.
std::string uuid_of_name(std::string_view name);

// What UPDATE makes of a pipeline's file; none: nothing changes. Of the payload name, description, type and tags count.
ResultOf<std::optional<PipelineFile>> changed_file(const Call& call, const Pipeline& pipeline);

}  // namespace runsim::api

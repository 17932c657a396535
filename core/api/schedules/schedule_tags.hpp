#pragma once

#include <string>
#include <vector>

#include "api/errors/failure.hpp"
#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// Returns the tags of a schedule after an UPDATE with `list`, which is not null (http-api.md 7.3): first the kept ones
// in their order, then other existing ones by name, then new ones in the order of the list. A new name that appears
// twice breaks the table of tags. Unused tags remain.
ResultOf<std::vector<std::string>> replaced_tags(Instance& instance, const Schedule& schedule, const json::Value& list);

}  // namespace runsim::api

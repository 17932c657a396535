#pragma once

#include <string>
#include <vector>

#include "api/errors/failure.hpp"
#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// The tags that a schedule has after an UPDATE with `list`, which is not null (http-api.md 7.3): those that stay in
// their order, then the ones that exist already, by name, then new ones in the order of the list. One new name twice
// breaks the table of tags. Tags that no schedule has any more remain.
ResultOf<std::vector<std::string>> replaced_tags(Instance& instance, const Schedule& schedule, const json::Value& list);

}  // namespace runsim::api

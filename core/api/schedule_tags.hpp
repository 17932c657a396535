#pragma once

#include <string>
#include <vector>

#include "api/failure.hpp"
#include "json/value.hpp"
#include "store/store.hpp"

namespace runsim::api {

// The tags that a schedule has after an UPDATE with `list`, which is not null (http-api.md 7.3): those that stay in
// their order, then the ones that some schedule has already, by name, then new ones in the order of the list. One new
// name twice breaks the table of tags. (The real server also knows names that no schedule has any more; here they are
// new again.)
ResultOf<std::vector<std::string>> replaced_tags(const Store& store, const Schedule& schedule, const json::Value& list);

}  // namespace runsim::api

#pragma once

#include <algorithm>

#include "model/project.hpp"

namespace runsim::api {

// Returns nullptr if there is none.
inline const CustomTemplate* find_template(const std::vector<CustomTemplate>& templates, std::string_view uuid) {
    const auto at = std::find_if(templates.begin(), templates.end(),
                                 [uuid](const CustomTemplate& known) { return known.uuid == uuid; });
    return at == templates.end() ? nullptr : &*at;
}

}  // namespace runsim::api

#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "api/http/query.hpp"

namespace runsim::api {

// Adds the fields of a multipart/form-data body to `out`. Skips files and parts that are not form data.
void parse_multipart(std::string_view content_type, std::string_view body, std::vector<Parameter>& out);

// Returns the line (between CRLFs) `count` lines after the first that equals `line`, or nullopt if there is no such
// line. Returns an empty line if fewer lines follow.
std::optional<std::string_view> multipart_line_after(std::string_view body, std::string_view line, int count);

}  // namespace runsim::api

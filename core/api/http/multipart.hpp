#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "api/http/query.hpp"

namespace runsim::api {

// Adds the fields of a multipart/form-data body to `out`; files, and parts that are no form data, are left out.
void parse_multipart(std::string_view content_type, std::string_view body, std::vector<Parameter>& out);

// Of the lines between CRLFs, the one `count` places behind the first that equals `line`; none where there is no such
// line. Fewer lines than that: an empty one.
std::optional<std::string_view> multipart_line_after(std::string_view body, std::string_view line, int count);

}  // namespace runsim::api

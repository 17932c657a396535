#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/errors/failure.hpp"
#include "api/http/query.hpp"

namespace runsim::api {

// The path-traversal check of generic resource routes (http-api.md 2.5). `arguments` are those of the query string,
// then of a form body. Returns the body of a 400, or nullopt if all is safe. Fails if the first value of a parameter is
// not UTF-8.
ResultOf<std::optional<std::string>> unsafe_text(std::string_view raw_path, const std::vector<Parameter>& arguments);

}  // namespace runsim::api

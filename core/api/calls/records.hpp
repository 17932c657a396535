#pragma once

#include <optional>
#include <string_view>

#include "api/calls/resource.hpp"

namespace runsim::api {

// Find records by their text in a path.
ResultOf<std::optional<Record>> find_pipeline_run(const Instance& instance, std::string_view pk);
ResultOf<std::optional<Record>> find_pipeline_schedule(const Instance& instance, std::string_view pk);
ResultOf<std::optional<Record>> find_block_run(const Instance& instance, std::string_view pk);
ResultOf<std::optional<Record>> find_backfill(const Instance& instance, std::string_view pk);
ResultOf<std::optional<Record>> find_pipeline(const Instance& instance, std::string_view pk);

}  // namespace runsim::api

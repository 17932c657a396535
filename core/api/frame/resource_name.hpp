#pragma once

#include <string>
#include <string_view>

namespace runsim::api {

// Converts a resource's name in a URL to its class as the real server does (http-api.md 1.4).

// The English singular: pipeline_runs -> pipeline_run, statuses -> status, backfills -> backfill. Case is kept where no
// rule applies.
std::string singularize(std::string_view name);

// pipeline_run -> PipelineRun, PIPELINE_RUN -> PipelineRun, pipeline__run -> PipelineRun.
std::string class_name_of(std::string_view singular);

}  // namespace runsim::api

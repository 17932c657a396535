#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "json/value.hpp"
#include "sim/reading/problems.hpp"

namespace runsim {

// What Mage raises when it reads a pipeline's file, and where in the file the reason is.
struct PipelineFault {
    Place place;
    std::string error;        // the text of the exception
    bool stops_runs = false;  // a run that starts raises it, too
};

// Why Mage cannot load the file, or nullopt if it can (lifecycle.md 11.1). `file` is its whole content.
std::optional<PipelineFault> load_fault(const json::Value& file, std::string_view uuid, const Place& place);

// Why a pipeline that loads cannot be shown in full: DETAIL and UPDATE fail with it. Returns nullopt if it can.
std::optional<PipelineFault> detail_fault(const json::Object& file, const Place& place);

// The part of a file that the cache behind the list of pipelines keeps (http-api.md 5.9). Returns nullopt if the cache
// does not have the pipeline: the file names no uuid, or another than its folder.
std::optional<json::Object> cached_file(const json::Object& file, std::string_view uuid);

// Where an entry of a list of blocks stands: by its uuid if it has one, else by its number.
Place place_of_entry(const Place& file, std::string_view list, std::size_t index, const json::Object& entry);

// lifecycle.md 10
bool is_pipeline_type(std::string_view type);

}  // namespace runsim

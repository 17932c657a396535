#pragma once

#include <string>

#include "json/write.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// The outputs of blocks (http-api.md 5.13), as runsim.json defines them: a list is several values; any other value and
// a table is one.

// Appends the list of values in the answer of a call that runs the block. A table is a list of its rows as objects.
void append_returned(json::Writer& w, const BlockOutput& output);
// The form in pipelines and blocks after the notebook has executed the block: at most ten values, tables with ten rows.
void append_notebook_outputs(json::Writer& w, const BlockOutput& output);
// The form in the outputs of a block run.
void append_run_outputs(json::Writer& w, const BlockOutput& output);
// The form in variables of the block: name, Python's type, value.
void append_output_variables(json::Writer& w, const BlockOutput& output);
// Returns a table as a CSV file; "" for everything else.
std::string csv_of(const BlockOutput& output);

// Returns whether the notebook has executed a block, so that its output is kept.
bool is_executed(const Instance& instance, const Pipeline& pipeline, std::string_view block_uuid);

}  // namespace runsim::api

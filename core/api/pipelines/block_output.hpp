#pragma once

#include <string>

#include "json/write.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// What blocks put out (http-api.md 5.13), as runsim.json says it: a list is several values, any other value is one, and
// so is a table.

// The list of values that a call which runs the block answers with; a table is a list of its rows as objects.
void append_returned(json::Writer& w, const BlockOutput& output);
// As pipelines and blocks show it after the notebook has executed the block: at most ten values, tables with ten rows.
void append_notebook_outputs(json::Writer& w, const BlockOutput& output);
// As the outputs of a block run.
void append_run_outputs(json::Writer& w, const BlockOutput& output);
// As variables of the block: name, Python's type, value.
void append_output_variables(json::Writer& w, const BlockOutput& output);
// A table as a CSV file; "" for everything else.
std::string csv_of(const BlockOutput& output);

// Whether the notebook has executed a block, so that its output is kept.
bool is_executed(const Instance& instance, const Pipeline& pipeline, std::string_view block_uuid);

}  // namespace runsim::api

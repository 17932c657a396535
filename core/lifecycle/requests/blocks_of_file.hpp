#pragma once

#include "json/value.hpp"
#include "model/project.hpp"
#include "model/project_files.hpp"

namespace runsim {

// Makes blocks, callbacks, conditionals and variables of a pipeline what a changed file says. `pipeline` is a copy of
// `source`, the loaded pipeline that the file was made from. Blocks of `source` keep their behaviour, also under
// another uuid; new ones get that of `project`'s models.
void take_content(Pipeline& pipeline, const Pipeline& source, const PipelineFile& file, const Project& project,
                  SymbolTable& symbols);

}  // namespace runsim

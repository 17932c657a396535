#pragma once

#include "json/value.hpp"
#include "model/project.hpp"
#include "model/project_files.hpp"

namespace runsim {

// Sets blocks, callbacks, conditionals and variables of a pipeline from a changed file. `pipeline` is a copy of
// `source`, the loaded pipeline that the file was made from. Blocks of `source` keep their behaviour, even under
// another uuid. New blocks get the behaviour in `project`'s models.
void take_content(Pipeline& pipeline, const Pipeline& source, const PipelineFile& file, const Project& project,
                  SymbolTable& symbols);

}  // namespace runsim

#pragma once

#include "model/project.hpp"
#include "sim/documents/pipeline_document.hpp"
#include "sim/reading/fields.hpp"

namespace runsim {

// The document's `custom_templates`: the folders of custom_templates/blocks and custom_templates/pipelines, each in the
// order in which Mage lists them. Mage does not know a template whose file it cannot read; a note says so.
CustomTemplates read_templates(const Fields& templates, const Project& project, Problems& problems, Notes& notes);

}  // namespace runsim

#pragma once

#include <string>
#include <utility>

#include "sim/documents/scenario.hpp"
#include "support/catch.hpp"
#include "support/documents.hpp"

namespace runsim {

// What a project document is read as; it must be one that can be read.
inline LoadedProject load(const DocumentParts& parts) {
    auto loaded = read_project_document(document(parts));
    INFO((loaded ? "" : loaded.error().message));
    REQUIRE(loaded);
    return std::move(loaded).value();
}

// `pipelines` are entries of the document's list.
inline LoadedProject load_pipelines(std::string pipelines, std::string runsim = "{}") {
    DocumentParts parts;
    parts.pipelines = "[" + std::move(pipelines) + "]";
    parts.runsim = std::move(runsim);
    return load(parts);
}

}  // namespace runsim

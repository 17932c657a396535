#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "lifecycle/instance/instance.hpp"
#include "sim/documents/scenario.hpp"

namespace runsim {

// A world whose history is still to be performed. Nothing has happened yet: its clock is where the history begins.
struct PreparedWorld {
    Instance instance;
    std::vector<std::string> notes;
    std::vector<HistoryCall> calls;
};

// From a project document (docs/project-document.md). The error lists every mistake, one per line.
Result<PreparedWorld> prepare_world(std::string_view document);

}  // namespace runsim

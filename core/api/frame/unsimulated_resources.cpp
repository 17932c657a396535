#include "api/frame/unsimulated_resources.hpp"

#include <iterator>

#include "base/contains.hpp"

namespace runsim::api {

bool is_unsimulated(std::string_view class_name) {
    static constexpr std::string_view kClasses[] = {
        "BlockLayoutItem",
        "BlockOutput",
        "BlockTemplate",
        "Cluster",
        "ComputeCluster",
        "DataProvider",
        "Download",
        "ExecutionState",
        "File",
        "FileContent",
        "FileVersion",
        "Folder",
        "GitCustomBranch",
        "GlobalDataProduct",
        "GlobalHook",
        "IntegrationDestination",
        "IntegrationSource",
        "Interaction",
        "KernelProcess",
        "Llm",
        "PageBlockLayout",
        "Permission",
        "PipelineInteraction",
        "PullRequest",
        "Role",
        "SearchResult",
        "Seed",
        "Sync",
        "Widget",
        "Workspace",
        "Yaml",
    };
    return contains(kClasses, class_name);
}

}  // namespace runsim::api

#include "api/frame/unsimulated_resources.hpp"

#include <algorithm>
#include <iterator>

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
    return std::find(std::begin(kClasses), std::end(kClasses), class_name) != std::end(kClasses);
}

}  // namespace runsim::api

#include "api/unsimulated.hpp"

#include <algorithm>
#include <iterator>

namespace runsim::api {

bool is_unsimulated(std::string_view class_name) {
    static constexpr std::string_view kClasses[] = {
        "Block",         "BlockLayoutItem", "BlockOutput",   "BlockTemplate",  "ClientPage",      "Cluster",
        "ComputeCluster", "CustomDesign",   "CustomTemplate", "DataProvider",  "Download",        "ExecutionState",
        "File",          "FileContent",     "FileVersion",   "Folder",         "GitBranch",       "GitCustomBranch",
        "GlobalDataProduct", "GlobalHook",  "IntegrationDestination", "IntegrationSource", "Interaction", "Kernel",
        "KernelProcess", "Llm",             "MonitorStat",   "Oauth",          "Output",          "PageBlockLayout",
        "Permission",    "PipelineInteraction", "PipelineTrigger", "Project",  "PullRequest",     "Role",
        "SearchResult",  "Secret",          "Seed",          "Session",        "Sync",            "Tag",
        "User",          "Variable",        "Widget",        "Workspace",      "Yaml",
    };
    return std::find(std::begin(kClasses), std::end(kClasses), class_name) != std::end(kClasses);
}

}  // namespace runsim::api

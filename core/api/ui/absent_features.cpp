#include "api/ui/handlers.hpp"

// Answers for features that the server is not set up for: version control, custom designs, external sign-in.
namespace runsim::api {

Outcome list_nothing(Call&, std::string& out) {
    out += "[]";
    return Done{};
}

Outcome show_git_branch(Call&, std::string& out) {
    out +=
        R"({"files": {}, "is_git_integration_enabled": null, "modified_files": [], "name": null, "staged_files": [], )"
        R"("sync_config": {}, "untracked_files": []})";
    return Done{};
}

Outcome show_custom_design(Call&, std::string& out) {
    out += R"({"components": null, "pages": null, "project": null, "uuid": null})";
    return Done{};
}

Outcome refuse_provider(Call&, std::string&) { return invalid("Invalid provider."); }

}  // namespace runsim::api

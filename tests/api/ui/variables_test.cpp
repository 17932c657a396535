#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

TEST_CASE("global variables are set and removed, in the order of their names", "[real-clients C7][http-api 5.11]") {
    ApiFixture api;
    const std::string variables = "/api/pipelines/chain/variables";
    const auto set = [&](const std::string& fields) {
        return api.body_of("POST " + variables, "{\"variable\": {" + fields + "}}");
    };
    CHECK(
        set(R"("name": "x", "value": 1)") ==
        R"({"variable": {"block": {"uuid": "global"}, "name": "x", "pipeline": {"uuid": "chain"}, "value": 1, "variables": ["x"]}, "metadata": null})");
    CHECK(set(R"("name": "a", "value": {"z": 1, "b": 2})")
              .find(R"("value": {"z": 1, "b": 2}, "variables": ["a", "x"])") != std::string::npos);
    CHECK(set(R"("name": "a b", "value": 1)").find("Invalid variable name syntax for variable name a b.") !=
          std::string::npos);
    CHECK(set(R"("name": "c")").find("Value is empty for variable name c.") != std::string::npos);
    CHECK(
        api.body_of("GET " + variables)
            .find(
                R"("variables": [{"uuid": "a", "type": "<class 'dict'>", "value": {"b": 2, "z": 1}}, {"uuid": "x", )") !=
        std::string::npos);
    CHECK(
        api.body_of("DELETE " + variables + "/x") ==
        R"({"variable": {"block": null, "name": "x", "pipeline": null, "value": null, "variables": null}, "metadata": null})");
    CHECK(api.exception_of("DELETE " + variables + "/x") == "'x'");
    CHECK(api.exception_of("DELETE /api/pipelines/diamond/variables/x") ==
          "'NoneType' object does not support item deletion");
    CHECK(api.body_of("GET /api/pipelines/chain").find(R"("variables": {"a": {"b": 2, "z": 1}})") != std::string::npos);
    // The blocks are as they were.
    CHECK(api.instance.project->find_pipeline("chain")->blocks.size() == 3);
}

TEST_CASE("a kernel is there, and can be restarted", "[real-clients C7]") {
    ApiFixture api;
    const std::string kernels = api.body_of("GET /api/kernels");
    CHECK(kernels.starts_with(R"({"kernels": [{"alive": true, "id": ")"));
    CHECK(api.body_of("PUT /api/kernels/x", R"({"kernel": {"action_type": "restart"}})")
              .starts_with(R"({"kernel": {"alive": true, )"));
    CHECK(api.body_of("GET /api/kernels/x").find("The detail action is disabled for kernels.") != std::string::npos);
}

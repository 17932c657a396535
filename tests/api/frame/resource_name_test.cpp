#include "api/frame/resource_name.hpp"

#include <vector>

#include "api/calls/resource.hpp"
#include "support/catch.hpp"

using namespace runsim::api;

TEST_CASE("a resource's name in a URL leads to its class", "[http-api 1.4]") {
    struct Case {
        std::string name;
        std::string singular;
        std::string class_name;
    };
    const std::vector<Case> cases = {
        {"pipeline_runs", "pipeline_run", "PipelineRun"},
        {"pipeline_run", "pipeline_run", "PipelineRun"},
        {"PIPELINE_RUNS", "PIPELINE_RUN", "PipelineRun"},
        {"Pipeline_Runs", "Pipeline_Run", "PipelineRun"},
        {"pipeline__runs", "pipeline__run", "PipelineRun"},
        {"pipeline_schedules", "pipeline_schedule", "PipelineSchedule"},
        {"block_runs", "block_run", "BlockRun"},
        {"backfills", "backfill", "Backfill"},
        {"statuses", "status", "Status"},
        {"status", "status", "Status"},
        {"pipelines", "pipeline", "Pipeline"},
        {"schedulers", "scheduler", "Scheduler"},
        {"logs", "log", "Log"},
        {"foo_bars", "foo_bar", "FooBar"},
        {"histories", "history", "History"},
        {"days", "day", "Day"},
        {"movies", "movie", "Movie"},
        {"caches", "cach", "Cach"},
        {"caches_x", "caches_x", "CachesX"},
        {"people", "person", "Person"},
        {"wolves", "wolf", "Wolf"},
        {"lives", "life", "Life"},
        {"databases", "database", "Database"},
        {"analyses", "analysis", "Analysis"},
        {"axes", "axis", "Axis"},
        {"boxes", "box", "Box"},
        {"data", "datum", "Datum"},
        {"news", "news", "News"},
        {"class", "class", "Class"},
        {"fish", "fish", "Fish"},
        {"series", "series", "Series"},
        {"s", "", ""},
    };
    for (const Case& c : cases) {
        CAPTURE(c.name);
        CHECK(singularize(c.name) == c.singular);
        CHECK(class_name_of(singularize(c.name)) == c.class_name);
    }
}

TEST_CASE("a resource found by its plural is the one of the plural's class") {
    for (const std::string name :
         {"backfills",         "block_runs", "blocks",        "client_pages", "custom_templates", "git_branches",
          "kernels",           "logs",       "monitor_stats", "outputs",      "pipeline_runs",    "pipeline_schedules",
          "pipeline_triggers", "pipelines",  "projects",      "schedulers",   "secrets",          "sessions",
          "statuses",          "tags",       "users",         "variables"}) {
        CAPTURE(name);
        const Resource* resource = find_resource_by_plural(name);
        REQUIRE(resource != nullptr);
        CHECK(resource == find_resource(class_name_of(singularize(name))));
    }
    CHECK(find_resource_by_plural("pipeline_run") == nullptr);
}

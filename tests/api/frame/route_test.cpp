#include "api/frame/route.hpp"

#include <utility>
#include <vector>

#include "support/catch.hpp"

using namespace runsim::api;

namespace {

std::string shown(std::string_view path) {
    static constexpr const char* kNames[] = {"none",          "page",       "statuses",    "events",   "event_matchers",
                                             "event_matcher", "trigger",    "block_run",   "download", "list",
                                             "detail",        "child_list", "child_detail"};
    const Route route = find_route(path);
    std::string text = kNames[static_cast<int>(route.kind)];
    for (std::size_t i = 0; i < route.parts_count; ++i) {
        text += ' ';
        text += route.parts[i].name;
        text += '=';
        text += route.parts[i].text;
    }
    return text;
}

}  // namespace

TEST_CASE("every path goes to the first row of the route table that it matches (http-api.md 1.1)") {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"/api/status", "statuses"},
        {"/api/statuses", "statuses"},
        {"/api/statuses/1", "detail resource=statuses pk=1"},
        {"/", "page"},
        {"/pipelines", "page"},
        {"/pipelines/diamond/edit", "page"},
        {"/pipelines/", "none"},
        {"/pipeline-runs", "page"},
        {"/overview/", "none"},
        {"/nope", "none"},
        {"/api", "none"},
        {"/api/", "none"},
        {"/api/foo-bars", "none"},
        {"/api/events", "events"},
        {"/api/event_matchers", "event_matchers"},
        {"/api/event_matchers/7", "event_matcher event_matcher_id=7"},
        {"/api/event_matchers/a-b", "detail resource=event_matchers pk=a-b"},
        {"/api/runs", "block_run"},
        {"/api/runs/abc", "block_run token=abc"},
        {"/api/pipeline_schedules/1/pipeline_runs/5", "trigger pipeline_schedule_id=1 token=5"},
        {"/api/pipeline_schedules/1/pipeline_runs/a-b",
         "child_detail resource=pipeline_schedules pk=1 child=pipeline_runs child_pk=a-b"},
        {"/api/pipeline_schedules/1/api_trigger", "trigger pipeline_schedule_id=1"},
        {"/api/pipeline_schedules/1/api_trigger/", "detail resource=pipeline_schedules pk=1/api_trigger/"},
        {"/api/pipeline_schedules/1/pipeline_runs", "child_list resource=pipeline_schedules pk=1 child=pipeline_runs"},
        {"/api/pipelines/a/block_outputs/b/downloads", "download pipeline_uuid=a block_uuid=b"},
        {"/api/pipelines/a/block_outputs/b/c.d/downloads", "download pipeline_uuid=a block_uuid=b/c.d"},
        {"/api/pipelines/a-b/block_outputs/b/downloads", "detail resource=pipelines pk=a-b/block_outputs/b/downloads"},
        {"/api/pipelines/a/blocks/b/c", "child_detail pk=a child_pk=b/c"},
        {"/api/pipelines/a:b/pipeline_schedules", "detail resource=pipelines pk=a:b/pipeline_schedules"},
        {"/api/pipelines/a%20b/pipeline_schedules", "child_list resource=pipelines pk=a%20b child=pipeline_schedules"},
        {"/api/pipeline_runs", "list resource=pipeline_runs"},
        {"/api/PIPELINE_RUNS", "list resource=PIPELINE_RUNS"},
        {"/api/pipeline_runs/", "none"},
        {"/api/pipeline_runs/1", "detail resource=pipeline_runs pk=1"},
        {"/api/pipeline_runs/1/", "detail resource=pipeline_runs pk=1/"},
        {"/api/a/b/c/d/e/f", "detail resource=a pk=b/c/d/e/f"},
        {"/API/pipeline_runs", "none"},
    };
    for (const auto& [path, route] : cases) {
        CAPTURE(path);
        CHECK(shown(path) == route);
    }
}

#include "api/frame/route.hpp"

#include <utility>
#include <vector>

#include "support/catch.hpp"

using namespace runsim::api;

namespace {

std::string shown(std::string_view path) {
    const Route route = find_route(path);
    std::string text = route.row.kind == RouteKind::none   ? "none"
                       : route.row.kind == RouteKind::page ? "page"
                                                           : std::string(route.row.form);
    for (const auto& [name, part] : route.parts) {
        text += ' ';
        text += name;
        text += '=';
        text += part;
    }
    return text;
}

}  // namespace

TEST_CASE("every path goes to the first row of the route table that it matches", "[http-api 1.1]") {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"/api/status", "status"},
        {"/api/statuses", "statuses"},
        {"/api/statuses/1", "{resource:word}/{pk:rest} resource=statuses pk=1"},
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
        {"/api/event_matchers/7", "event_matchers/{event_matcher_id:word} event_matcher_id=7"},
        {"/api/event_matchers/a-b", "{resource:word}/{pk:rest} resource=event_matchers pk=a-b"},
        {"/api/runs", "runs"},
        {"/api/runs/abc", "runs/{token:word} token=abc"},
        {"/api/pipeline_schedules/1/pipeline_runs/5",
         "pipeline_schedules/{pipeline_schedule_id:word}/pipeline_runs/{token:word} pipeline_schedule_id=1 token=5"},
        {"/api/pipeline_schedules/1/pipeline_runs/a-b",
         "{resource:word}/{pk:key}/{child:word}/{child_pk:key} resource=pipeline_schedules pk=1 child=pipeline_runs "
         "child_pk=a-b"},
        {"/api/pipeline_schedules/1/api_trigger",
         "pipeline_schedules/{pipeline_schedule_id:word}/api_trigger pipeline_schedule_id=1"},
        {"/api/pipeline_schedules/1/api_trigger/",
         "{resource:word}/{pk:rest} resource=pipeline_schedules pk=1/api_trigger/"},
        {"/api/pipeline_schedules/1/pipeline_runs",
         "{resource:word}/{pk:key}/{child:word} resource=pipeline_schedules pk=1 child=pipeline_runs"},
        {"/api/pipelines/a/block_outputs/b/downloads",
         "pipelines/{pipeline_uuid:word}/block_outputs/{block_uuid:block}/downloads pipeline_uuid=a block_uuid=b"},
        {"/api/pipelines/a/block_outputs/b/c.d/downloads",
         "pipelines/{pipeline_uuid:word}/block_outputs/{block_uuid:block}/downloads pipeline_uuid=a block_uuid=b/c.d"},
        {"/api/pipelines/a-b/block_outputs/b/downloads",
         "{resource:word}/{pk:rest} resource=pipelines pk=a-b/block_outputs/b/downloads"},
        {"/api/pipelines/a/blocks/b/c",
         "{resource=pipelines}/{pk:key}/{child=blocks}/{child_pk:rest} resource=pipelines pk=a child=blocks "
         "child_pk=b/c"},
        {"/api/pipelines/a:b/pipeline_schedules",
         "{resource:word}/{pk:rest} resource=pipelines pk=a:b/pipeline_schedules"},
        {"/api/pipelines/a%20b/pipeline_schedules",
         "{resource:word}/{pk:key}/{child:word} resource=pipelines pk=a%20b child=pipeline_schedules"},
        {"/api/pipeline_runs", "{resource:word} resource=pipeline_runs"},
        {"/api/PIPELINE_RUNS", "{resource:word} resource=PIPELINE_RUNS"},
        {"/api/pipeline_runs/", "none"},
        {"/api/pipeline_runs/1", "{resource:word}/{pk:rest} resource=pipeline_runs pk=1"},
        {"/api/pipeline_runs/1/", "{resource:word}/{pk:rest} resource=pipeline_runs pk=1/"},
        {"/api/a/b/c/d/e/f", "{resource:word}/{pk:rest} resource=a pk=b/c/d/e/f"},
        {"/API/pipeline_runs", "none"},
    };
    for (const auto& [path, route] : cases) {
        CAPTURE(path);
        CHECK(shown(path) == route);
    }
}

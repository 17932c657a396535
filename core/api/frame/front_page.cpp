#include "api/frame/front_page.hpp"

namespace runsim::api {

namespace {

constexpr std::string_view kPage = R"(<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>runsim</title>
<h1>runsim</h1>
<p>This server simulates the pipeline-run API of Mage. No Python runs here, and there is no web UI of Mage.</p>
<ul>
<li><a href="/api/pipelines">/api/pipelines</a>: the pipelines</li>
<li><a href="/api/pipeline_runs">/api/pipeline_runs</a>: their runs</li>
<li><a href="/__sim/project">/__sim/project</a>: the project, and what of it is not simulated</li>
<li><a href="/__sim/clock">/__sim/clock</a>: the clock of the simulation</li>
<li><a href="/__sim/openapi.json">/__sim/openapi.json</a>: every call</li>
</ul>
<p>To watch the runs, start the server with <code>runsim serve --page</code>.</p>
</html>
)";

constexpr std::string_view kIcon =
    R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="#357"/></svg>)";

}  // namespace

Response front_page(std::string_view path) {
    const bool icon = path == "/favicon.ico";
    Response response{.status = 200,
                      .content_type = icon ? ContentType::svg : ContentType::html,
                      .cors = false,
                      .body = std::string(icon ? kIcon : kPage)};
    return response;
}

}  // namespace runsim::api

#include "support/api_fixture.hpp"

#include "base/assert.hpp"
#include "base/date/date_text.hpp"
#include "base/text/text.hpp"
#include "json/parse.hpp"
#include "lifecycle/rows/create_run.hpp"

namespace runsim::test {

namespace {

Instant instant_of(std::string_view text) {
    const auto date = parse_iso_date(text);
    RUNSIM_ASSERT(date.ok(), "a test writes dates as ISO text");
    return date->utc();
}

Options options_of(Dialect dialect) {
    Options options;
    options.dialect = dialect;
    options.start = instant_of("2026-01-01 00:00:00");
    return options;
}

}  // namespace

std::shared_ptr<const Project> small_project() {
    Project project = *ProjectBuilder()
                           .pipeline("diamond")
                           .with_pipeline([](Pipeline& p) { p.tags = {"red", "blue"}; })
                           .block("load", {}, "data_loader")
                           .block("left", {"load"})
                           .block("right", {"load"})
                           .block("export", {"left", "right"}, "data_exporter")
                           .pipeline("chain")
                           .block("first", {}, "data_loader")
                           .block("second", {"first"})
                           .block("third", {"second"})
                           .build();
    project.name = "lab";
    project.repo_path = "/home/src/lab";
    return std::make_shared<const Project>(std::move(project));
}

ApiFixture::ApiFixture(Dialect dialect, std::shared_ptr<const Project> project)
    : instance(make_instance(std::move(project), options_of(dialect))) {
    start_scheduler(instance, instance.now);
}

api::Response ApiFixture::send(std::string_view call, std::string_view body, const Headers& headers) {
    api::Request request;
    const std::size_t space = call.find(' ');
    request.method = call.substr(0, space);
    request.target = call.substr(space + 1);
    request.body = body;
    for (const auto& [name, value] : headers) request.headers.emplace_back(name, value);
    return api::handle(instance, cache, request);
}

std::string ApiFixture::exception_of(std::string_view call, std::string_view body, const Headers& headers) {
    const std::string text = body_of(call, body, headers);
    const auto answer = json::parse(text);
    if (answer && answer->object()) {
        const json::Value* error = answer->object()->find("error");
        const json::Value* exception = error && error->object() ? error->object()->find("exception") : nullptr;
        if (exception && exception->string()) return *exception->string();
    }
    return "no exception: " + text;
}

std::string ApiFixture::ids_of(std::string_view call) {
    const std::string text = body_of(call);
    const auto answer = json::parse(text);
    if (!answer || !answer->object() || answer->object()->empty()) return text;
    const json::Array* rows = answer->object()->begin()->value.array();
    if (!rows) return text;
    std::string ids;
    for (const json::Value& row : *rows) {
        if (!ids.empty()) ids += ' ';
        append_int(ids, *row.object()->find("id")->integer());
    }
    return ids;
}

ScheduleId ApiFixture::add_schedule(const NewSchedule& schedule) {
    Schedule row;
    row.created_at = row.updated_at = stored_moment(instance, instance.moment());
    row.name = schedule.name;
    row.pipeline_uuid = instance.store.symbols.intern(schedule.pipeline);
    row.schedule_type = schedule.type;
    row.status = schedule.status;
    row.token = schedule.token;
    row.schedule_interval = schedule.interval;
    row.repo_path = instance.project->repo_path;
    return instance.store.insert(std::move(row));
}

RunId ApiFixture::add_run(ScheduleId schedule, std::string_view date, RunStatus status) {
    Run row;
    row.pipeline_schedule_id = schedule;
    row.pipeline_uuid = instance.store.schedule(schedule)->pipeline_uuid;
    row.status = status;
    if (!date.empty()) row.execution_date = instant_of(date);
    return create_run(instance, std::move(row));
}

void ApiFixture::advance(Duration duration) {
    const Instant until = instance.now + duration;
    while (perform_next_event(instance, until)) {
    }
    if (instance.now < until) instance.now = until;
}

}  // namespace runsim::test

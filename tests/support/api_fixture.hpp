#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/frame/handle.hpp"
#include "lifecycle/instance/instance.hpp"
#include "lifecycle/scheduler/scheduler.hpp"
#include "support/project_builder.hpp"

namespace runsim::test {

// Of the folder /home/src/lab: diamond (load, left, right, export; tags red, blue) and chain (first, second, third; no
// tags).
std::shared_ptr<const Project> small_project();

// A Mage instance that answers requests, its clock at 2026-01-01 00:00:00:
//
//   ApiFixture api(Dialect::sqlite);
//   const ScheduleId hook = api.add_schedule({.name = "hook"});
//   CHECK(api.send("GET /api/pipeline_runs").body == "...");
class ApiFixture {
public:
    using Headers = std::vector<std::pair<std::string, std::string>>;

    explicit ApiFixture(Dialect dialect = Dialect::postgres, std::shared_ptr<const Project> project = small_project());

    // `call` is METHOD and target. A body without a Content-Type among `headers` comes without one.
    api::Response send(std::string_view call, std::string_view body = {}, const Headers& headers = {});
    // The same, for what stands in the answer's body.
    std::string body_of(std::string_view call, std::string_view body = {}, const Headers& headers = {}) {
        return send(call, body, headers).body;
    }
    // error.exception of an internal error; "no exception: <body>" where the answer is none.
    std::string exception_of(std::string_view call, std::string_view body = {}, const Headers& headers = {});
    // The ids of the listed objects, as "8 7 6".
    std::string ids_of(std::string_view call);

    // A schedule without a call to the API: of type api, active and with a token unless said otherwise.
    struct NewSchedule {
        std::string name = "hook";
        std::string pipeline = "diamond";
        std::optional<ScheduleType> type = ScheduleType::api;
        ScheduleStatus status = ScheduleStatus::active;
        std::optional<std::string> token = "00000000000000000000000000000001";
        std::optional<std::string> interval = {};
    };
    ScheduleId add_schedule(const NewSchedule& schedule);
    // A run of that schedule, as the scheduler would make it; `date` as in "2024-01-02 03:04:05", or "" for none.
    RunId add_run(ScheduleId schedule, std::string_view date, RunStatus status = RunStatus::initial);

    // Lets that much time pass.
    void advance(Duration duration);

    Instance instance;
    api::RunTextCache cache;
};

}  // namespace runsim::test

#include "support/workloads.hpp"

#include "support/catch.hpp"
#include "support/store_check.hpp"

using namespace runsim;

TEST_CASE("a workload is a consistent store of finished runs, the same for the same seed") {
    const support::Workload workload{.runs = 3'000, .schedules = 7, .block_runs = 5};
    const Store store = support::finished_runs(workload);
    CHECK(support::index_errors(store) == "");
    CHECK(store.runs().size() == 3'000);
    CHECK(store.block_runs().size() == 15'000);
    CHECK(store.running_runs().empty());
    CHECK(store == support::finished_runs(workload));
    CHECK(!(store == support::finished_runs({.runs = 3'000, .schedules = 7, .block_runs = 5, .seed = 2})));
    for (const Schedule& schedule : store.schedules()) CHECK(store.runs_by_id(schedule.id).size() > 300);
}

TEST_CASE("a copy that goes on leaves a large store as it was") {
    const Store store = support::finished_runs({.runs = 2'000});
    Store copy = store;
    const Instant now{1'900'000'000'000'000};
    for (std::uint32_t i = 0; i < 600; ++i) {
        const RunId run = support::add_initial_run(copy, ScheduleId{i % 10 + 1}, now + Duration::seconds(i), 4);
        copy.update(run, [](Run& row) { row.status = RunStatus::running; });
        copy.erase(RunId{3 * i + 1});
    }
    CHECK(support::index_errors(copy) == "");
    CHECK(copy.running_runs().size() == 600);
    CHECK(store == support::finished_runs({.runs = 2'000}));
    CHECK(support::index_errors(store) == "");
}

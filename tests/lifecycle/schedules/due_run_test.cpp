#include <string>
#include <vector>

#include "base/date/date_text.hpp"
#include "lifecycle/schedules/due_run.hpp"
#include "lifecycle/schedules/execution_date.hpp"
#include "support/catch.hpp"

using namespace runsim;

namespace {

Instant at(std::string_view text) { return parse_iso_date(text)->utc(); }

// An instance of a project with a batch pipeline "etl" and a streaming pipeline "stream" of three executors; its
// schedule 1 is what the test makes of it.
struct World {
    Instance instance;

    explicit World(const char* now, Dialect dialect = Dialect::postgres) {
        Project project;
        for (const char* uuid : {"etl", "stream"}) {
            Pipeline pipeline;
            pipeline.uuid = uuid;
            pipeline.symbol = project.symbols.intern(uuid);
            if (pipeline.uuid == "stream") {
                pipeline.type = "streaming";
                pipeline.executor_count = 3;
            }
            project.pipelines.push_back(pipeline);
        }
        Options options;
        options.dialect = dialect;
        options.start = at(now);
        instance = make_instance(std::make_shared<const Project>(std::move(project)), options);
    }

    Schedule& schedule(const char* interval, const char* pipeline = "etl") {
        row.pipeline_uuid = instance.store.symbols.intern(pipeline);
        row.schedule_type = ScheduleType::time;
        row.status = ScheduleStatus::active;
        if (interval != nullptr) row.schedule_interval = interval;
        row.id = ScheduleId{1};
        return row;
    }

    // A run of the schedule: `created` and `seconds` give the runtime of a completed one.
    RunId run(const char* execution_date, RunStatus status = RunStatus::completed,
              const char* created = "2020-01-01 00:00:00", double seconds = 1, const char* metrics = nullptr) {
        Run made;
        made.pipeline_schedule_id = ScheduleId{1};
        made.status = status;
        made.created_at = at(created);
        if (*execution_date != '\0') made.execution_date = at(execution_date);
        if (status == RunStatus::completed) {
            made.completed_at = made.created_at + Duration::microseconds(static_cast<std::int64_t>(seconds * 1e6));
        }
        if (metrics != nullptr) made.metrics = json::Text(metrics);
        return instance.store.insert(made);
    }

    std::string due() const {
        const auto found = due_run(instance, row);
        return found ? date_text(found->execution_date, DateStyle::space) : "no";
    }

    Schedule row;
};

constexpr const char* kPeriods[] = {"@hourly", "@daily", "@weekly", "@monthly"};

}  // namespace

TEST_CASE("a schedule is due only while it is active, started, and of a pipeline that is there", "[row 41]") {
    World world("2023-10-11 12:13:14");
    Schedule& schedule = world.schedule("@daily");
    schedule.last_enabled_at = at("2023-10-13 12:13:14");
    schedule.settings = json::Text(R"({"create_initial_pipeline_run": true})");
    CHECK(world.due() == "2023-10-11 00:00:00");
    for (const char* interval : kPeriods) {
        schedule.schedule_interval = interval;
        CHECK(world.due() != "no");
    }

    schedule.status = ScheduleStatus::inactive;
    CHECK(world.due() == "no");
    schedule.status = ScheduleStatus::active;
    schedule.start_time = at("2023-10-11 12:13:15");
    CHECK(world.due() == "no");
    schedule.start_time = MaybeInstant();
    schedule.pipeline_uuid = world.instance.store.symbols.intern("gone");
    CHECK(world.due() == "no");
    schedule.pipeline_uuid = world.instance.store.symbols.intern("etl");
    schedule.schedule_interval = std::nullopt;
    CHECK(world.due() == "no");
    for (const char* never : {"", "0 0 31 2 *", "nonsense"}) {
        schedule.schedule_interval = never;
        CHECK(world.due() == "no");
    }
}

TEST_CASE("a schedule that runs once is due until it has a run of any status", "[row 41]") {
    for (const auto status :
         {RunStatus::initial, RunStatus::running, RunStatus::completed, RunStatus::failed, RunStatus::cancelled}) {
        World world("2023-10-11 12:13:14.000005");
        world.schedule("@once").start_time = at("2023-10-10 12:13:14");
        CHECK(world.due() == "2023-10-11 12:13:14.000005");
        world.run("2000-01-01 00:00:00", status);
        CHECK(world.due() == "no");
    }
}

TEST_CASE("a streaming schedule that runs once is due for each of its executors") {
    World world("2023-10-11 12:13:14");
    world.schedule("@once", "stream");
    for (int runs = 0; runs < 3; ++runs) {
        CHECK(world.due() != "no");
        world.run("2023-10-11 12:00:00", RunStatus::running);
    }
    CHECK(world.due() == "no");
}

TEST_CASE("a schedule that is always on is due when the run created last has ended", "[row 52]") {
    World world("2023-10-11 12:13:14");
    world.schedule("@always_on");
    CHECK(world.due() == "2023-10-11 12:13:14");
    const RunId first = world.run("2023-10-11 12:00:00", RunStatus::completed, "2023-10-11 12:00:00");
    CHECK(world.due() == "2023-10-11 12:13:14");
    const RunId second = world.run("2023-10-11 11:00:00", RunStatus::running, "2023-10-11 12:01:00");
    CHECK(world.due() == "no");
    world.instance.store.update(second, [](Run& run) { run.status = RunStatus::initial; });
    CHECK(world.due() == "no");
    for (const auto status : {RunStatus::completed, RunStatus::failed, RunStatus::cancelled}) {
        world.instance.store.update(second, [&](Run& run) { run.status = status; });
        CHECK(world.due() == "2023-10-11 12:13:14");
    }
    // What was created first does not count, whatever it does, and whichever id is higher.
    world.instance.store.update(first, [](Run& run) { run.status = RunStatus::running; });
    CHECK(world.due() == "2023-10-11 12:13:14");
    world.instance.store.update(first, [](Run& run) { run.created_at = run.created_at + Duration::hours(1); });
    CHECK(world.due() == "no");
    // Of two that were created in one second the lower id counts.
    world.instance.store.update(first, [](Run& run) { run.created_at = at("2023-10-11 12:01:00"); });
    CHECK(world.due() == "no");
    world.instance.store.update(first, [](Run& run) { run.status = RunStatus::failed; });
    world.instance.store.update(second, [](Run& run) { run.status = RunStatus::running; });
    CHECK(world.due() == "2023-10-11 12:13:14");
}

TEST_CASE("a period is due until it has a run with its execution date", "[row 42]") {
    const char* now = "2024-01-01 00:03:14";
    for (const char* interval : kPeriods) {
        INFO(interval);
        World world(now);
        Schedule& schedule = world.schedule(interval);
        schedule.last_enabled_at = at("2023-12-31 00:03:14");
        schedule.start_time = at("2024-01-01 00:03:13");
        CHECK(world.due() == "no");
        schedule.start_time = at("2023-12-01 00:00:00");
        CHECK(world.due() == "2024-01-01 00:00:00");
        world.run("2024-01-01 01:00:00");
        world.run("2023-12-31 23:00:00");
        world.run("");
        CHECK(world.due() == "2024-01-01 00:00:00");
        world.run("2024-01-01 00:00:00", RunStatus::cancelled);
        CHECK(world.due() == "no");
    }
}

TEST_CASE("a period that began before the schedule was enabled is due only with the setting for it", "[row 43]") {
    struct Case {
        const char *interval, *now, *last_enabled_at, *settings, *due;
    };
    const char* initial = R"({"create_initial_pipeline_run": true})";
    const Case cases[] = {
        {"@hourly", "2024-01-01 00:59:14", "2023-12-31 15:59:59", "{}", "2024-01-01 00:00:00"},
        {"@daily", "2024-01-01 00:59:14", "2023-12-31 15:59:59", "{}", "2024-01-01 00:00:00"},
        {"@weekly", "2024-01-01 00:59:14", "2023-12-31 15:59:59", "{}", "2024-01-01 00:00:00"},
        {"@monthly", "2024-01-01 00:59:14", "2023-12-31 15:59:59", "{}", "2024-01-01 00:00:00"},
        {"@hourly", "2024-01-01 00:59:14", "2024-02-01 00:00:00", "{}", "no"},
        {"@monthly", "2024-01-01 00:59:14", "2024-02-01 00:00:00", "{}", "no"},
        {"@hourly", "2024-01-01 10:59:59", "2024-01-01 10:20:00", "{}", "no"},
        {"@hourly", "2024-01-01 11:00:00", "2024-01-01 10:20:00", "{}", "2024-01-01 11:00:00"},
        {"@hourly", "2024-01-01 14:00:00", "2024-01-01 10:20:00", "{}", "2024-01-01 14:00:00"},  // no catching up
        {"@hourly", "2024-01-01 10:20:09", "2024-01-01 10:20:00", initial, "2024-01-01 10:00:00"},
        {"@hourly", "2024-01-01 10:20:09", "2024-01-01 10:00:00", "{}", "2024-01-01 10:00:00"},
        {"@hourly", "2024-01-01 10:20:09", "", "{}", "2024-01-01 10:00:00"},  // never enabled: the rule is skipped
        {"@weekly", "2024-01-07 23:59:59", "2024-01-03 00:00:00", "{}", "no"},
        {"@weekly", "2024-01-08 00:00:00", "2024-01-03 00:00:00", "{}", "2024-01-08 00:00:00"},
        {"*/10 * * * *", "2024-01-01 10:20:00", "2024-01-01 10:15:00", "{}", "no"},  // cron is one moment behind
        {"*/10 * * * *", "2024-01-01 10:20:00.000001", "2024-01-01 10:15:00", "{}", "2024-01-01 10:20:00"},
    };
    for (const Case& c : cases) {
        INFO(c.interval << " at " << c.now << " enabled " << c.last_enabled_at << " " << c.settings);
        World world(c.now);
        Schedule& schedule = world.schedule(c.interval);
        if (*c.last_enabled_at != '\0') schedule.last_enabled_at = at(c.last_enabled_at);
        schedule.settings = json::Text(c.settings);
        CHECK(world.due() == c.due);
    }
}

TEST_CASE("a start time inside the period waits for the next one") {
    World world("2024-01-01 10:00:05");
    world.schedule("@daily").start_time = at("2024-01-01 10:00:00");
    CHECK(world.due() == "no");
    world.instance.now = at("2024-01-02 00:00:00");
    CHECK(world.due() == "2024-01-02 00:00:00");
}

TEST_CASE("with landing time a run starts as long before its date as runs took", "[row 45]") {
    struct Case {
        const char* interval;
        std::vector<double> runtimes;  // seconds, or of that unit
        double unit;
        const char *start_time, *due;
    };
    const Case cases[] = {
        {"@hourly", {}, 1, "2023-01-01 00:50:00", "2023-10-11 12:50:00"},  // nothing known: at once
        {"@hourly", {1, 2, 3, 4, 5, 6, 7}, 1, "2023-01-01 13:13:20", "2023-10-11 12:13:20"},
        {"@hourly", {1, 2, 3, 4, 5, 6, 7}, 1, "2023-01-01 14:13:21", "no"},
        {"@daily", {1, 2, 3, 4, 5, 6, 7}, 1000, "2023-01-01 13:37:55", "2023-10-11 13:37:55"},
        {"@daily", {1, 2, 3, 4, 5, 6, 7}, 1000, "2023-01-01 13:37:56", "no"},
        {"@weekly", {1, 1.5, 2, 2.5, 3, 3.5, 4}, 86400, "2023-01-07 13:10:56", "2023-10-14 13:10:56"},
        {"@weekly", {1, 1.5, 2, 2.5, 3, 3.5, 4}, 86400, "2023-01-07 13:10:57", "no"},
        {"@monthly", {3, 3.5, 5, 5.5, 7, 7.5, 12}, 86400, "2023-01-19 05:50:13", "2023-10-19 05:50:13"},
        {"@monthly", {3, 3.5, 5, 5.5, 7, 7.5, 12}, 86400, "2023-01-19 05:50:14", "no"},
        {"@hourly", {6.000001}, 1, "2023-01-01 13:13:21", "2023-10-11 12:13:21"},  // one value: no deviation, 7 seconds
        {"@hourly", {6.000001}, 1, "2023-01-01 13:13:22", "no"},
    };
    for (const Case& c : cases) {
        INFO(c.interval << " landing as " << c.start_time);
        World world("2023-10-11 12:13:14");
        Schedule& schedule = world.schedule(c.interval);
        schedule.settings = json::Text(R"({"landing_time_enabled": true})");
        schedule.start_time = at(c.start_time);
        int day = 10;
        for (const double runtime : c.runtimes)
            world.run(("2023-09-" + std::to_string(day++)).c_str(), RunStatus::completed, "2023-09-01",
                      runtime * c.unit);
        CHECK(world.due() == c.due);
        if (*c.due != 'n') {
            std::vector<std::int64_t> newest_first;
            for (auto it = c.runtimes.rbegin(); it != c.runtimes.rend(); ++it)
                newest_first.push_back(static_cast<std::int64_t>(*it * c.unit * 1e6));
            CHECK(due_run(world.instance, schedule)->previous_runtimes == newest_first);
        }
    }
}

TEST_CASE("landing time takes half the sample deviation on top of the mean") {
    World world("2024-01-01 10:27:49");
    Schedule& schedule = world.schedule("@hourly");
    schedule.settings = json::Text(R"({"landing_time_enabled": true})");
    schedule.start_time = at("2023-01-01 00:30:20");
    world.run("2024-01-01 07:30:20", RunStatus::completed, "2024-01-01 07:00:00", 60);
    world.run("2024-01-01 08:30:20", RunStatus::completed, "2024-01-01 08:00:00", 120);
    world.run("2024-01-01 09:30:20", RunStatus::completed, "2024-01-01 09:00:00", 180);
    CHECK(world.due() == "no");
    world.instance.now = at("2024-01-01 10:27:50");
    CHECK(world.due() == "2024-01-01 10:30:20");
    CHECK(due_run(world.instance, schedule)->previous_runtimes ==
          std::vector<std::int64_t>{180'000'000, 120'000'000, 60'000'000});
    // An execution date before the start time is not due, whatever the clock says.
    schedule.start_time = at("2024-01-01 10:30:20");
    CHECK(world.due() == "2024-01-01 10:30:20");
    schedule.start_time = at("2024-01-01 11:30:20");
    CHECK(world.due() == "no");
}

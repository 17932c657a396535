#include "api/runs/run_selection.hpp"

#include <algorithm>

#include "base/prng.hpp"
#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

// A request, and what it asks for.
struct Asked {
    std::string call;
    std::string filters;
    std::string page(const std::string& page) const { return call + '?' + page + filters; }

    std::uint32_t schedule = 0;
    std::string pipeline;
    MaybeInstant from;
    MaybeInstant to;
    std::optional<RunStatus> status;
    bool last_run_failed = false;
    int order = 0;  // 0: the default; 1: completed_at; 2: pipeline_uuid; 3: status
    bool descending = false;
};

// An instance with hundreds of runs of few dates, changed at random.
class Server {
public:
    Server(Dialect dialect, std::uint64_t seed) : api(dialect), prng(seed) {
        for (const char* pipeline : {"diamond", "chain", "diamond"}) api.add_schedule({.pipeline = pipeline});
        while (api.instance.store.runs().size() < 700) write();
    }

    void write() {
        Store& store = api.instance.store;
        const std::uint64_t kind = below(100);
        const RunId id = any_run();
        if (!id || kind < 40) return add_run();
        if (kind < 44) return store.erase(id);
        if (kind == 99) return change_schedule();
        store.update(id, [&](Run& run) {
            if (kind < 80) run.status = status();
            if (kind >= 70) run.completed_at = any_date();
            if (kind == 95) run.execution_date = any_date();
            if (kind == 96) run.pipeline_schedule_id = ScheduleId{static_cast<std::uint32_t>(below(4))};
            if (kind == 97) run.pipeline_uuid = store.symbols.intern(below(2) == 0 ? "chain" : "diamond");
            if (kind == 98) run.created_at = date();
        });
    }

    Asked any_request() {
        Asked asked;
        const auto add = [&asked](const std::string& parameter) { asked.filters += '&' + parameter; };
        if (below(4) == 0) asked.schedule = static_cast<std::uint32_t>(1 + below(3));
        if (below(3) == 0) {
            asked.pipeline = below(2) == 0 ? "chain" : "diamond";
            add("pipeline_uuid=" + asked.pipeline);
        }
        if (below(2) == 0) {
            asked.from = date().floor_second();
            add("start_timestamp=" + std::to_string((*asked.from).us / 1'000'000));
        }
        if (below(3) == 0) {
            asked.to = date().floor_second();
            add("end_timestamp=" + std::to_string((*asked.to).us / 1'000'000));
        }
        const std::uint64_t kind = below(4);
        asked.last_run_failed = kind == 0;
        if (kind == 0) add("status=last_run_failed");
        if (kind == 1) asked.status = status();
        if (asked.status) add("status=" + std::string(name_of(*asked.status)));
        asked.order = static_cast<int>(below(2) * below(4));
        asked.descending = below(2) == 0;
        if (asked.order != 0) {
            static constexpr const char* kColumns[] = {"", "completed_at", "pipeline_uuid", "status"};
            add(std::string("order_by[]=") + kColumns[asked.order] + (asked.descending ? "%20desc" : ""));
        }
        const std::string parent = asked.schedule == 0 ? "" : "/pipeline_schedules/" + std::to_string(asked.schedule);
        asked.call = "GET /api" + parent + "/pipeline_runs";
        return asked;
    }

    // By a look at every run and a plain sort.
    std::string expected(const Asked& asked) const {
        const Store& store = api.instance.store;
        std::vector<const Run*> runs;
        for (const Run& run : store.runs())
            if (wants(asked, run)) runs.push_back(&run);
        std::sort(runs.begin(), runs.end(), [&](const Run* a, const Run* b) {
            const int order = asked.order == 0 ? 0 : compare(asked, *a, *b);
            if (order != 0) return asked.descending ? order > 0 : order < 0;
            if (asked.order != 0) return a->id < b->id;
            return store.date_key(*b) < store.date_key(*a);
        });
        std::string ids;
        for (const Run* run : runs) ids += (ids.empty() ? "" : " ") + std::to_string(run->id.value);
        return ids;
    }

    ApiFixture api;

private:
    std::uint64_t below(std::uint64_t bound) { return prng.below(bound); }
    RunStatus status() { return below(2) == 0 ? RunStatus::failed : static_cast<RunStatus>(below(5)); }
    Instant date() { return api.instance.now + Duration::seconds(static_cast<std::int64_t>(below(60))); }
    MaybeInstant any_date() { return below(5) == 0 ? MaybeInstant() : date(); }
    RunId any_run() {
        const Run* run = api.instance.store.runs().first_from(RunId{static_cast<std::uint32_t>(below(1'000))});
        return run == nullptr ? RunId{} : run->id;
    }

    void add_run() {
        Run run;
        run.pipeline_schedule_id = ScheduleId{static_cast<std::uint32_t>(1 + below(3))};
        run.pipeline_uuid = api.instance.store.schedule(run.pipeline_schedule_id)->pipeline_uuid;
        run.status = status();
        run.created_at = date();
        run.execution_date = any_date();
        api.instance.store.insert(std::move(run));
    }

    void change_schedule() {
        api.instance.store.update(ScheduleId{static_cast<std::uint32_t>(1 + below(3))}, [&](Schedule& schedule) {
            if (below(3) == 0) schedule.repo_path = schedule.repo_path == "/else" ? "/home/src/lab" : "/else";
            schedule.name = "renamed";
        });
    }

    bool wants(const Asked& asked, const Run& run) const {
        const Store& store = api.instance.store;
        const Schedule* schedule = store.schedule(run.pipeline_schedule_id);
        if (!schedule || schedule->repo_path != "/home/src/lab") return false;
        if (asked.schedule != 0 && schedule->id.value != asked.schedule) return false;
        if (!asked.pipeline.empty() && store.symbols.text(run.pipeline_uuid) != asked.pipeline) return false;
        if (asked.from && run.created_at < *asked.from) return false;
        if (asked.to && run.created_at > *asked.to) return false;
        if (asked.status && run.status != *asked.status) return false;
        if (!asked.last_run_failed) return true;
        return run.status == RunStatus::failed &&
               std::none_of(store.runs().begin(), store.runs().end(), [&run](const Run& later) {
                   return later.id > run.id && later.execution_date == run.execution_date &&
                          later.pipeline_schedule_id == run.pipeline_schedule_id &&
                          later.pipeline_uuid == run.pipeline_uuid;
               });
    }

    int compare(const Asked& asked, const Run& a, const Run& b) const {
        const Store& store = api.instance.store;
        if (asked.order == 1) {
            const auto at = [&store](const Run& run) { return date_order(run.completed_at, store.dialect()); };
            return at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0;
        }
        if (asked.order == 2) return store.symbols.text(a.pipeline_uuid).compare(store.symbols.text(b.pipeline_uuid));
        if (store.dialect() == Dialect::sqlite) return name_of(a.status).compare(name_of(b.status));
        return static_cast<int>(a.status) - static_cast<int>(b.status);
    }

    Prng prng;
};

}  // namespace

TEST_CASE("lists that no index has are those of a look at every run, after any writes") {
    for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres}) {
        Server server(dialect, 5);
        Prng prng(9);
        std::vector<Asked> asked;
        while (asked.size() < KeptLists::kMostLists) asked.push_back(server.any_request());
        for (int round = 0; round < 30; ++round) {
            for (std::uint64_t i = prng.below(40); i > 0; --i) server.write();
            // Some requests come again and again, others once.
            if (round % 4 == 0) asked[static_cast<std::size_t>(prng.below(asked.size()))] = server.any_request();
            for (const Asked& each : asked) {
                const std::string all = each.page("_limit=2000&disable_retries_grouping=true");
                CAPTURE(all, round, name_of(dialect));
                REQUIRE((server.api.ids_of(all) == server.expected(each)));
            }
        }
    }
}

TEST_CASE("a kept list gives the pages of one that is made anew, with retries grouped too") {
    Server server(Dialect::postgres, 6);
    Prng prng(10);
    for (int round = 0; round < 30; ++round) {
        for (std::uint64_t i = prng.below(20); i > 0; --i) server.write();
        const Asked asked = server.any_request();
        for (const int offset : {0, 1, 40, 300}) {
            const std::string page = asked.page("_limit=15&_offset=" + std::to_string(offset));
            CAPTURE(page);
            ApiFixture fork = server.api;
            REQUIRE((server.api.body_of(page) == fork.body_of(page)));
        }
    }
}

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/http/http_message.hpp"
#include "benches.hpp"
#include "measure.hpp"
#include "sim/world/world.hpp"

// The rows of bench.mjs, with the same names, natively: what the difference to `wasm` costs is the module's.
namespace runsim::bench {
namespace {

constexpr std::int64_t kPage = 20;
// To running and completed of a run, to queued, running and completed of its 4 block runs.
constexpr std::int64_t kStatusChanges = 2 + 4 * 3;
constexpr std::string_view kTrigger =
    "POST /api/pipeline_schedules/2/pipeline_runs/4506463a01944ef492f70005996dac1a\n\n{\"env\": \"dev\", \"test\": 1}";

struct Bench {
    Report& report;
    std::int64_t runs;

    void add(const char* name, double value, const char* unit, std::optional<std::int64_t> offset = {}) {
        report.add(name, kWhere, runs, offset, value, unit);
    }
};

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "benchmark: %s\n", why.c_str());
    std::exit(1);
}

World new_world(const std::string& project) {
    auto made = World::create(project);
    if (!made) give_up(made.error().message);
    return std::move(made).value();
}

std::string page_target(std::int64_t offset) {
    return "/api/pipeline_schedules/1/pipeline_runs?_limit=" + std::to_string(kPage) +
           "&_offset=" + std::to_string(offset);
}
std::string page_request(std::int64_t offset) { return "GET " + page_target(offset) + "\n\n"; }

// The answer's body, as long as all went well.
std::string ask(World& world, std::string_view request) {
    const api::Response& response = world.handle_bytes(request);
    if (response.status != 200 || response.body.starts_with("{\"error\"")) give_up(response.body);
    return response.body;
}

// Requests that mean the same, in turn. A world keeps a few answers until it changes: it has to make the answer to each
// of so many anew.
class MeaningTheSame {
public:
    explicit MeaningTheSame(const std::string& target) {
        for (int i = 0; i < 64; ++i) requests_.push_back("GET " + target + "&again=" + std::to_string(i) + "\n\n");
    }
    const std::string& next() { return requests_[next_++ % requests_.size()]; }

private:
    std::vector<std::string> requests_;
    std::size_t next_ = 0;
};

// One timing a world that has kept no text yet.
double cold_nanoseconds(const World& world, const std::string& request) {
    std::vector<double> taken;
    for (int i = 0; i < 300; ++i) {
        World fork = world;
        taken.push_back(seconds([&] { keep(ask(fork, request)); }) * 1e9);
    }
    return quick(std::move(taken));
}

void bench_requests(Bench& bench, World& world) {
    for (const std::int64_t offset : {std::int64_t{0}, bench.runs - kPage}) {
        const std::string request = page_request(offset);
        bench.add("page of 20, cold", cold_nanoseconds(world, request) / 1e3, "us", offset);
        MeaningTheSame requests(page_target(offset));
        const auto answer_anew = [&](int) { keep(ask(world, requests.next())); };
        bench.add("page of 20, rows kept", nanoseconds(41, 50, answer_anew) / 1e3, "us", offset);
        bench.add("page of 20, warm", nanoseconds(41, 50, [&](int) { keep(ask(world, request)); }) / 1e3, "us", offset);
    }
    bench.add("fork", nanoseconds(31, 10, [&](int) { keep(World(world)); }) / 1e3, "us");
    World fork = world;
    bench.add("trigger", nanoseconds(41, 50, [&](int) { keep(ask(fork, kTrigger)); }) / 1e3, "us");
}

// Lists by what the API filters, of all runs. Retries stay ungrouped, so that every offset is answered alike.
void bench_filters(Bench& bench, World& world) {
    struct Filter {
        const char* name;
        const char* query;
    };
    static constexpr Filter kFilters[] = {
        {"list by status", "status=completed"},
        {"list by two statuses", "status[]=completed,failed"},
        {"list by pipeline", "pipeline_uuid=diamond"},
        {"list by pipeline and status", "pipeline_uuid[]=diamond&status=completed"},
        {"list by type", "pipeline_type=python"},
        {"list by time", "start_timestamp=1"},
        {"list by another order", "order_by[]=created_at%20desc"},
    };
    for (const Filter& filter : kFilters) {
        for (const std::int64_t offset : {std::int64_t{0}, bench.runs / 2, bench.runs - kPage}) {
            MeaningTheSame requests("/api/pipeline_runs?disable_retries_grouping=true&_limit=" + std::to_string(kPage) +
                                    "&_offset=" + std::to_string(offset) + "&" + filter.query);
            const auto answer = [&](int) { keep(ask(world, requests.next())); };
            bench.add(filter.name, nanoseconds(11, 5, answer) / 1e3, "us", offset);
        }
    }
}

}  // namespace

void bench_world(Report& report, const std::string& project) {
    for (const std::int64_t runs : {1'000, 10'000, 100'000}) {
        Bench bench{report, runs};
        World world = new_world(project);
        const std::size_t before = allocated_bytes();
        // A run a minute, the first at once: after so many minutes so many are finished.
        const Instant end = world.now() + Duration::seconds(60 * runs - 10);
        const double taken = seconds([&] { world.advance_to(end); });
        const std::size_t used = allocated_bytes() - before;
        const Store& store = world.instance().store;
        if (static_cast<std::int64_t>(store.runs().size()) != runs) give_up("another number of runs was made");
        if (runs == 100'000) {
            bench.add("make finished runs by the clock", taken, "s");
            bench.add("status changes", static_cast<double>(runs * kStatusChanges) / taken / 1e6, "M/s");
            bench.add("memory of a run", static_cast<double>(used) / static_cast<double>(runs), "B/run");
        }
        bench_requests(bench, world);
        bench_filters(bench, world);
        if (runs == 100'000) {
            const std::size_t without = allocated_bytes();
            for (std::int64_t offset = 0; offset < runs; offset += kPage) {
                MeaningTheSame requests(page_target(offset));
                for (int time = 0; time < 2; ++time) ask(world, requests.next());  // kept the second time
            }
            bench.add("memory of the kept texts, at their bound",
                      static_cast<double>(allocated_bytes() - without) / 1e6, "MB");
        }
    }
}

}  // namespace runsim::bench

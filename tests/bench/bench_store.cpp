#include <optional>
#include <string>
#include <vector>

#include "base/archive.hpp"
#include "benches.hpp"
#include "measure.hpp"
#include "support/workloads.hpp"

namespace runsim::bench {
namespace {

using support::Workload;

constexpr std::uint32_t kPage = 20;

struct Bench {
    Report& report;
    Store& store;
    std::int64_t runs;

    void add(const char* name, double value, const char* unit, std::optional<std::int64_t> offset = {}) {
        report.add(std::string("store: ") + name, kWhere, runs, offset, value, unit);
    }
};

// The rows that a page of the API shows, read as a presenter would.
std::int64_t walk_page(const Store& store, std::size_t offset) {
    std::int64_t sum = 0;
    const auto& index = store.runs_by_date();
    auto at = index.rnth(offset);
    for (std::uint32_t i = 0; i < kPage && at != index.rend(); ++i, ++at) {
        const Run& run = *store.run(*at);
        sum += run.updated_at.us;
        for (const BlockRun& row : store.block_runs_of(run.id)) sum += row.dates.updated_at().us;
    }
    return sum;
}

void bench_reads(Bench& bench) {
    const Store& store = bench.store;
    const auto runs = static_cast<std::size_t>(bench.runs);
    for (const std::size_t offset : {std::size_t{0}, runs / 2, runs - kPage})
        bench.add("walk a page of 20 with block runs",
                  nanoseconds(21, 200, [&](int) { keep(walk_page(store, offset)); }) / 1e3, "us",
                  static_cast<std::int64_t>(offset));
    const auto& index = store.runs_by_date();
    bench.add("run at a rank",
              nanoseconds(11, 100'000, [&](int i) { keep(index.at(static_cast<std::size_t>(i) * 7'919 % runs)); }),
              "ns");
    bench.add("rank of a key",
              nanoseconds(11, 100'000,
                          [&](int i) {
                              const RunId id{static_cast<std::uint32_t>(i * 7'919L % bench.runs) + 1};
                              keep(index.rank(store.date_key(*store.run(id)), store.run_dates()));
                          }),
              "ns");
    bench.add(
        "find a run by id",
        nanoseconds(11, 100'000,
                    [&](int i) { keep(store.run(RunId{static_cast<std::uint32_t>(i * 7'919L % bench.runs) + 1})); }),
        "ns");
    bench.add("scan of all runs in date order for a status",
              nanoseconds(5, 1,
                          [&](int) {
                              std::int64_t failed = 0;
                              for (const RunId id : index) failed += store.run(id)->status == RunStatus::failed ? 1 : 0;
                              keep(failed);
                          }) /
                  1e3,
              "us");
}

void bench_writes(Bench& bench) {
    Store& store = bench.store;
    const auto rows = static_cast<std::uint32_t>(store.block_runs().size());
    const auto flip = [&](BlockRunId id) {
        store.update(id, [](BlockRun& row) {
            row.status = row.status == BlockRunStatus::completed ? BlockRunStatus::failed : BlockRunStatus::completed;
        });
    };
    const double in_order = nanoseconds(5, 1, [&](int) {
        for (std::uint32_t id = 1; id <= rows; ++id) flip(BlockRunId{id});
    });
    bench.add("status changes of block runs, in order", 1e3 * rows / in_order, "M/s");
    const double scattered = nanoseconds(5, 1, [&](int) {
        for (std::uint64_t i = 0; i < rows; ++i) flip(BlockRunId{static_cast<std::uint32_t>(i * 7'919 % rows) + 1});
    });
    bench.add("status changes of block runs, scattered", 1e3 * rows / scattered, "M/s");
    const double among_few =
        nanoseconds(5, 1'000'000, [&](int i) { flip(BlockRunId{static_cast<std::uint32_t>(i % 80) + 1}); });
    bench.add("status changes of block runs, among 80", 1e3 / among_few, "M/s");
    const double of_runs = nanoseconds(5, 1'000'000, [&](int i) {
        store.update(RunId{static_cast<std::uint32_t>(i % kPage) + 1}, [&](Run& run) {
            run.status = run.status == RunStatus::running ? RunStatus::completed : RunStatus::running;
        });
    });
    bench.add("status changes of runs to and from running", 1e3 / of_runs, "M/s");
    Instant now{2'000'000'000'000'000};
    bench.add("insert a run with 4 block runs",
              nanoseconds(11, 2'000,
                          [&](int i) {
                              now = now + Duration::seconds(1);
                              support::add_initial_run(store, ScheduleId{static_cast<std::uint32_t>(i % 10) + 1}, now,
                                                       4);
                          }),
              "ns");
}

void bench_copies(Bench& bench) {
    Store& store = bench.store;
    bench.add("fork and drop it",
              nanoseconds(21, 20,
                          [&](int) {
                              const Store fork = store;
                              keep(fork);
                          }) /
                  1e3,
              "us");
    // The first writes to a fork clone what they touch.
    const auto write = [](Store& fork) {
        fork.update(BlockRunId{1}, [](BlockRun& row) { row.status = BlockRunStatus::failed; });
        support::add_initial_run(fork, ScheduleId{1}, Instant{2'000'000'000'000'000}, 4);
    };
    bench.add("fork, one update, one new run, and drop it",
              nanoseconds(21, 20,
                          [&](int) {
                              Store fork = store;
                              write(fork);
                              keep(fork);
                          }) /
                  1e3,
              "us");
    const std::size_t before = allocated_bytes();
    Store fork = store;
    const std::size_t copied = allocated_bytes();
    write(fork);
    bench.add("memory of a fork", static_cast<double>(copied - before) / 1e3, "kB");
    bench.add("memory of a fork after these writes", static_cast<double>(allocated_bytes() - before) / 1e3, "kB");
}

void bench_archives(Bench& bench) {
    std::string bytes;
    bench.add("save",
              nanoseconds(3, 1,
                          [&](int) {
                              ArchiveWriter writer;
                              writer(bench.store);
                              bytes = writer.take();
                          }) /
                  1e6,
              "ms");
    bench.add("snapshot", static_cast<double>(bytes.size()) / 1e6, "MB");
    bench.add("load",
              nanoseconds(3, 1,
                          [&](int) {
                              ArchiveReader reader(bytes);
                              Store loaded;
                              reader(loaded);
                              keep(loaded);
                          }) /
                  1e6,
              "ms");
    bench.add("hash",
              nanoseconds(3, 1,
                          [&](int) {
                              ArchiveHasher hasher;
                              hasher(bench.store);
                              keep(hasher.hash());
                          }) /
                  1e6,
              "ms");
}

}  // namespace

void bench_store(Report& report) {
    for (const std::uint32_t runs : {1'000U, 100'000U}) {
        const std::size_t before = allocated_bytes();
        std::optional<Store> store;
        const double taken = seconds([&] { store = support::finished_runs(Workload{.runs = runs}); });
        Bench bench{report, *store, runs};
        bench.add("memory of a run with 4 block runs", static_cast<double>(allocated_bytes() - before) / runs, "B/run");
        bench.add("make finished runs", taken * 1e3, "ms");
        bench_reads(bench);
        bench_copies(bench);
        bench_archives(bench);
        bench_writes(bench);
    }
    report.add("size of a run", kWhere, {}, {}, sizeof(Run), "B");
    report.add("size of a block run", kWhere, {}, {}, sizeof(BlockRun), "B");
}

}  // namespace runsim::bench

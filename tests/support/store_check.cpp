#include "support/store_check.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "base/contains.hpp"

namespace runsim::support {
namespace {

bool holds(const SortedChunks<RunId>& set, std::vector<RunId> expected) {
    std::sort(expected.begin(), expected.end());
    return std::equal(set.begin(), set.end(), expected.begin(), expected.end());
}

// Ranks and searches, too: they go by the dates of the first runs of chunks.
bool holds(const Store& store, const RunsByDate& runs, std::vector<Store::DateKey> expected) {
    std::sort(expected.begin(), expected.end());
    const RunDates dates = store.run_dates();
    std::vector<Store::DateKey> keys;
    for (const RunId id : runs) keys.push_back(dates(id));
    if (keys != expected) return false;
    std::size_t rank = 0;
    return std::all_of(keys.begin(), keys.end(), [&](const Store::DateKey& key) {
        return runs.rank(key, dates) == rank && runs.contains(key, dates) && runs.at(rank++) == key.id;
    });
}

using KeysByStatus = std::array<std::vector<Store::DateKey>, EnumSpelling<RunStatus>::names.size()>;

bool hold(const Store& store, const RunsByStatus& runs, const KeysByStatus& expected) {
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (!holds(store, runs[i], expected[i])) return false;
    return true;
}

struct Scan {
    std::vector<Store::DateKey> by_date;
    KeysByStatus by_status;
    std::vector<RunId> by_id, initial;
    std::int64_t running = 0;
};

struct BackfillScan {
    std::vector<Store::DateKey> by_date;
    std::uint32_t orphans = 0;
};

}  // namespace

std::string index_errors(const Store& store) {
    std::string errors;
    const auto expect = [&](bool right, const std::string& what) {
        if (!right) errors += what + "\n";
    };

    Scan all;
    std::vector<RunId> running;
    std::vector<RunId> orphans;
    std::map<std::uint32_t, Scan> by_schedule;
    std::map<Symbol, KeysByStatus> by_pipeline;
    std::map<std::uint32_t, BackfillScan> by_backfill;
    std::uint32_t highest_schedule = 0;
    for (const Run& run : store.runs()) {
        if (run.status == RunStatus::running) running.push_back(run.id);
        if (run.backfill_id) {
            BackfillScan& scan = by_backfill[run.backfill_id.value];
            scan.by_date.push_back(store.date_key(run));
            scan.orphans += !run.pipeline_schedule_id;
        }
        if (!run.pipeline_schedule_id) {
            orphans.push_back(run.id);
            continue;
        }
        std::vector<RunId> of_date;
        for (const RunId id : store.runs_at(run.pipeline_schedule_id, run.execution_date)) of_date.push_back(id);
        expect(contains(of_date, run.id) && std::is_sorted(of_date.begin(), of_date.end()) &&
                   std::all_of(of_date.begin(), of_date.end(),
                               [&](RunId id) { return store.run(id)->execution_date == run.execution_date; }),
               "runs_at the date of run " + std::to_string(run.id.value));
        Scan& of_schedule = by_schedule[run.pipeline_schedule_id.value];
        for (Scan* scan : {&all, &of_schedule}) {
            scan->by_date.push_back(store.date_key(run));
            scan->by_id.push_back(run.id);
        }
        const auto status = static_cast<std::size_t>(run.status);
        of_schedule.by_status[status].push_back(store.date_key(run));
        by_pipeline[run.pipeline_uuid][status].push_back(store.date_key(run));
        if (run.status == RunStatus::initial) of_schedule.initial.push_back(run.id);
        of_schedule.running += run.status == RunStatus::running ? 1 : 0;
        highest_schedule = std::max(highest_schedule, run.pipeline_schedule_id.value);
    }
    expect(holds(store, store.runs_by_date(), all.by_date), "runs_by_date");
    expect(store.running_runs() == running, "running_runs");
    expect(holds(store.orphans(), orphans), "orphans");
    for (std::uint32_t id = 0; id <= std::min(highest_schedule + 1, 10'000U); ++id) by_schedule[id];
    for (const auto& [id, scan] : by_schedule) {
        const std::string of = " of schedule " + std::to_string(id);
        expect(holds(store, store.runs_by_date(ScheduleId{id}), scan.by_date), "runs_by_date" + of);
        expect(hold(store, store.runs_by_status(ScheduleId{id}), scan.by_status), "runs_by_status" + of);
        expect(holds(store.runs_by_id(ScheduleId{id}), scan.by_id), "runs_by_id" + of);
        expect(store.initial_runs(ScheduleId{id}) == scan.initial, "initial_runs" + of);
        expect(store.running_count(ScheduleId{id}) == scan.running, "running_count" + of);
    }

    const std::vector<PipelineRuns>& pipelines = store.pipeline_runs();
    expect(std::equal(pipelines.begin(), pipelines.end(), by_pipeline.begin(), by_pipeline.end(),
                      [&](const PipelineRuns& runs, const auto& scan) {
                          return runs.id == scan.first && hold(store, runs.by_status, scan.second);
                      }),
           "pipeline_runs");
    for (std::uint32_t id = 0; id <= 20; ++id) by_backfill[id];
    for (const auto& [id, scan] : by_backfill) {
        const BackfillRuns& runs = store.backfill_runs(BackfillId{id});
        expect(holds(store, runs.by_date, scan.by_date) && runs.orphans == scan.orphans,
               "backfill_runs of backfill " + std::to_string(id));
    }

    std::map<std::uint32_t, BackfillId> first_backfills;
    for (const Backfill& row : store.backfills())
        if (row.pipeline_schedule_id) first_backfills.emplace(row.pipeline_schedule_id.value, row.id);
    for (std::uint32_t id = 0; id <= 10; ++id) {
        const Backfill* first = store.first_backfill(ScheduleId{id});
        const BackfillId expected = first_backfills[id];
        expect(first == store.backfill(expected), "first_backfill of schedule " + std::to_string(id));
    }

    std::map<std::uint32_t, std::vector<BlockRunId>> block_runs;
    for (const Run& run : store.runs()) block_runs[run.id.value];
    for (const BlockRun& row : store.block_runs()) block_runs[row.pipeline_run_id.value].push_back(row.id);
    for (const auto& [id, expected] : block_runs) {
        std::vector<BlockRunId> found;
        for (const BlockRun& row : store.block_runs_of(RunId{id})) found.push_back(row.id);
        expect(found == expected, "block_runs_of run " + std::to_string(id));
        expect(store.block_runs_count(RunId{id}) == static_cast<std::int64_t>(expected.size()),
               "block_runs_count of run " + std::to_string(id));
        expect(store.block_runs_of(RunId{id}).empty() == expected.empty(),
               "empty block_runs_of run " + std::to_string(id));
    }
    return errors;
}

}  // namespace runsim::support

#include <iterator>

#include "base/sort_stably.hpp"
#include "lifecycle/logs/logs.hpp"
#include "lifecycle/rows/run_variables.hpp"

namespace runsim {

namespace {

// Merges lines of several runs into the order of one file.
void merge(std::vector<LogLine>& lines, std::vector<LogLine> more) {
    lines.insert(lines.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    sort_lines(lines);
}

// Returns the runs that write to the same files as `run`, by id: those with its execution date.
std::vector<RunId> runs_of_files(const Instance& instance, const Run& run) {
    std::vector<RunId> found;
    const std::string partition = execution_partition(run);
    for (const RunId id : instance.store.runs_at(run.pipeline_schedule_id, run.execution_date))
        if (execution_partition(*instance.store.run(id)) == partition) found.push_back(id);
    if (found.empty()) found.push_back(run.id);  // its schedule was deleted
    return found;
}

}  // namespace

void sort_lines(std::vector<LogLine>& lines) {
    sort_stably(lines, [](const LogLine& a, const LogLine& b) { return a.at < b.at; });
}

std::vector<LogLine> scheduler_log_file(const Instance& instance, const Run& run) {
    std::vector<LogLine> lines;
    for (const RunId id : runs_of_files(instance, run)) merge(lines, scheduler_log(instance, *instance.store.run(id)));
    return lines;
}

std::vector<LogLine> block_log_file(const Instance& instance, const BlockRun& block_run) {
    std::vector<LogLine> lines;
    for (const RunId id : runs_of_files(instance, *instance.store.run(block_run.pipeline_run_id)))
        for (const BlockRun& row : instance.store.block_runs_of(id))
            if (row.block_uuid == block_run.block_uuid) merge(lines, block_log(instance, row));
    return lines;
}

}  // namespace runsim

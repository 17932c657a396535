#include "support/store_model.hpp"

#include <algorithm>

namespace runsim::support {
namespace {

// The row at a random place, or 0: by id, so that every row is as likely whatever ids are free.
template <class Row>
std::uint32_t any_of(const std::map<std::uint32_t, Row>& rows, Prng& prng) {
    if (rows.empty()) return 0;
    const auto at = rows.lower_bound(static_cast<std::uint32_t>(prng.below(rows.rbegin()->first) + 1));
    return at->first;
}

template <class Row>
std::uint32_t next_id(const std::map<std::uint32_t, Row>& rows, std::uint32_t counter, Dialect dialect) {
    if (dialect == Dialect::postgres) return counter + 1;
    return rows.empty() ? 1 : rows.rbegin()->first + 1;
}

// The id that a new row brings (0: none), which is free; moves a counter that stands before a taken id, as a retried
// insert does.
template <class Row>
std::uint32_t id_for_new(Store& store, const std::map<std::uint32_t, Row>& rows, std::uint32_t& counter, Prng& prng) {
    if (prng.below(12) == 0) {
        const auto id = static_cast<std::uint32_t>(1 + prng.below(prng.below(20) == 0 ? 100'000 : 2'000));
        if (!rows.contains(id)) return id;
    }
    while (rows.contains(next_id(rows, counter, store.dialect()))) {
        store.skip_id<Row>();
        ++counter;
    }
    return 0;
}

}  // namespace

RunId StoreModel::any_run() { return RunId{any_of(runs_, prng)}; }
BlockRunId StoreModel::any_block_run() { return BlockRunId{any_of(block_runs_, prng)}; }

void StoreModel::write() {
    const std::uint32_t kind = below(100);
    const RunId run = any_run();
    const BlockRunId block_run = any_block_run();
    if (!run || kind < 12) return insert_run();
    if (kind < 22) return insert_block_runs(run);
    if (kind < 50) return change_run(run);
    if (kind < 56) return erase_run(run);
    if (!block_run) return insert_block_runs(run);
    if (kind < 90) return change_block_run(block_run);
    store.erase(block_run);
    block_runs_.erase(block_run.value);
}

void StoreModel::insert_run() {
    Run run;
    run.pipeline_schedule_id = ScheduleId{below(5)};
    run.pipeline_uuid = Symbol{below(3)};
    run.backfill_id = BackfillId{below(4)};
    run.status = static_cast<RunStatus>(below(5));
    if (below(5) != 0) run.execution_date = Instant{static_cast<std::int64_t>(below(400)) - 200};
    run.variables = json::Text("{\"n\": " + std::to_string(below(100)) + "}");
    run.id = RunId{id_for_new(store, runs_, run_counter_, prng)};
    const std::uint32_t expected = run.id ? run.id.value : next_id(runs_, run_counter_, store.dialect());
    if (!run.id && store.dialect() == Dialect::postgres) ++run_counter_;
    const RunId id = store.insert(run);
    if (id.value != expected)
        unexpected_ += "run " + std::to_string(id.value) + " for " + std::to_string(expected) + "\n";
    run.id = RunId{expected};
    runs_.emplace(expected, run);
    if (below(3) != 0) insert_block_runs(id);
}

void StoreModel::insert_block_runs(RunId run) {
    for (std::uint32_t i = below(5) + 1; i > 0; --i) {
        BlockRun row;
        row.pipeline_run_id = run;
        set_dates(row, Instant{static_cast<std::int64_t>(below(1'000))}, {});
        row.id = BlockRunId{id_for_new(store, block_runs_, block_run_counter_, prng)};
        const std::uint32_t expected =
            row.id ? row.id.value : next_id(block_runs_, block_run_counter_, store.dialect());
        if (!row.id && store.dialect() == Dialect::postgres) ++block_run_counter_;
        const BlockRunId id = store.insert(row);
        if (id.value != expected)
            unexpected_ += "block run " + std::to_string(id.value) + " for " + std::to_string(expected) + "\n";
        row.id = BlockRunId{expected};
        block_runs_.emplace(expected, row);
    }
}

void StoreModel::change_run(RunId id) {
    Run& run = runs_.at(id.value);
    const std::uint32_t kind = below(12);
    if (kind < 5) run.status = static_cast<RunStatus>(below(5));
    if (kind == 5) run.pipeline_schedule_id = ScheduleId{below(5)};
    if (kind == 6) run.execution_date = Instant{static_cast<std::int64_t>(below(400)) - 200};
    if (kind == 7) run.execution_date = {};
    if (kind == 10) run.pipeline_uuid = Symbol{below(3)};
    if (kind == 11) run.backfill_id = BackfillId{below(4)};
    if (kind >= 7) run.metrics = json::Text("[" + std::to_string(below(10)) + "]");
    store.update(id, [&](Run& row) {
        const std::uint64_t revision = row.revision;
        row = run;
        row.revision = revision;
    });
}

void StoreModel::change_block_run(BlockRunId id) {
    BlockRun& row = block_runs_.at(id.value);
    row.status = static_cast<BlockRunStatus>(below(8));
    if (below(8) == 0) row.pipeline_run_id = any_run();
    store.update(id, [&](BlockRun& changed) { changed = row; });
}

void StoreModel::erase_run(RunId id) {
    // Half of the time its block runs stay behind, as those of a run of a deleted pipeline may.
    if (below(2) == 0) {
        for (auto at = block_runs_.begin(); at != block_runs_.end();) {
            if (at->second.pipeline_run_id != id) {
                ++at;
                continue;
            }
            store.erase(BlockRunId{at->first});
            at = block_runs_.erase(at);
        }
    }
    store.erase(id);
    runs_.erase(id.value);
}

std::string StoreModel::differences() const {
    std::string out = unexpected_;
    if (store.runs().size() != runs_.size()) out += "number of runs\n";
    if (store.block_runs().size() != block_runs_.size()) out += "number of block runs\n";
    for (const auto& [id, expected] : runs_) {
        Run run = store.run(RunId{id}) == nullptr ? Run{} : *store.run(RunId{id});
        run.revision = 0;
        if (run != expected) out += "run " + std::to_string(id) + "\n";
    }
    for (const auto& [id, expected] : block_runs_) {
        const BlockRun* row = store.block_run(BlockRunId{id});
        if (row == nullptr || *row != expected) out += "block run " + std::to_string(id) + "\n";
    }
    return out;
}

}  // namespace runsim::support

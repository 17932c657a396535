#include "store/block_run_index.hpp"

namespace runsim {

namespace {

bool belongs(const BlockRunIndex::Rows& rows, BlockRunId id, RunId run) {
    const BlockRun* row = rows.find(id);
    return row != nullptr && row->pipeline_run_id == run;
}

BlockRunId before(BlockRunId id) { return {id.value - 1}; }
BlockRunId after(BlockRunId id) { return {id.value + 1}; }

}  // namespace

void BlockRunIndex::add(RunId run, BlockRunId id, const Rows& rows, Run* row) {
    if (belongs(rows, after(id), run)) forget_span(run, after(id), rows, row);
    if (!belongs(rows, before(id), run)) begin_span(run, id, rows, row);
}

void BlockRunIndex::remove(RunId run, BlockRunId id, const Rows& rows, Run* row) {
    if (!belongs(rows, before(id), run)) forget_span(run, id, rows, row);
    if (belongs(rows, after(id), run)) begin_span(run, after(id), rows, row);
}

void BlockRunIndex::attach(Run& row, const Rows& rows) { row.block_runs.first = take_first(row.id, rows); }

void BlockRunIndex::detach(const Run& row, const Rows& rows) {
    if (row.block_runs.first) spans_.insert({row.id, row.block_runs.first}, KeyOf{rows, {}});
}

void BlockRunIndex::begin_span(RunId run, BlockRunId first, const Rows& rows, Run* row) {
    if (row != nullptr && (!row->block_runs.first || first < row->block_runs.first))
        std::swap(first, row->block_runs.first);
    if (first) spans_.insert({run, first}, KeyOf{rows, {}});
}

void BlockRunIndex::forget_span(RunId run, BlockRunId first, const Rows& rows, Run* row) {
    if (row != nullptr && row->block_runs.first == first) {
        row->block_runs.first = take_first(run, rows);
        return;
    }
    const Key key{run, first};
    const bool erased = spans_.erase(key, KeyOf{rows, key});
    RUNSIM_ASSERT(erased, "a span that ends or grows is in the index");
}

BlockRunId BlockRunIndex::take_first(RunId run, const Rows& rows) {
    const auto at = first_of(run, rows);
    if (at == end() || !belongs(rows, *at, run)) return {};
    const BlockRunId first = *at;
    spans_.erase({run, first}, KeyOf{rows, {}});
    return first;
}

}  // namespace runsim

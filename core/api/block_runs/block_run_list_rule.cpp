#include "api/block_runs/block_run_list_rule.hpp"

#include "base/text/text.hpp"

namespace runsim::api {

const Schedule* schedule_of(const Store& store, const BlockRun& row) {
    const Run* run = store.run(row.pipeline_run_id);
    return run ? store.schedule(run->pipeline_schedule_id) : nullptr;
}

std::string BlockRunListRule::key() const {
    std::string key = "block runs ";
    if (pipeline_) append_int(key, pipeline_->value);
    order_->append_key(key);
    return key;
}

std::vector<ScheduleId> BlockRunListRule::schedules() const {
    std::vector<ScheduleId> shown;
    for (const Schedule& schedule : store_->schedules())
        if (shows(schedule)) shown.push_back(schedule.id);
    return shown;
}

std::vector<std::uint32_t> BlockRunListRule::all() const {
    std::vector<const BlockRun*> rows;
    rows.reserve(store_->block_runs().size());
    // Neighbouring block runs often have the same run.
    RunId known;
    bool listed = false;
    for (const BlockRun& row : store_->block_runs()) {
        if (row.pipeline_run_id != known) listed = lists(row);
        known = row.pipeline_run_id;
        if (listed) rows.push_back(&row);
    }
    order_->sort(*store_, rows);
    std::vector<std::uint32_t> ids;
    ids.reserve(rows.size());
    for (const BlockRun* row : rows) ids.push_back(row->id.value);
    return ids;
}

std::optional<std::vector<std::uint32_t>> BlockRunListRule::changed(std::span<const RunChange> changes) const {
    std::vector<std::uint32_t> ids;
    for (const RunChange& change : changes) {
        if (change.erased) ids.push_back(change.erased.value);
        for (const BlockRun& row : store_->block_runs_of(change.run)) ids.push_back(row.id.value);
    }
    return ids;
}

bool BlockRunListRule::lists(std::uint32_t id) const {
    const BlockRun* row = store_->block_run(BlockRunId{id});
    return row && lists(*row);
}

bool BlockRunListRule::before(std::uint32_t a, std::uint32_t b) const {
    return order_->before(*store_, *store_->block_run(BlockRunId{a}), *store_->block_run(BlockRunId{b}));
}

}  // namespace runsim::api

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/block_runs/block_run_order.hpp"
#include "store/kept_list_rule.hpp"

namespace runsim::api {

// Returns the schedule of a block run's run, or nullptr if either is gone: the list joins all three.
const Schedule* schedule_of(const Store& store, const BlockRun& row);

// The kept list of all block runs that have a schedule, in an order; only those of one pipeline's schedules if there is
// a pipeline.
class BlockRunListRule final : public KeptListRule {
public:
    BlockRunListRule(const Store& store, std::optional<Symbol> pipeline, const BlockRunOrder& order)
        : store_(&store), pipeline_(pipeline), order_(&order) {}

    bool lists(const BlockRun& row) const {
        const Schedule* schedule = schedule_of(*store_, row);
        return schedule && shows(*schedule);
    }

    std::string key() const override;
    bool has_stamps() const override { return false; }
    std::vector<ScheduleId> schedules() const override;
    std::vector<std::uint32_t> all() const override;
    std::optional<std::vector<std::uint32_t>> changed(std::span<const RunChange> changes) const override;
    bool lists(std::uint32_t id) const override;
    bool before(std::uint32_t a, std::uint32_t b) const override;
    std::int64_t stamp(std::uint32_t) const override { return 0; }

private:
    bool shows(const Schedule& schedule) const { return !pipeline_ || schedule.pipeline_uuid == *pipeline_; }

    const Store* store_;
    std::optional<Symbol> pipeline_;
    const BlockRunOrder* order_;
};

}  // namespace runsim::api

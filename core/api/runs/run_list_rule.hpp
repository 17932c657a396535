#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/runs/run_filter.hpp"
#include "api/runs/run_order.hpp"
#include "store/kept_list_rule.hpp"

namespace runsim::api {

// The kept list of a filter in an order. The filter's window is a window of that list, so requests with different
// windows share it. What the filter points to must outlive the rule.
class RunListRule final : public KeptListRule {
public:
    RunListRule(const Store& store, const RunFilter& filter, const RunOrder& order)
        : store_(&store), filter_(filter.without_window()), order_(order), has_stamps_(!filter.window().is_open()) {}

    std::string key() const override;
    bool has_stamps() const override { return has_stamps_; }
    std::vector<ScheduleId> schedules() const override { return filter_.shown_schedules(*store_); }
    std::vector<std::uint32_t> all() const override;
    std::optional<std::vector<std::uint32_t>> changed(std::span<const RunChange> changes) const override;
    bool lists(std::uint32_t id) const override;
    bool before(std::uint32_t a, std::uint32_t b) const override;
    std::int64_t stamp(std::uint32_t id) const override;

    // Appends the listed runs of a window with this execution date, in order.
    void append_of_date(MaybeInstant date, const ListWindow& window, std::vector<RunId>& out) const;

private:
    const Run& run(std::uint32_t id) const { return *store_->run(RunId{id}); }

    const Store* store_;
    RunFilter filter_;
    RunOrder order_;
    bool has_stamps_;
};

}  // namespace runsim::api

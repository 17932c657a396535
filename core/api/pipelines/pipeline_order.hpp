#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/http/query.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// `_order_by[]` of the list of pipelines: attributes, the first of which may begin with `-`, which turns the whole
// order around. Blanks read as `_`, capitals as small letters; what is no attribute plays no part. Without it pipelines
// come by uuid.
class PipelineOrder {
public:
    static PipelineOrder read(const Query& query);

    bool empty() const { return keys_.empty(); }
    void sort(const Instance& instance, std::vector<const Pipeline*>& pipelines) const;

private:
    std::vector<std::string> keys_;
    bool reverse_ = false;
};

// The schedules of every pipeline: how many there are, and how many of them are active; by the pipeline's symbol.
struct ScheduleCount {
    std::uint32_t all = 0;
    std::uint32_t active = 0;

    // What a pipeline is by its schedules, as the list filters and orders it.
    std::string_view status() const { return all == 0 ? "no_schedules" : active > 0 ? "active" : "inactive"; }
};
std::vector<ScheduleCount> count_schedules(const Instance& instance);
// That of one pipeline among them.
ScheduleCount count_of(const std::vector<ScheduleCount>& counts, const Pipeline& pipeline);

}  // namespace runsim::api

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/http/query.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// `_order_by[]` of the list of pipelines: attributes. If the first begins with `-`, the whole order is reversed. Blanks
// count as `_`, capitals as small letters, and unknown attributes are ignored. By default pipelines are sorted by uuid.
class PipelineOrder {
public:
    static PipelineOrder read(const Query& query);

    bool empty() const { return keys_.empty(); }
    void sort(const Instance& instance, std::vector<const Pipeline*>& pipelines) const;

private:
    std::vector<std::string> keys_;
    bool reverse_ = false;
};

// The number of schedules, and of active ones, of every pipeline, by the pipeline's symbol.
struct ScheduleCount {
    std::uint32_t all = 0;
    std::uint32_t active = 0;

    // The pipeline's status by its schedules, for filters and orders of the list.
    std::string_view status() const { return all == 0 ? "no_schedules" : active > 0 ? "active" : "inactive"; }
};
std::vector<ScheduleCount> count_schedules(const Instance& instance);
// Returns the count of one pipeline.
ScheduleCount count_of(const std::vector<ScheduleCount>& counts, const Pipeline& pipeline);

}  // namespace runsim::api

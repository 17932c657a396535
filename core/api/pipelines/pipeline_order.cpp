#include "api/pipelines/pipeline_order.hpp"

#include <algorithm>

#include "base/sort_stably.hpp"
#include "base/text/text.hpp"

namespace runsim::api {

namespace {

// A value to sort by. A missing value sorts last.
struct Key {
    bool none = false;
    std::int64_t number = 0;
    std::string text;

    friend bool operator<(const Key& a, const Key& b) {
        if (a.none != b.none) return b.none;
        if (a.number != b.number) return a.number < b.number;
        return a.text < b.text;
    }
};

Key text_key(std::string text) { return {false, 0, std::move(text)}; }

Key file_key(const Pipeline& pipeline, std::string_view name) {
    const json::Value file = pipeline.metadata.value();
    const json::Value* value = file.object() ? file.object()->find(name) : nullptr;
    if (!value || !value->string()) return {true, 0, {}};
    return text_key(*value->string());
}

Key key_of(const Instance& instance, const Pipeline& pipeline, std::string_view name,
           const std::vector<ScheduleCount>& counts) {
    if (name == "name") return text_key(pipeline.name);
    if (name == "uuid") return text_key(pipeline.uuid);
    if (name == "type") return text_key(pipeline.type);
    if (name == "description" || name == "created_at") return file_key(pipeline, name);
    if (name == "updated_at") return {false, pipeline.updated_at.value_or(instance.options.start).us, {}};
    if (name == "blocks") return {false, static_cast<std::int64_t>(pipeline.blocks.size()), {}};
    if (name == "triggers") return {false, count_of(counts, pipeline).all, {}};
    if (name == "status") return text_key(std::string(count_of(counts, pipeline).status()));
    return {};
}

}  // namespace

PipelineOrder PipelineOrder::read(const Query& query) {
    PipelineOrder order;
    for (const std::string& given : query.all("_order_by[]")) {
        std::string key = to_lower(given);
        std::replace(key.begin(), key.end(), ' ', '_');
        if (key.starts_with('-')) {
            order.reverse_ = order.reverse_ || order.keys_.empty();
            key.erase(0, 1);
        }
        order.keys_.push_back(std::move(key));
    }
    return order;
}

void PipelineOrder::sort(const Instance& instance, std::vector<const Pipeline*>& pipelines) const {
    const std::vector<ScheduleCount> counts = count_schedules(instance);
    struct Row {
        std::vector<Key> keys;
        const Pipeline* pipeline;
    };
    std::vector<Row> rows;
    for (const Pipeline* pipeline : pipelines) {
        Row row{{}, pipeline};
        for (const std::string& key : keys_) row.keys.push_back(key_of(instance, *pipeline, key, counts));
        rows.push_back(std::move(row));
    }
    // Equal elements keep their order even when the order is reversed.
    sort_stably(rows, [this](const Row& a, const Row& b) { return reverse_ ? b.keys < a.keys : a.keys < b.keys; });
    for (std::size_t i = 0; i < rows.size(); ++i) pipelines[i] = rows[i].pipeline;
}

ScheduleCount count_of(const std::vector<ScheduleCount>& counts, const Pipeline& pipeline) {
    return pipeline.symbol.value < counts.size() ? counts[pipeline.symbol.value] : ScheduleCount();
}

std::vector<ScheduleCount> count_schedules(const Instance& instance) {
    std::vector<ScheduleCount> counts;
    for (const Schedule& schedule : instance.store.schedules()) {
        const std::size_t place = schedule.pipeline_uuid.value;
        if (place >= counts.size()) counts.resize(place + 1);
        ++counts[place].all;
        if (schedule.status == ScheduleStatus::active) ++counts[place].active;
    }
    return counts;
}

}  // namespace runsim::api

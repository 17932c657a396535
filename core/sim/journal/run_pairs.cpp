#include "sim/journal/run_pairs.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace runsim {

namespace {

struct RunKey {
    std::string_view pipeline;
    std::uint32_t schedule = 0;
    MaybeInstant date;
    const Run* run = nullptr;

    std::tuple<std::string_view, std::uint32_t, std::int64_t> identity() const {
        return {pipeline, schedule, date.raw()};
    }
    friend bool operator<(const RunKey& a, const RunKey& b) {
        const auto left = a.identity();
        const auto right = b.identity();
        return left != right ? left < right : a.run->id < b.run->id;
    }
};

std::vector<RunKey> keys_of(const Instance& instance) {
    std::vector<RunKey> keys;
    keys.reserve(instance.store.runs().size());
    for (const Run& run : instance.store.runs())
        keys.push_back(
            {instance.store.symbols.text(run.pipeline_uuid), run.pipeline_schedule_id.value, run.execution_date, &run});
    std::sort(keys.begin(), keys.end());
    return keys;
}

bool same_place(const Instance& a, const Run& run_a, const Instance& b, const Run& run_b) {
    return run_a.pipeline_schedule_id == run_b.pipeline_schedule_id &&
           a.store.symbols.text(run_a.pipeline_uuid) == b.store.symbols.text(run_b.pipeline_uuid);
}

// Makes pairs of the runs that are left alone and have the same id.
void pair_by_id(const Instance& a, const Instance& b, std::vector<RunPair>& pairs) {
    std::sort(pairs.begin(), pairs.end(), [](const RunPair& left, const RunPair& right) {
        return std::tuple(left.order(), left.a == nullptr) < std::tuple(right.order(), right.a == nullptr);
    });
    for (std::size_t i = 0; i + 1 < pairs.size(); ++i) {
        RunPair& first = pairs[i];
        RunPair& second = pairs[i + 1];
        const bool alone = first.b == nullptr && second.a == nullptr && first.order() == second.order();
        if (!alone || !same_place(a, *first.a, b, *second.b)) continue;
        first.b = second.b;
        second.b = nullptr;  // neither: removed below
    }
    std::erase_if(pairs, [](const RunPair& pair) { return pair.a == nullptr && pair.b == nullptr; });
}

}  // namespace

std::vector<RunPair> pair_runs(const Instance& a, const Instance& b) {
    const std::vector<RunKey> of_a = keys_of(a);
    const std::vector<RunKey> of_b = keys_of(b);
    std::vector<RunPair> pairs;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < of_a.size() || j < of_b.size()) {
        const bool only_a = j == of_b.size() || (i < of_a.size() && of_a[i].identity() < of_b[j].identity());
        const bool only_b = !only_a && (i == of_a.size() || of_b[j].identity() < of_a[i].identity());
        pairs.push_back({only_b ? nullptr : of_a[i].run, only_a ? nullptr : of_b[j].run});
        if (!only_b) ++i;
        if (!only_a) ++j;
    }
    pair_by_id(a, b, pairs);
    return pairs;
}

}  // namespace runsim

#include "store/block_run_index.hpp"

namespace runsim {

BlockRunSpan BlockRunIndex::span_up_to(RunId run, BlockRunId id) const {
    // Spans that begin at `id` sort before (run, id + 1).
    auto at = spans_.lower_bound({run, BlockRunId{id.value + 1}, 0});
    if (at == spans_.begin()) return {};
    --at;
    return at->run == run ? *at : BlockRunSpan{};
}

void BlockRunIndex::add(RunId run, BlockRunId id) {
    BlockRunSpan span{run, id, 1};
    // A run's block runs are usually created one after the other, with ids above those of all other runs.
    const BlockRunSpan newest = spans_.empty() ? BlockRunSpan() : *spans_.rbegin();
    if (newest.run < run) {
        spans_.insert(span);
        return;
    }
    if (newest.run == run && newest.end() == id.value) return spans_.replace({run, newest.first, newest.count + 1});
    const BlockRunSpan before = span_up_to(run, id);
    RUNSIM_ASSERT(before.count == 0 || before.end() <= id.value, "a new block run is not in the index");
    const auto behind = spans_.lower_bound(span);
    if (behind != spans_.end() && behind->run == run && behind->first.value == id.value + 1) {
        span.count += behind->count;
        spans_.erase(BlockRunSpan(*behind));
    }
    if (before.count != 0 && before.end() == id.value) {
        span.first = before.first;
        span.count += before.count;
        spans_.replace(span);
    } else {
        spans_.insert(span);
    }
}

void BlockRunIndex::remove(RunId run, BlockRunId id) {
    BlockRunSpan span = span_up_to(run, id);
    RUNSIM_ASSERT(span.count != 0 && id.value < span.end(), "a block run is in the index");
    const BlockRunSpan rest{run, BlockRunId{id.value + 1}, span.end() - id.value - 1};
    span.count = id.value - span.first.value;
    if (span.count == 0) {
        spans_.erase(span);
    } else {
        spans_.replace(span);
    }
    if (rest.count != 0) spans_.insert(rest);
}

std::int64_t BlockRunIndex::count(RunId run) const {
    std::int64_t total = 0;
    for (auto at = first_of(run); at != spans_.end() && at->run == run; ++at) total += at->count;
    return total;
}

}  // namespace runsim

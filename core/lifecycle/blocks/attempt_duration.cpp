#include "lifecycle/blocks/attempt_duration.hpp"

#include <algorithm>
#include <array>

namespace runsim {

namespace {

// Quantiles of a long-tailed distribution with median 1, in thousandths: i of 32 draws are below entry i. The body is
// log-normal; above the last whole step the tail doubles repeatedly (see long_tail).
constexpr std::array<std::int64_t, 33> kQuantiles = {400,  532,  591,  636,  674,  708,  740,  770,  799,  827,  855,
                                                     883,  911,  939,  968,  984,  1000, 1032, 1065, 1099, 1134, 1171,
                                                     1210, 1252, 1298, 1351, 1413, 1484, 1571, 1690, 1860, 2200, 3200};

Duration long_tail(Prng& stream, const DurationModel& model) {
    const auto step = static_cast<std::size_t>(stream.below(32));
    const std::int64_t within = stream.between(0, 999);
    std::int64_t factor = kQuantiles[step] + (kQuantiles[step + 1] - kQuantiles[step]) * within / 1000;
    // One draw in 32 is in the tail: it doubles with probability 1/2, at most ten times.
    if (step == 31)
        for (int i = 0; i < 10 && stream.below(2) == 1; ++i) factor *= 2;
    const std::int64_t low = model.low.us;
    const std::int64_t whole = low / 1000 * factor + low % 1000 * factor / 1000;
    return {std::min(whole, std::max(model.high.us, low))};
}

Prng stream_of(const Instance& instance, std::string_view purpose, const Attempt& attempt) {
    std::uint64_t stream = attempt.block.stream;
    if (attempt.block_uuid != attempt.block.block->symbol)
        stream = stable_hash(instance.store.symbols.text(attempt.block_uuid), stream);
    return Prng::fork(instance.options.seed, purpose, stream, std::uint64_t{attempt.run.value} << 32 | attempt.number);
}

}  // namespace

Duration attempt_duration(const Instance& instance, const BlockBehaviour& model, const Attempt& attempt) {
    const DurationModel& duration = model.duration;
    if (duration.kind == DurationKind::fixed) return duration.low;
    Prng stream = stream_of(instance, "durations", attempt);
    if (duration.kind == DurationKind::range) return {stream.between(duration.low.us, duration.high.us)};
    return long_tail(stream, duration);
}

bool attempt_succeeds(const Instance& instance, const BlockBehaviour& model, const Attempt& attempt) {
    const std::size_t last = model.attempts.size() - 1;
    if (model.attempts[std::min<std::size_t>(attempt.number - 1, last)] == AttemptOutcome::fail) return false;
    return model.fails_ppm == 0 || stream_of(instance, "failures", attempt).below(1'000'000) >= model.fails_ppm;
}

}  // namespace runsim

#include "sim/http/attempts_made.hpp"

#include "lifecycle/blocks/attempt_duration.hpp"
#include "lifecycle/blocks/retry_delay.hpp"

namespace runsim {

namespace {

// The events of one block run, in order of time.
class Life {
public:
    Life(const PipelineFacts& pipeline, const Block& block) : pipeline_(pipeline), block_(block) {}

    void read(const Transition& t) {
        const auto to = static_cast<BlockRunStatus>(t.to);
        if (to == BlockRunStatus::queued) queued_ = t.at;
        if (to == BlockRunStatus::running) {
            if (t.cause == Cause::worker) begin(t.at);
            return;
        }
        if (!open_) return;
        // A false condition ends the block before its code begins.
        if (to == BlockRunStatus::condition_failed && t.cause == Cause::condition) return drop();
        const bool worked = t.cause == Cause::worker && to == BlockRunStatus::completed;
        const bool failed = to == BlockRunStatus::failed && t.cause != Cause::user;
        end(t.at, worked ? AttemptEnd::completed : failed ? AttemptEnd::failed : AttemptEnd::none);
    }

    // Attempt `number` of this process failed at `at`.
    void read_failure(Instant at, std::uint32_t number) {
        if (open_) end(at, AttemptEnd::failed);
        Duration slept;
        for (std::uint32_t k = 1; !pipeline_.integration; ++k) {
            const auto delay = retry_delay(block_.retry, k, slept);
            if (!delay) return;
            if (k == number) return begin(at + *delay);
            slept = slept + *delay;
        }
    }

    // Returns the attempts known at `now`. An attempt that has not begun does not count.
    AttemptsMade made(Instant now) && {
        if (open_ && attempts_.back().started > now) drop();
        return {queued_, std::move(attempts_)};
    }

private:
    void begin(Instant at) {
        if (open_) end(at, AttemptEnd::none);
        attempts_.push_back({at, {}, AttemptEnd::none});
        open_ = true;
    }
    void end(Instant at, AttemptEnd outcome) {
        if (attempts_.back().started > at) return drop();  // cut off during the sleep before it
        attempts_.back().ended = at;
        attempts_.back().outcome = outcome;
        open_ = false;
    }
    void drop() {
        attempts_.pop_back();
        open_ = false;
    }

    const PipelineFacts& pipeline_;
    const Block& block_;
    MaybeInstant queued_;
    std::vector<AttemptMade> attempts_;
    bool open_ = false;  // the last attempt has not ended
};

}  // namespace

std::map<std::uint32_t, AttemptsMade> attempts_made(const Instance& instance, const Run& run) {
    std::map<std::uint32_t, AttemptsMade> made;
    const PipelineFacts* pipeline = pipeline_facts(instance, run.pipeline_uuid);
    if (pipeline == nullptr) return made;
    std::map<std::uint32_t, Life> lives;
    for (const BlockRun& row : instance.store.block_runs_of(run.id)) {
        const std::uint32_t block = block_of(instance, *pipeline, row.block_uuid);
        if (block != PipelineFacts::kNoBlock)
            lives.emplace(row.id.value, Life(*pipeline, *pipeline->blocks[block].block));
    }
    const auto life_of = [&](std::uint32_t block_run) -> Life* {
        const auto found = lives.find(block_run);
        return found == lives.end() ? nullptr : &found->second;
    };

    // If a transition and a note have the same instant, the attempt began and failed in it.
    const auto& transitions = instance.transitions;
    const auto& notes = instance.notes;
    std::uint64_t note = notes.begin();
    const auto read_notes_before = [&](Instant at) {
        for (; note < notes.end() && notes[note].at < at; ++note) {
            if (notes[note].kind != NoteKind::attempt_failed || notes[note].run != run.id) continue;
            if (Life* life = life_of(notes[note].block_run.value))
                life->read_failure(notes[note].at, notes[note].detail);
        }
    };
    for (std::uint64_t i = transitions.begin(); i < transitions.end(); ++i) {
        const Transition& t = transitions[i];
        if (t.run != run.id || t.subject != Subject::block_run) continue;
        read_notes_before(t.at);
        if (Life* life = life_of(t.id)) life->read(t);
    }
    read_notes_before(kLastInstant);
    for (auto& [id, life] : lives) made.emplace(id, std::move(life).made(instance.now));
    return made;
}

}  // namespace runsim

#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/prng.hpp"
#include "store/store.hpp"

namespace runsim::support {

// A store and the plain maps that it should equal, driven by random writes of every kind. A value: a copy goes its own
// way.
class StoreModel {
public:
    StoreModel(Dialect dialect, std::uint64_t seed) : store(dialect), prng(seed) {
        for (const char* const pipeline : {"left", "right"}) store.symbols.intern(pipeline);
    }

    void write();  // one random write, to both
    // What the two hold differently, a line each; "" when nothing.
    std::string differences() const;

    Store store;
    Prng prng;

private:
    void insert_run();
    void insert_block_runs(RunId run);
    void change_run(RunId id);
    void change_block_run(BlockRunId id);
    void erase_run(RunId id);
    std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(prng.below(bound)); }
    RunId any_run();
    BlockRunId any_block_run();

    std::map<std::uint32_t, Run> runs_;  // without their revisions
    std::map<std::uint32_t, BlockRun> block_runs_;
    std::uint32_t run_counter_ = 0;
    std::uint32_t block_run_counter_ = 0;
    std::string unexpected_;  // ids that were not those of the rule
};

}  // namespace runsim::support

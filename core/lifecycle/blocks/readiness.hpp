#pragma once

#include "lifecycle/blocks/block_rows.hpp"

namespace runsim {

// Whether a block run in derived.rows may be queued: everything above it is done.
class Readiness {
public:
    Readiness(Instance& instance, const PipelineFacts& pipeline);
    bool is_ready(const BlockRow& row) const;

private:
    const PipelineFacts& pipeline_;
    const std::vector<std::uint8_t>& done_;  // by block: it has block runs, and all are completed
};

}  // namespace runsim

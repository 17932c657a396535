#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "json/text.hpp"
#include "model/project.hpp"

namespace runsim {

// Facts about a block that the scheduler needs often, computed once from the project.
struct BlockFacts {
    const Block* block = nullptr;
    std::uint64_t stream = 0;    // key of its random streams: a hash of "pipeline/block"
    json::Text first_metrics;    // of a new block run (lifecycle.md 2.2)
    json::Text error_metrics;    // after the last attempt failed (lifecycle.md 9.2)
    bool dynamic_child = false;  // lifecycle.md 2.10
    bool sensor = false;
    bool runs = false;                     // Mage can run it, as long as no call writes code
    std::vector<std::uint32_t> ancestors;  // for a dynamic child: every block above it
};

struct PipelineFacts {
    static constexpr std::uint32_t kNoBlock = 0xffffffff;

    const Pipeline* pipeline = nullptr;
    std::vector<BlockFacts> blocks;   // parallel to pipeline->blocks
    std::vector<std::uint32_t> rows;  // the executable blocks: a new run's k-th block run is that of blocks[rows[k]]
    bool streaming = false;
    bool integration = false;
    bool stream_is_sound = false;  // for a streaming pipeline: its process can begin
    bool one_process = false;
    bool dynamic = false;          // some block is a dynamic child: runs grow block runs
    bool block_timeouts = false;   // some block has a timeout
    bool fails_scheduler = false;  // Mage's scheduler cannot read its concurrency_config (lifecycle.md 3.2)

    // Returns the block of a block run by its uuid without a child's suffix, or kNoBlock.
    std::uint32_t find(Symbol block_uuid) const;
    std::vector<std::pair<Symbol, std::uint32_t>> by_symbol;  // sorted
};

// The metrics of a block run after an attempt raised `error` (lifecycle.md 9.2).
json::Text error_metrics(const Project& project, const Block& block, std::string_view error);

class ProjectFacts {
public:
    // `code`: of the blocks, as loaded. The project must outlive this.
    ProjectFacts(const Project& project, const CodeOfBlocks& code);
    const PipelineFacts* find(Symbol pipeline_uuid) const;
    const std::vector<PipelineFacts>& pipelines() const { return pipelines_; }

private:
    std::vector<PipelineFacts> pipelines_;  // parallel to project.pipelines
    std::vector<std::uint32_t> by_symbol_;  // index + 1 by the symbol's number, 0 for none
};

// The parts of a model's `error`. "ValueError: boom" raises that type with the message "boom". A text without a type is
// the message of an Exception.
struct ErrorText {
    std::string_view type;
    std::string_view message;
};
ErrorText split_error(std::string_view error);

}  // namespace runsim

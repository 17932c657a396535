
#include "lifecycle/blocks/behaviour_in_run.hpp"
#include "lifecycle/blocks/code_files.hpp"
#include "lifecycle/blocks/dynamic_blocks.hpp"
#include "lifecycle/logs/logs.hpp"

namespace runsim {

namespace {

class BlockLog {
public:
    BlockLog(const Instance& instance, const BlockRun& row, const PipelineFacts& pipeline, const BlockFacts& block)
        : instance_(instance),
          row_(row),
          pipeline_(pipeline),
          block_(block),
          uuid_(instance.store.symbols.text(row.block_uuid)) {}

    std::vector<LogLine> lines() {
        const auto& transitions = instance_.transitions;
        BlockRunStatus status = row_.status;  // at that time, as far back as the record goes
        bool known = false;
        for (std::uint64_t i = transitions.begin(); i < transitions.end(); ++i) {
            const Transition& t = transitions[i];
            if (t.subject == Subject::block_run && t.id == row_.id.value) {
                status = static_cast<BlockRunStatus>(t.to);
                known = true;
                read(t);
            }
            if (t.subject == Subject::generic_job && t.run == row_.pipeline_run_id &&
                t.to == static_cast<std::uint8_t>(GenericJobStatus::completed) &&
                (known ? status : row_.status) == BlockRunStatus::cancelled)
                add_callbacks(t.at, "cancelled");
        }
        const auto& notes = instance_.notes;
        for (std::uint64_t i = notes.begin(); i < notes.end(); ++i)
            if (notes[i].block_run == row_.id) read(notes[i]);
        sort_lines(lines_);
        return std::move(lines_);
    }

private:
    void add(Instant at, LogLevel level, std::string message, std::string error = {}) {
        json::Object tags;
        tags.append("block_run_id", std::int64_t{row_.id.value});
        tags.append("block_uuid", std::string(uuid_));
        tags.append("block_type", block_.block->type);
        lines_.push_back({at, row_.pipeline_run_id, level, std::move(message), std::move(tags), std::move(error)});
    }

    void read(const Transition& t) {
        const std::string block(uuid_);
        switch (static_cast<BlockRunStatus>(t.to)) {
            case BlockRunStatus::running:
                if (t.cause != Cause::worker) return;
                add(t.at, LogLevel::info, "Start executing block with BlockExecutor.");
                if (const std::string_view path = missing_file(instance_, *block_.block); !path.empty())
                    add(t.at, LogLevel::info,
                        "[ERROR] File.content: [Errno 2] No such file or directory: '" + instance_.project->repo_path +
                            "/" + std::string(path) + "'");
                return;
            case BlockRunStatus::completed:
                add(t.at, LogLevel::info, "Finish executing block with BlockExecutor.");
                return add_callbacks(t.at, "success");
            case BlockRunStatus::failed:
                if (t.cause == Cause::block_timeout)
                    return add(t.at, LogLevel::error,
                               "Block " + block + " timed out after " + std::to_string(t.detail) + " seconds");
                add(t.at, LogLevel::exception, "Failed to execute block " + block, traceback());
                return add_callbacks(t.at, "failure");
            case BlockRunStatus::condition_failed:
                if (t.cause == Cause::condition) add_condition(t.at);
                return;
            default: return;
        }
    }

    void read(const LogNote& note) {
        const auto info = [&](std::string message) { add(note.at, LogLevel::info, std::move(message)); };
        const std::string number = std::to_string(note.detail);
        switch (note.kind) {
            case NoteKind::attempt_failed:
                return add(note.at, LogLevel::warning,
                           "Exception thrown when attempting to run <function "
                           "BlockExecutor.execute.<locals>.__execute_with_retry at 0x7f0000000000>, attempt " +
                               number + " of " + std::to_string(block_.block->retry.retries + 1),
                           traceback());
            case NoteKind::sensor_sleeps: return info("Sensor sleeping for 1 minute...");
            case NoteKind::run_polled:
                return info("Pipeline run " + std::to_string(polled_run(note.detail).value) + " for " +
                            polled_for(polled_run(note.detail)) + ": " +
                            std::string(name_of(polled_status(note.detail))) + ".");
            case NoteKind::product_asked:
                // The release searches for such blocks if it finds none.
                info("Number of blocks that use Global Data Product " + product() + ": 0");
                return info("Block runs currently running that use Global Data Product " + product() + ": 0");
            case NoteKind::product_started:
                return info("Created pipeline run " + number + " for global data product " + product() + ".");
            case NoteKind::product_checked:
                return info("Round " + number + ": status check for global data product " + product() +
                            ", finished; will check again after 30 seconds.");
            default: return;  // these lines belong to the scheduler's log
        }
    }

    std::string product() const { return block_.block->data_product ? block_.block->data_product->uuid : ""; }

    // Returns the purpose of a run that the block's code waits for.
    std::string polled_for(RunId id) const {
        if (block_.block->data_product) return "global data product " + product();
        const Run* run = instance_.store.run(id);
        return "pipeline " + (run ? std::string(instance_.store.symbols.text(run->pipeline_uuid)) : "None");
    }

    void add_condition(Instant at) {
        const auto& attached = block_.block->conditionals;
        const std::string block(uuid_);
        if (!attached.empty())
            add(at, LogLevel::info,
                "Conditional block " + pipeline_.pipeline->conditionals[attached.back()].uuid +
                    " evaluated as False for block " + block);
        add(at, LogLevel::info,
            "Conditional block(s) returned false for " + block +
                ". This block run and downstream blocks will be set as CONDITION_FAILED.");
    }

    // The output of the simulated callbacks. Those of a controller fail, since there is no output (lifecycle.md 2.10).
    void add_callbacks(Instant at, std::string_view status) {
        const std::string block(uuid_);
        for (const std::uint32_t index : block_.block->callbacks) {
            const std::string& callback = pipeline_.pipeline->callbacks[index].uuid;
            if (is_controller(block_, row_) && status == "success") {
                add(at, LogLevel::exception,
                    "Failed to execute success callback block " + callback + " for block " + block + ".");
            } else {
                add(at, LogLevel::info,
                    "Callback block " + callback + " ran for block " + block + " (" + std::string(status) + ").");
            }
        }
    }

    // The traceback of a block that raises its configured error, or of one whose code waited for a run, where only the
    // metrics still have the error.
    std::string traceback() const {
        const BehaviourInRun behaviour =
            behaviour_in_run(instance_, pipeline_, block_, row_.pipeline_run_id, row_.block_uuid);
        json::Value metrics = row_.metrics.value();
        const bool waits = block_.block->data_product || !behaviour->trigger_pipeline.empty();
        if (!waits || !metrics.object() || !metrics.object()->object("error"))
            metrics = error_metrics(*instance_.project, *block_.block, behaviour->error).value();
        return *metrics.object()->object("error")->text("message");
    }

    const Instance& instance_;
    const BlockRun& row_;
    const PipelineFacts& pipeline_;
    const BlockFacts& block_;
    std::string_view uuid_;
    std::vector<LogLine> lines_;
};

}  // namespace

std::vector<LogLine> block_log(const Instance& instance, const BlockRun& row) {
    const BlockRunPlace place = locate(instance, row.id);
    if (place.block == nullptr) return {};
    return BlockLog(instance, row, *place.pipeline, *place.block).lines();
}

}  // namespace runsim

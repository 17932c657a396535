#include <algorithm>

#include "lifecycle/instance/tick_grid.hpp"
#include "lifecycle/logs/logs.hpp"
#include "lifecycle/workers/faults.hpp"

namespace runsim {

namespace {

std::string number(std::uint32_t value) { return std::to_string(value); }

// A period in which ticks did nothing.
struct Stop {
    Instant from;
    Instant to;
};

// The stops by faults and by requests, as far back as the notes go. A start ends every stop.
std::vector<Stop> scheduler_stops(const Instance& instance) {
    std::vector<Stop> stops;
    for (const PlannedFault& fault : instance.options.faults.planned)
        if (fault.kind == FaultKind::scheduler_stops) stops.push_back({fault.at, fault.at + fault.length});
    for (std::uint64_t i = instance.notes.begin(); i < instance.notes.end(); ++i) {
        const LogNote& note = instance.notes[i];
        if (note.kind == NoteKind::scheduler_stopped) stops.push_back({note.at, kLastInstant});
        if (note.kind != NoteKind::scheduler_started) continue;
        for (Stop& stop : stops)
            if (stop.from <= note.at) stop.to = std::min(stop.to, note.at);
    }
    return stops;
}

bool is_stopped(const std::vector<Stop>& stops, Instant at) {
    return std::any_of(stops.begin(), stops.end(), [at](const Stop& stop) { return stop.from <= at && at < stop.to; });
}

class SchedulerLog {
public:
    SchedulerLog(const Instance& instance, const Run& run)
        : instance_(instance),
          run_(run),
          pipeline_(instance.store.symbols.text(run.pipeline_uuid)),
          facts_(pipeline_facts(instance, run.pipeline_uuid)) {}

    std::vector<LogLine> lines() {
        read_transitions();
        read_notes();
        add_heartbeats();
        sort_lines(lines_);
        return std::move(lines_);
    }

private:
    struct Life {  // while the run was `running`
        Instant from;
        Instant to;
        bool started = false;  // by start(), which steps the run immediately
    };

    void add(Instant at, LogLevel level, std::string message, json::Object tags = {}) {
        lines_.push_back({at, run_.id, level, std::move(message), std::move(tags), {}});
    }

    json::Object block_tags(std::uint32_t block_run) const {
        json::Object tags;
        tags.append("block_run_id", std::int64_t{block_run});
        tags.append("block_uuid", std::string(block_uuid(block_run)));
        return tags;
    }
    std::string_view block_uuid(std::uint32_t block_run) const {
        const BlockRun* row = instance_.store.block_run(BlockRunId{block_run});
        return row == nullptr ? std::string_view() : instance_.store.symbols.text(row->block_uuid);
    }

    void read_transitions() {
        const auto& log = instance_.transitions;
        for (std::uint64_t i = log.begin(); i < log.end(); ++i) {
            if (log[i].run != run_.id) continue;
            if (log[i].subject == Subject::run) read_run(log[i]);
            if (log[i].subject == Subject::block_run) read_block(log[i]);
        }
        const bool forgotten = lives_.empty() && run_.started_at && run_.status == RunStatus::running;
        if (forgotten) lives_.push_back({*run_.started_at, instance_.now, true});
        if (!lives_.empty() && run_.status == RunStatus::running) lives_.back().to = instance_.now;
    }

    void read_run(const Transition& t) {
        const auto running = static_cast<std::uint8_t>(RunStatus::running);
        if (t.from != running && t.to == running) lives_.push_back({t.at, t.at, t.cause == Cause::tick});
        if (t.from == running && t.to != running) {
            if (lives_.empty()) lives_.push_back({run_.started_at.value_or(t.at), t.at, true});
            lives_.back().to = t.at;
        }
        if (t.cause == Cause::timeout)
            add(t.at, LogLevel::error, "Pipeline run timed out after " + number(t.detail) + " seconds");
        if (t.cause == Cause::init_failed) add(t.at, LogLevel::exception, "Fail to initialize block runs.");
        if (t.cause == Cause::limit) add(t.at, LogLevel::warning, "Pipeline run limit reached... skipping this run");
        if (t.cause == Cause::previous_running)
            add(t.at, LogLevel::warning, std::string(traits_of(instance_.project->release).skip_message));
    }

    void read_block(const Transition& t) {
        const std::string name = "BlockRun " + number(t.id) + " (block_uuid: " + std::string(block_uuid(t.id)) + ")";
        const auto to = static_cast<BlockRunStatus>(t.to);
        if (t.cause == Cause::worker && to == BlockRunStatus::running) {
            add(t.at, LogLevel::info,
                "Execute PipelineRun " + number(t.run.value) + ", BlockRun " + number(t.id) + ": pipeline " +
                    std::string(pipeline_) + " block " + std::string(block_uuid(t.id)),
                block_tags(t.id));
        } else if (to == BlockRunStatus::completed) {
            add(t.at, LogLevel::info, name + " completes.", block_tags(t.id));
        } else if (to == BlockRunStatus::failed) {
            add(t.at, LogLevel::exception, name + " failed.", block_tags(t.id));
        } else if (t.cause == Cause::recovery && t.from == static_cast<std::uint8_t>(BlockRunStatus::running)) {
            add(t.at, LogLevel::info, "Process " + number(10'000 + t.id) + " is dead for job block_run_" + number(t.id),
                block_tags(t.id));
        }
    }

    void read_notes() {
        const auto& notes = instance_.notes;
        for (std::uint64_t i = notes.begin(); i < notes.end(); ++i) {
            if (notes[i].run != run_.id) continue;
            if (notes[i].kind == NoteKind::memory_full)
                add(notes[i].at, LogLevel::info,
                    "Memory usage across all pipeline runs has reached or exceeded the maximum limit of 95%.");
            // An integration pipeline's streams are scheduled without a log line (lifecycle.md 10.2).
            const bool integration = facts_ != nullptr && facts_->integration;
            if (notes[i].kind == NoteKind::process_wanted && !integration)
                add(notes[i].at, LogLevel::info, "Start a process for PipelineRun " + number(run_.id.value));
            if (notes[i].kind == NoteKind::process_began)
                add(notes[i].at, LogLevel::info,
                    (integration ? "Start executing PipelineRun " : "Execute PipelineRun ") + number(run_.id.value) +
                        ": pipeline " + std::string(pipeline_));
        }
    }

    // Adds one for each step: at every tick while the run was running, and one more at the tick that started it.
    void add_heartbeats() {
        const std::vector<Stop> stops = scheduler_stops(instance_);
        std::int64_t left = kMostHeartbeats;
        for (auto life = lives_.rbegin(); life != lives_.rend(); ++life) {
            const std::int64_t last = tick_number(instance_.options, life->to);
            std::int64_t first = tick_number(instance_.options, life->from) + (life->started ? 0 : 1);
            first = std::max(first, last - left + 1);
            left -= std::max<std::int64_t>(0, last - first + 1);
            for (std::int64_t tick = first; tick <= last; ++tick) {
                const Instant at = tick_at(instance_.options, tick);
                if (!is_stopped(stops, at)) add_heartbeat(std::max(life->from, at));
            }
            if (life->started) add_heartbeat(life->from);
        }
    }

    void add_heartbeat(Instant at) {
        const Schedule* schedule = instance_.store.schedule(run_.pipeline_schedule_id);
        json::Object tags;
        tags.append("cpu", 0.0);
        tags.append("cpu_total", 2);
        tags.append("cpu_usage", 0.0);
        const bool full = is_memory_full(instance_, at);
        tags.append("memory", full ? 7864.32 : 512.0);
        tags.append("memory_total", 8192.0);
        tags.append("memory_usage", full ? 0.96 : 0.0625);
        add(at, LogLevel::info,
            "Pipeline " + std::string(pipeline_) + " for run " + number(run_.id.value) + " in schedule " +
                (schedule == nullptr ? "None" : number(schedule->id.value)) + " is alive.",
            std::move(tags));
    }

    const Instance& instance_;
    const Run& run_;
    std::string_view pipeline_;
    const PipelineFacts* facts_;  // nullptr: the project has no such pipeline
    std::vector<Life> lives_;
    std::vector<LogLine> lines_;
};

}  // namespace

std::vector<LogLine> scheduler_log(const Instance& instance, const Run& run) {
    return SchedulerLog(instance, run).lines();
}

}  // namespace runsim

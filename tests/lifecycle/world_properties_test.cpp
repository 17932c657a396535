#include <array>
#include <map>
#include <set>

#include "lifecycle/backfills.hpp"
#include "lifecycle/why.hpp"
#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

// Random projects and random calls: whatever happens, the rules hold. A failing case names its seed and how many steps it took.
namespace {

std::uint64_t hash_of(const Instance& instance) {
    ArchiveHasher hasher;
    hasher(instance);
    return hasher.hash();
}

void add_random_block(ProjectBuilder& builder, Prng& prng, int index) {
    static constexpr std::array<std::string_view, 6> kNames = {"a", "b", "c", "d", "e", "f"};
    const std::string uuid(kNames[static_cast<std::size_t>(index)]);
    const std::string_view above = index == 0 ? "" : kNames[prng.below(static_cast<std::uint64_t>(index))];
    const std::string_view other = index < 2 ? "" : kNames[prng.below(static_cast<std::uint64_t>(index))];
    const std::string type = prng.below(12) == 0 ? "sensor" : prng.below(20) == 0 ? "markdown" : "transformer";
    if (index == 0 || prng.below(4) == 0) {
        builder.block(uuid, {}, type);
    } else if (index == 1 || above == other || prng.below(2) == 0) {
        builder.block(uuid, {above}, type);
    } else {
        builder.block(uuid, {above, other}, type);
    }
    builder.lasts(Duration::milliseconds(static_cast<std::int64_t>(prng.below(3'000))),
                  Duration::milliseconds(3'000 + static_cast<std::int64_t>(prng.below(20'000))));
    if (prng.below(4) == 0) builder.attempts(std::array<std::string_view, 4>{"f", "fo", "of", "ffo"}[prng.below(4)]);
    if (prng.below(4) == 0) builder.retries(static_cast<std::int64_t>(prng.below(4)));
    if (prng.below(8) == 0) builder.conditional("gate_" + uuid, prng.below(2) == 0);
    if (prng.below(8) == 0) builder.callback("tell_" + uuid);
    if (prng.below(8) == 0) builder.timeout(1 + static_cast<std::int64_t>(prng.below(30)));
    if (prng.below(8) == 0) builder.dynamic(static_cast<std::int64_t>(prng.below(4)));
    if (prng.below(8) == 0) builder.reduces();
}

std::shared_ptr<const Project> random_project(Prng& prng) {
    ProjectBuilder builder;
    builder.queue_concurrency(1 + static_cast<std::int64_t>(prng.below(6)));
    for (const char* uuid : {"p", "q", "r"}) {
        const bool streaming = prng.below(12) == 0;
        builder.pipeline(uuid, streaming ? "streaming" : prng.below(10) == 0 ? "integration" : "python");
        const int blocks = static_cast<int>(prng.below(7));
        for (int i = 0; i < blocks; ++i) add_random_block(builder, prng, i);
        builder.with_pipeline([&](Pipeline& pipeline) {
            pipeline.run_in_one_process = prng.below(6) == 0;
            if (streaming)
                for (Block& block : pipeline.blocks) block.executable = false;
            if (prng.below(3) == 0) pipeline.concurrency.block_run_limit = 1 + static_cast<std::int64_t>(prng.below(3));
            if (prng.below(3) == 0) pipeline.concurrency.pipeline_run_limit = static_cast<std::int64_t>(prng.below(4));
            if (prng.below(3) == 0) pipeline.concurrency.pipeline_run_limit_all_triggers = static_cast<std::int64_t>(prng.below(5));
            if (prng.below(2) == 0) pipeline.concurrency.on_pipeline_run_limit_reached = RunLimitPolicy::skip;
        });
    }
    return builder.build();
}

Options random_options(Prng& prng) {
    Options options = Stage::default_options();
    options.seed = prng.next();
    options.dialect = prng.below(2) == 0 ? Dialect::postgres : Dialect::sqlite;
    options.block_start_delay = Duration::milliseconds(static_cast<std::int64_t>(prng.below(1'000)));
    if (prng.below(3) == 0) options.faults.worker_dies_ppm = 30'000;
    if (prng.below(3) == 0) options.faults.job_lost_ppm = 30'000;
    if (prng.below(3) == 0)
        options.faults.planned = {{FaultKind::workers_die, kStart + Duration::seconds(70), {}, {}},
                                  {FaultKind::scheduler_stops, kStart + Duration::seconds(200), Duration::seconds(45), {}}};
    return options;
}

template <class Row>
auto any_id(const Table<Row>& table, Prng& prng) {
    if (table.empty()) return decltype(Row::id){};
    const Row* row = table.first_from(decltype(Row::id){static_cast<std::uint32_t>(1 + prng.below(table.size()))});
    return row == nullptr ? decltype(Row::id){} : row->id;
}

void random_call(Stage& stage, Prng& prng) {
    Instance& instance = stage.instance;
    const ScheduleId schedule = any_id(instance.store.schedules(), prng);
    const RunId run = any_id(instance.store.runs(), prng);
    const BackfillId backfill = any_id(instance.store.backfills(), prng);
    static constexpr std::array<std::string_view, 3> kPipelines = {"p", "q", "r"};
    switch (prng.below(14)) {
        case 0: {
            static constexpr std::array<const char*, 5> kIntervals = {"@once", "@hourly", "@always_on", "* * * * *", "*/2 * * * *"};
            stage.add_schedule(kPipelines[prng.below(3)], ScheduleType::time, kIntervals[prng.below(5)]);
            break;
        }
        case 1: stage.add_schedule(kPipelines[prng.below(3)], ScheduleType::api); break;
        case 2: {
            static constexpr std::array<std::string_view, 7> kSettings = {
                "{}", R"({"skip_if_previous_running": true})", R"({"allow_blocks_to_fail": true})", R"({"timeout": 30})",
                R"({"timeout": "20", "timeout_status": "cancelled"})", R"({"pipeline_run_limit": 1})", R"({"create_initial_pipeline_run": true})"};
            if (schedule) stage.set_settings(schedule, kSettings[prng.below(7)]);
            break;
        }
        case 3:
            if (schedule)
                write(instance, schedule, [&](Schedule& row) {
                    row.status = prng.below(3) == 0 ? ScheduleStatus::inactive : ScheduleStatus::active;
                    row.sla = static_cast<std::int64_t>(prng.below(60));
                });
            break;
        case 4: if (run) cancel_run(instance, run); break;
        case 5: if (run) (void)retry_blocks(instance, run, {}).ok(); break;
        case 6: if (run) (void)retry_blocks(instance, run, "b").ok(); break;
        case 7: if (run && prng.below(3) == 0) delete_run(instance, run); break;
        case 8: retry_incomplete_block_runs(instance, instance.project->pipelines[prng.below(3)].symbol); break;
        case 9: {
            if (prng.below(3) != 0) break;
            Backfill row;
            row.name = "b";
            row.pipeline_uuid = instance.project->pipelines[prng.below(3)].symbol;
            row.start_datetime = kStart - Duration::days(3);
            row.end_datetime = kStart;
            row.interval_type = IntervalType::day;
            row.interval_units = 1 + static_cast<std::int64_t>(prng.below(3));
            (void)start_backfill(instance, instance.store.insert(std::move(row))).ok();
            break;
        }
        case 10: if (backfill) (void)cancel_backfill(instance, backfill).ok(); break;
        case 11: if (backfill) (void)start_backfill(instance, backfill).ok(); break;
        default: if (schedule) stage.trigger(schedule);
    }
}

// Which changes of status there may be (lifecycle.md 1.10, 2.1).
bool is_run_change(std::uint8_t from, std::uint8_t to, Cause cause) {
    using enum RunStatus;
    if (from == Transition::kNone) return to == static_cast<std::uint8_t>(initial);
    const auto f = static_cast<RunStatus>(from);
    const auto t = static_cast<RunStatus>(to);
    switch (cause) {
        case Cause::tick: return (f == initial && t == running) || (f == running && t == completed);
        case Cause::block_failed: return f == running && t == failed;
        case Cause::timeout: return f == running && (t == failed || t == cancelled);
        case Cause::init_failed: return f == initial && t == failed;
        case Cause::limit:
        case Cause::previous_running: return f == initial && t == cancelled;
        case Cause::user: return (f == initial || f == running) && t == cancelled;
        case Cause::backfill: return (f == initial || f == running) && t == cancelled;
        case Cause::retry: return t == running || (f == failed && t == initial);
        case Cause::sla: return f == t && (f == initial || f == running);
        default: return false;
    }
}

bool is_block_change(std::uint8_t from, std::uint8_t to, Cause cause) {
    using enum BlockRunStatus;
    if (from == Transition::kNone) return to == static_cast<std::uint8_t>(initial);
    const auto f = static_cast<BlockRunStatus>(from);
    const auto t = static_cast<BlockRunStatus>(to);
    switch (cause) {
        case Cause::tick: return f == initial && t == queued;
        case Cause::worker: return t == running ? f == initial || f == queued : t == completed || t == failed;
        case Cause::block_timeout: return f == running && t == failed;
        case Cause::condition: return f == running && t == condition_failed;
        case Cause::upstream: return f == initial && (t == upstream_failed || t == condition_failed);
        case Cause::run_ended: return f <= running && t == cancelled;
        case Cause::recovery: return (f == queued || f == running) && t == initial;
        case Cause::retry: return t == initial;
        default: return false;
    }
}

// What must hold after every event and call.
class Invariants {
public:
    void check(const Instance& instance) {
        REQUIRE(last_now_ <= instance.now);
        last_now_ = instance.now;
        check_transitions(instance);
        REQUIRE(instance.jobs.running() <= instance.project->queue_concurrency);
        REQUIRE(instance.next_tick > instance.now - instance.options.scheduler_interval);
    }

    // Costly: the rows themselves.
    void check_rows(const Instance& instance) {
        const Store& store = instance.store;
        std::set<RunId> running;
        std::map<ScheduleId, std::int64_t> of_schedule;
        for (const Run& run : store.runs()) {
            if (run.status == RunStatus::running) running.insert(run.id);
            if (run.status == RunStatus::running) ++of_schedule[run.pipeline_schedule_id];
            REQUIRE_FALSE(why(instance, run.id).empty());
            check_blocks(instance, run);
        }
        REQUIRE(std::vector<RunId>(running.begin(), running.end()) == store.running_runs());
        for (const auto& [schedule, count] : of_schedule) REQUIRE(store.running_count(schedule) == count);
    }

private:
    void check_transitions(const Instance& instance) {
        const auto& log = instance.transitions;
        for (; seen_ < log.end(); ++seen_) {
            const Transition& t = log[seen_];
            REQUIRE(last_transition_ <= t.at);
            REQUIRE(t.at <= instance.now);
            last_transition_ = t.at;
            INFO(name_of(t.subject) << " " << t.id << ": " << status_name(t.subject, t.from) << " -> "
                                    << status_name(t.subject, t.to) << " by " << name_of(t.cause));
            if (t.subject == Subject::run) {
                REQUIRE(is_run_change(t.from, t.to, t.cause));
                const bool started = t.cause == Cause::tick && t.to == static_cast<std::uint8_t>(RunStatus::running);
                if (started) check_started(instance, RunId{t.id});
            }
            if (t.subject == Subject::block_run) REQUIRE(is_block_change(t.from, t.to, t.cause));
            if (t.subject == Subject::block_run && t.cause == Cause::tick) check_queued(instance, BlockRunId{t.id});
        }
    }

    // A tick starts no run beyond a limit (a retry may).
    static void check_started(const Instance& instance, RunId id) {
        const Run* run = instance.store.run(id);
        if (run == nullptr) return;
        const ConcurrencyConfig& limits = pipeline_facts(instance, run->pipeline_uuid)->pipeline->concurrency;
        const auto own = settings_of(instance, *run).pipeline_run_limit;
        const auto limit = own ? own : limits.pipeline_run_limit;
        if (limit) REQUIRE(instance.store.running_count(run->pipeline_schedule_id) <= *limit);
        std::int64_t all = 0;
        for (const RunId other : instance.store.running_runs())
            all += instance.store.run(other)->pipeline_uuid == run->pipeline_uuid;
        if (limits.pipeline_run_limit_all_triggers) REQUIRE(all <= *limits.pipeline_run_limit_all_triggers);
    }

    // No block before its upstreams, none beyond the limit, at the moment at which it was queued.
    static void check_queued(const Instance& instance, BlockRunId id) {
        const BlockRun* row = instance.store.block_run(id);
        if (row == nullptr || row->status != BlockRunStatus::queued) return;
        const Run& run = *instance.store.run(row->pipeline_run_id);
        const PipelineFacts& pipeline = *pipeline_facts(instance, run.pipeline_uuid);
        const Block& block = *pipeline.blocks[block_of(instance, pipeline, row->block_uuid)].block;
        std::int64_t active = 0;
        for (const BlockRun& other : instance.store.block_runs_of(run.id)) {
            active += other.status == BlockRunStatus::queued || other.status == BlockRunStatus::running;
            const std::uint32_t index = block_of(instance, pipeline, other.block_uuid);
            const bool above = std::find(block.upstream.begin(), block.upstream.end(), index) != block.upstream.end();
            // Crash recovery and a retry from a block may queue what stands above a block that is queued already.
            if (above && row->attempts == 0 && other.attempts == 0 && !row->started_at) REQUIRE(other.status != BlockRunStatus::initial);
        }
        const auto limit = pipeline.pipeline->concurrency.block_run_limit;
        if (limit) REQUIRE(active <= *limit);
    }

    static void check_blocks(const Instance& instance, const Run& run) {
        for (const BlockRun& row : instance.store.block_runs_of(run.id)) {
            REQUIRE_FALSE(why(instance, row.id).empty());
            if (row.status == BlockRunStatus::completed) REQUIRE(row.completed_at);
            if (row.status == BlockRunStatus::running) REQUIRE(row.started_at);
            if (run.status == RunStatus::completed)
                REQUIRE((row.status == BlockRunStatus::completed || row.status == BlockRunStatus::condition_failed ||
                         row.updated_at > run.updated_at));
        }
    }

    Instant last_now_ = kFirstInstant;
    Instant last_transition_ = kFirstInstant;
    std::uint64_t seen_ = 0;
};

}  // namespace

TEST_CASE("Random worlds under random calls keep the rules, and a saved one goes on as it would have") {
    std::uint64_t events = 0;
    for (std::uint64_t seed = 1; events < 100'000; ++seed) {
        INFO("seed " << seed);
        Prng prng(seed);
        const auto project = random_project(prng);
        const Options options = random_options(prng);
        Stage stage(project, options);
        Invariants invariants;
        for (int i = 0; i < 5; ++i) random_call(stage, prng);
        for (int step = 0; step < 600; ++step) {
            INFO("step " << step);
            if (prng.below(6) == 0) random_call(stage, prng);
            invariants.check(stage.instance);
            REQUIRE(stage.step());
            ++events;
            invariants.check(stage.instance);
            if (step % 100 == 99) invariants.check_rows(stage.instance);
            if (step != 300) continue;
            ArchiveWriter writer;
            writer(stage.instance);
            Stage loaded(project, options);
            ArchiveReader reader(writer.text());
            reader(loaded.instance);
            REQUIRE(reader.ok());
            Stage fork = stage;
            for (int i = 0; i < 100; ++i) REQUIRE(fork.step() == loaded.step());
            REQUIRE(hash_of(fork.instance) == hash_of(loaded.instance));
        }
    }
}

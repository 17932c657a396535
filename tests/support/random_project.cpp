#include <array>

#include "support/pick.hpp"
#include "support/project_builder.hpp"
#include "support/random_story.hpp"

namespace runsim::test {

namespace {

void add_random_block(ProjectBuilder& builder, Prng& prng, int index) {
    static constexpr std::array<std::string_view, 6> kNames = {"a", "b", "c", "d", "e", "f"};
    const std::string uuid(kNames[static_cast<std::size_t>(index)]);
    const std::string_view above = index == 0 ? "" : kNames[pick(prng, static_cast<std::size_t>(index))];
    const std::string_view other = index < 2 ? "" : kNames[pick(prng, static_cast<std::size_t>(index))];
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
    if (prng.below(4) == 0) builder.attempts(std::array<std::string_view, 4>{"f", "fo", "of", "ffo"}[pick(prng, 4)]);
    if (prng.below(6) == 0) builder.with([](Block& block) { block.model.fails_ppm = 200'000; });
    if (prng.below(4) == 0) builder.retries(static_cast<std::int64_t>(prng.below(4)));
    if (prng.below(8) == 0) builder.conditional("gate_" + uuid, prng.below(2) == 0);
    if (prng.below(8) == 0) builder.callback("tell_" + uuid);
    if (prng.below(8) == 0) builder.timeout(1 + static_cast<std::int64_t>(prng.below(30)));
    if (prng.below(8) == 0) builder.dynamic(static_cast<std::int64_t>(prng.below(4)));
    if (prng.below(8) == 0) builder.reduces();
}

void add_random_rule(Pipeline& pipeline, Prng& prng) {
    if (pipeline.blocks.empty()) return;
    RunRule rule;
    if (prng.below(2) == 0) rule.runs = {1 + static_cast<std::int64_t>(prng.below(4))};
    if (rule.runs.empty()) rule.variables = json::Text(R"({"env": "prod"})");
    BlockBehaviourChange change;
    change.attempts = std::vector{prng.below(2) == 0 ? AttemptOutcome::ok : AttemptOutcome::fail};
    change.items = static_cast<std::int64_t>(prng.below(3));
    rule.blocks = {{static_cast<std::uint32_t>(prng.below(pipeline.blocks.size())), change}};
    pipeline.rules.push_back(std::move(rule));
}

void add_stream(ProjectBuilder& builder, Prng& prng) {
    builder.block("a", {}, "data_loader");
    builder.block("b", {"a"}, "data_exporter").lasts(Duration::seconds(4));
    builder.attempts(std::array<std::string_view, 3>{"o", "f", "ffo"}[pick(prng, 3)]);
    builder.with_pipeline([&](Pipeline& pipeline) {
        for (Block& block : pipeline.blocks) block.executable = false;
        if (prng.below(2) == 0) pipeline.retry = RetryConfig{.retries = 1};
    });
}

}  // namespace

std::shared_ptr<const Project> random_project(std::uint64_t seed) {
    Prng prng = Prng::fork(seed, "project");
    ProjectBuilder builder;
    builder.queue_concurrency(1 + static_cast<std::int64_t>(prng.below(6)));
    for (const char* uuid : {"p", "q", "r"}) {
        const bool streaming = prng.below(8) == 0;
        builder.pipeline(uuid, streaming ? "streaming" : prng.below(10) == 0 ? "integration" : "python");
        if (streaming) {
            add_stream(builder, prng);
            continue;
        }
        const int blocks = static_cast<int>(prng.below(7));
        for (int i = 0; i < blocks; ++i) add_random_block(builder, prng, i);
        builder.with_pipeline([&](Pipeline& pipeline) {
            ConcurrencyConfig& limits = pipeline.concurrency;
            pipeline.run_in_one_process = prng.below(6) == 0;
            if (prng.below(3) == 0) limits.block_run_limit = 1 + static_cast<std::int64_t>(prng.below(3));
            if (prng.below(3) == 0) limits.pipeline_run_limit = static_cast<std::int64_t>(prng.below(4));
            if (prng.below(3) == 0) limits.pipeline_run_limit_all_triggers = static_cast<std::int64_t>(prng.below(5));
            if (prng.below(2) == 0) limits.on_pipeline_run_limit_reached = RunLimitPolicy::skip;
            if (prng.below(3) == 0) add_random_rule(pipeline, prng);
        });
    }
    return builder.build();
}

Options random_options(std::uint64_t seed) {
    Prng prng = Prng::fork(seed, "options");
    Options options = Stage::default_options();
    options.seed = prng.next();
    options.dialect = prng.below(2) == 0 ? Dialect::postgres : Dialect::sqlite;
    options.block_start_delay = Duration::milliseconds(static_cast<std::int64_t>(prng.below(1'000)));
    if (prng.below(3) == 0) options.faults.worker_dies_ppm = 30'000;
    if (prng.below(3) == 0) options.faults.job_lost_ppm = 30'000;
    if (prng.below(3) == 0)
        options.faults.planned = {
            {FaultKind::workers_die, kStart + Duration::seconds(70), {}, {}},
            {FaultKind::memory_full, kStart + Duration::seconds(125), Duration::seconds(20), {}},
            {FaultKind::scheduler_stops, kStart + Duration::seconds(200), Duration::seconds(45), {}}};
    return options;
}

}  // namespace runsim::test

#include "lifecycle/instance/instance.hpp"

#include <algorithm>
#include <utility>

#include "base/text/text.hpp"
#include "lifecycle/cron/interval.hpp"

namespace runsim {

Instance make_instance(std::shared_ptr<const Project> project, const Options& options) {
    Instance instance;
    instance.options = options;
    instance.store = Store(options.dialect, project->symbols);
    instance.now = options.start;
    instance.next_tick = options.start;
    instance.tokens = Prng::fork(options.seed, "tokens");
    instance.sessions = Prng::fork(options.seed, "sessions");
    instance.fault_stream = Prng::fork(options.seed, "faults");
    instance.loaded = project;
    set_project(instance, std::move(project));
    return instance;
}

void set_project(Instance& instance, std::shared_ptr<const Project> project) {
    instance.project = std::move(project);
    instance.facts = std::make_shared<const ProjectFacts>(*instance.project, instance.loaded->code);
    instance.derived = Derived();
}

std::string new_token(Instance& instance) {
    std::string token;
    token.reserve(32);
    for (int word = 0; word < 2; ++word) {
        std::uint64_t bits = instance.tokens.next();
        for (int i = 0; i < 16; ++i, bits >>= 4) token += kHexDigits[bits & 15];
    }
    return token;
}

const PipelineFacts* pipeline_facts(const Instance& instance, Symbol pipeline_uuid) {
    return project_facts(instance).find(pipeline_uuid);
}

const PipelineFacts* pipeline_facts(const Instance& instance, const Run* run) {
    return run == nullptr ? nullptr : pipeline_facts(instance, run->pipeline_uuid);
}

ScheduleFacts& schedule_facts(Instance& instance, const Schedule& schedule) {
    ScheduleFacts& facts = instance.derived.schedules[schedule.id];
    if (facts.revision == schedule.revision) return facts;
    facts = ScheduleFacts();
    facts.revision = schedule.revision;
    facts.settings = parse_settings(schedule.settings);
    const Interval interval = interval_of(schedule);
    facts.always_on = interval == Interval::always_on;
    if (interval == Interval::cron)
        if (const auto cron = CronExpression::parse(*schedule.schedule_interval); cron.ok()) facts.cron.emplace(*cron);
    return facts;
}

const ScheduleSettings& kept_settings_of(Instance& instance, const Run& run) {
    static const ScheduleSettings kDefaults;
    const Schedule* schedule = instance.store.schedule(run.pipeline_schedule_id);
    return schedule == nullptr ? kDefaults : schedule_facts(instance, *schedule).settings;
}

ScheduleSettings settings_of(const Instance& instance, const Run& run) {
    const Schedule* schedule = instance.store.schedule(run.pipeline_schedule_id);
    return schedule == nullptr ? ScheduleSettings() : parse_settings(schedule->settings);
}

std::uint32_t block_of(const Instance& instance, const PipelineFacts& pipeline, Symbol block_uuid) {
    const std::uint32_t exact = pipeline.find(block_uuid);
    return exact != PipelineFacts::kNoBlock ? exact
                                            : block_named(instance, pipeline, instance.store.symbols.text(block_uuid));
}

std::uint32_t block_named(const Instance& instance, const PipelineFacts& pipeline, std::string_view text) {
    const auto whole = instance.store.symbols.find(text);
    const std::uint32_t exact = whole ? pipeline.find(*whole) : PipelineFacts::kNoBlock;
    if (exact != PipelineFacts::kNoBlock) return exact;
    for (std::size_t colon = text.rfind(':'); colon != std::string_view::npos && colon > 0;
         colon = text.rfind(':', colon - 1)) {
        const auto base = instance.store.symbols.find(text.substr(0, colon));
        const std::uint32_t index = base ? pipeline.find(*base) : PipelineFacts::kNoBlock;
        if (index != PipelineFacts::kNoBlock) return index;
    }
    return PipelineFacts::kNoBlock;
}

BlockRunPlace locate(const Instance& instance, BlockRunId id) {
    BlockRunPlace place;
    place.row = instance.store.block_run(id);
    if (place.row == nullptr) return place;
    place.run = instance.store.run(place.row->pipeline_run_id);
    place.pipeline = pipeline_facts(instance, place.run);
    if (place.pipeline == nullptr) return place;
    const std::uint32_t index = block_of(instance, *place.pipeline, place.row->block_uuid);
    if (index != PipelineFacts::kNoBlock) place.block = &place.pipeline->blocks[index];
    return place;
}

}  // namespace runsim

#include "support/random_story.hpp"

#include "base/archive.hpp"
#include "support/invariants.hpp"
#include "support/shrink.hpp"

namespace runsim::test {

namespace {

std::uint64_t hash_of(const Instance& instance) {
    ArchiveHasher hasher;
    hasher(instance);
    return hasher.hash();
}

// Save + load + go on = go on.
std::string broken_reload(const Stage& stage) {
    constexpr int kSteps = 100;
    ArchiveWriter writer;
    writer(stage.instance);
    Stage loaded(stage.instance.project, stage.instance.options);
    ArchiveReader reader(writer.text());
    reader(loaded.instance);
    if (!reader.ok()) return "what was saved cannot be loaded";
    Stage fork = stage;
    for (int i = 0; i < kSteps; ++i)
        if (fork.step() != loaded.step()) return "a loaded instance goes on otherwise";
    return hash_of(fork.instance) == hash_of(loaded.instance) ? "" : "a loaded instance goes on otherwise";
}

std::string time_of(const Instance& instance) {
    std::string digits = std::to_string((instance.now - kStart).us);
    if (digits.size() < 7) digits.insert(0, 7 - digits.size(), '0');
    return digits.insert(digits.size() - 6, ".") + " s";
}

std::string words_of(const Pipeline& pipeline) {
    std::string text =
        "pipeline " + pipeline.uuid + " (" + pipeline.type + (pipeline.run_in_one_process ? ", in one process" : "");
    const ConcurrencyConfig& limits = pipeline.concurrency;
    const auto limit = [&](std::string_view name, std::optional<std::int64_t> value) {
        if (value) text += ", " + std::string(name) + " " + std::to_string(*value);
    };
    limit("block_run_limit", limits.block_run_limit);
    limit("pipeline_run_limit", limits.pipeline_run_limit);
    limit("pipeline_run_limit_all_triggers", limits.pipeline_run_limit_all_triggers);
    if (limits.on_pipeline_run_limit_reached == RunLimitPolicy::skip) text += ", skip";
    text += "):";
    for (const Block& block : pipeline.blocks) {
        text += " " + block.uuid;
        if (block.type != "transformer") text += " " + block.type;
        if (block.dynamic) text += " dynamic";
        if (block.reduce_output) text += " reduces";
        for (const std::uint32_t up : block.upstream)
            text += (up == block.upstream.front() ? " below " : " and ") + pipeline.blocks[up].uuid;
        text += ";";
    }
    return text + "\n";
}

// What happened, in words, a line each; events that follow each other share one.
class Teller {
public:
    void add(const Instance& instance, const Action& action, const std::string& words) {
        if (action.kind == Action::Kind::step) {
            ++events_;
            until_ = time_of(instance);
            return;
        }
        end_events();
        text_ += "  " + time_of(instance) + "  " + words + "\n";
    }
    std::string text() {
        end_events();
        return std::move(text_);
    }

private:
    void end_events() {
        if (events_ > 0)
            text_ += "  " + until_ + "  " + std::to_string(events_) + (events_ == 1 ? " event\n" : " events\n");
        events_ = 0;
    }

    std::string text_;
    std::string until_;
    int events_ = 0;
};

// Plays it, and tells `teller`, if there is one.
Ending play_and_tell(const Story& story, Check also, Teller* teller) {
    Stage stage(random_project(story.seed), random_options(story.seed));
    Invariants invariants(stage.instance.options);
    Ending ending;
    for (const Action& action : story.actions) {
        ++ending.actions;
        std::string words;
        switch (action.kind) {
            case Action::Kind::step: ending.events += stage.step(); break;
            case Action::Kind::call: words = perform_call(stage, action.draw); break;
            case Action::Kind::look:
                words = "look at all rows";
                ending.broken = Invariants::broken_rows(stage.instance);
                break;
            case Action::Kind::reload:
                words = "save and load";
                ending.broken = broken_reload(stage);
                break;
        }
        if (teller != nullptr) teller->add(stage.instance, action, words);
        if (ending.broken.empty()) ending.broken = invariants.broken(stage.instance);
        if (ending.broken.empty() && also != nullptr) ending.broken = also(stage.instance);
        if (!ending.broken.empty()) return ending;
    }
    return ending;
}

}  // namespace

Story random_story(std::uint64_t seed, int steps) {
    Prng prng = Prng::fork(seed, "actions");
    Story story{seed, {}};
    const auto add = [&](Action::Kind kind) { story.actions.push_back({kind, prng.next()}); };
    for (int i = 0; i < 5; ++i) add(Action::Kind::call);
    for (int step = 0; step < steps; ++step) {
        if (prng.below(6) == 0) add(Action::Kind::call);
        add(Action::Kind::step);
        if (step % 100 == 99) add(Action::Kind::look);
        if (step == steps / 2) add(Action::Kind::reload);
    }
    return story;
}

Ending play(const Story& story, Check also) { return play_and_tell(story, also, nullptr); }

std::string retell(const Story& story, Check also) {
    const auto project = random_project(story.seed);
    const Options options = random_options(story.seed);
    std::string text = std::to_string(project->queue_concurrency) + " workers, " +
                       std::string(name_of(options.dialect)) + (options.faults == Faults() ? "" : ", with faults") +
                       "\n";
    for (const Pipeline& pipeline : project->pipelines) text += words_of(pipeline);
    Teller teller;
    const Ending ending = play_and_tell(story, also, &teller);
    return text + teller.text() + (ending.broken.empty() ? "all is well" : ending.broken) + "\n";
}

std::string report(const Story& story, Check also) {
    const Ending ending = play(story, also);
    if (ending.broken.empty()) return "";
    Story shorter{story.seed,
                  {story.actions.begin(), story.actions.begin() + static_cast<std::ptrdiff_t>(ending.actions)}};
    const auto kind_of = [](const std::string& broken) { return broken.substr(0, broken.find(':')); };
    const std::string kind = kind_of(ending.broken);
    shorter.actions = shrunk(std::move(shorter.actions), [&](const std::vector<Action>& actions) {
        return kind_of(play({story.seed, actions}, also).broken) == kind;
    });
    return "seed " + std::to_string(story.seed) + " fails after " + std::to_string(ending.actions) +
           " actions: " + ending.broken + "\nThese " + std::to_string(shorter.actions.size()) +
           " of them are enough:\n" + retell(shorter, also);
}

}  // namespace runsim::test

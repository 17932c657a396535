#include "support/project_builder.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "model/code_folder.hpp"

namespace runsim::test {

ProjectBuilder::ProjectBuilder() {
    project_.name = "test";
    project_.repo_path = "/home/src/test";
    project_.project_uuid = "0123456789abcdef0123456789abcdef";
}

Pipeline& ProjectBuilder::last_pipeline() {
    RUNSIM_ASSERT(!project_.pipelines.empty(), "a pipeline was named");
    return project_.pipelines.back();
}

Block& ProjectBuilder::last_block() {
    RUNSIM_ASSERT(!last_pipeline().blocks.empty(), "a block was named");
    return last_pipeline().blocks.back();
}

ProjectBuilder& ProjectBuilder::queue_concurrency(std::int64_t workers) {
    project_.queue_concurrency = workers;
    return *this;
}

ProjectBuilder& ProjectBuilder::pipeline(std::string uuid, std::string type) {
    Pipeline made;
    made.symbol = project_.symbols.intern(uuid);
    made.name = uuid;
    made.uuid = std::move(uuid);
    made.type = std::move(type);
    project_.pipelines.push_back(std::move(made));
    return *this;
}

ProjectBuilder& ProjectBuilder::with_pipeline(const std::function<void(Pipeline&)>& change) {
    change(last_pipeline());
    return *this;
}

ProjectBuilder& ProjectBuilder::limits(ConcurrencyConfig limits) {
    last_pipeline().concurrency = limits;
    return *this;
}

ProjectBuilder& ProjectBuilder::variables(std::string_view json) {
    last_pipeline().variables = json::Text(std::string(json));
    return *this;
}

ProjectBuilder& ProjectBuilder::block(std::string uuid, std::initializer_list<std::string_view> upstream,
                                      std::string type) {
    Pipeline& pipeline = last_pipeline();
    Block made;
    made.symbol = project_.symbols.intern(uuid);
    made.name = uuid;
    made.uuid = std::move(uuid);
    made.language = "python";
    made.executable = type != "markdown" && type != "scratchpad" && type != "chart";
    made.type = std::move(type);
    const auto index = static_cast<std::uint32_t>(pipeline.blocks.size());
    for (const std::string_view name : upstream) {
        const auto above = std::find_if(pipeline.blocks.begin(), pipeline.blocks.end(),
                                        [&](const Block& b) { return b.uuid == name; });
        RUNSIM_ASSERT(above != pipeline.blocks.end(), "an upstream block was named before");
        above->downstream.push_back(index);
        made.upstream.push_back(static_cast<std::uint32_t>(above - pipeline.blocks.begin()));
    }
    project_.code.emplace(code_folder(made.type) + "/" + made.uuid + ".py", "");
    pipeline.blocks.push_back(std::move(made));
    return *this;
}

ProjectBuilder& ProjectBuilder::with(const std::function<void(Block&)>& change) {
    change(last_block());
    return *this;
}

ProjectBuilder& ProjectBuilder::lasts(Duration duration) {
    last_block().model.duration = {DurationKind::fixed, duration, duration};
    return *this;
}

ProjectBuilder& ProjectBuilder::lasts(Duration low, Duration high) {
    last_block().model.duration = {DurationKind::range, low, high};
    return *this;
}

ProjectBuilder& ProjectBuilder::attempts(std::string_view outcomes) {
    std::vector<AttemptOutcome>& attempts = last_block().model.attempts;
    attempts.clear();
    for (const char outcome : outcomes) attempts.push_back(outcome == 'f' ? AttemptOutcome::fail : AttemptOutcome::ok);
    return *this;
}

ProjectBuilder& ProjectBuilder::fails(std::string error) {
    last_block().model.error = std::move(error);
    return attempts("f");
}

ProjectBuilder& ProjectBuilder::retries(std::int64_t retries, Duration delay, Duration max_delay, bool exponential) {
    last_block().retry = {retries, delay, max_delay, exponential};
    return *this;
}

ProjectBuilder& ProjectBuilder::timeout(std::int64_t seconds) {
    last_block().timeout = seconds;
    return *this;
}

ProjectBuilder& ProjectBuilder::dynamic(std::int64_t items) {
    last_block().dynamic = true;
    last_block().model.items = items;
    return *this;
}

ProjectBuilder& ProjectBuilder::reduces() {
    last_block().reduce_output = true;
    return *this;
}

ProjectBuilder& ProjectBuilder::conditional(std::string uuid, bool holds) {
    Pipeline& pipeline = last_pipeline();
    last_block().conditionals.push_back(static_cast<std::uint32_t>(pipeline.conditionals.size()));
    last_block().model.condition = holds;
    pipeline.conditionals.push_back({uuid, uuid});
    return *this;
}

ProjectBuilder& ProjectBuilder::callback(std::string uuid) {
    Pipeline& pipeline = last_pipeline();
    last_block().callbacks.push_back(static_cast<std::uint32_t>(pipeline.callbacks.size()));
    pipeline.callbacks.push_back({uuid, uuid});
    return *this;
}

ProjectBuilder& ProjectBuilder::replica_of(std::string_view target) {
    Block& block = last_block();
    block.replicated_block = std::string(target);
    block.symbol = project_.symbols.intern(block.uuid + ":" + std::string(target));
    return *this;
}

std::shared_ptr<const Project> ProjectBuilder::build() {
    auto project = std::make_shared<Project>(project_);
    std::sort(project->pipelines.begin(), project->pipelines.end(),
              [](const Pipeline& a, const Pipeline& b) { return a.uuid < b.uuid; });
    return project;
}

}  // namespace runsim::test

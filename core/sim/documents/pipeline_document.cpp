#include "sim/documents/pipeline_document.hpp"

#include "base/text/text.hpp"
#include "sim/documents/data_product_document.hpp"
#include "sim/documents/scenario.hpp"
#include "sim/reading/nearest.hpp"
#include "sim/reading/time_text.hpp"

namespace runsim {

namespace {

constexpr std::int64_t kMostCount = 1'000'000'000;

// lifecycle.md 10
const Fields::Names kPipelineTypes = {"python",      "pyspark",   "databricks",
                                      "integration", "streaming", "execution_framework"};

ConcurrencyConfig read_concurrency(const Fields& metadata) {
    ConcurrencyConfig config;
    const json::Object* object = metadata.object("concurrency_config");
    if (!object) return config;
    const Fields fields(metadata.problems(), metadata.place().key("concurrency_config"), *object, NullIs::absent);
    const Fields::Names known = {"block_run_limit", "pipeline_run_limit", "pipeline_run_limit_all_triggers",
                                 "on_pipeline_run_limit_reached"};
    for (const json::Member& member : *object) {
        bool is_known = false;
        for (const auto name : known) is_known = is_known || name == member.key;
        if (!is_known)
            fields.complain(member.key, no_such_key(member.key, known) +
                                            "; Mage's scheduler dies of it at every tick, for all pipelines");
    }
    config.block_run_limit = fields.integer("block_run_limit", 0, kMostCount);
    config.pipeline_run_limit = fields.integer("pipeline_run_limit", 0, kMostCount);
    config.pipeline_run_limit_all_triggers = fields.integer("pipeline_run_limit_all_triggers", 0, kMostCount);
    if (fields.choice("on_pipeline_run_limit_reached", {"wait", "skip"}) == "skip")
        config.on_pipeline_run_limit_reached = RunLimitPolicy::skip;
    return config;
}

// The entries of a list of blocks, each with its place: by uuid where it has one, else by number.
std::vector<Fields> entries(const Fields& metadata, std::string_view list_key, std::string_view kind) {
    std::vector<Fields> found;
    const json::Array* list = metadata.array(list_key);
    if (!list) return found;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const Place numbered = metadata.place().key(list_key).item(i);
        const json::Object* entry = (*list)[i].object();
        if (!entry) {
            metadata.problems().add(numbered, shown((*list)[i]) + " is not a block (keys and values)");
            continue;
        }
        const json::Value* uuid = entry->find("uuid");
        const bool named = uuid && uuid->string() && !uuid->string()->empty();
        const Place place = named ? metadata.place().part(std::string(kind) + " " + quoted(*uuid->string())) : numbered;
        found.emplace_back(metadata.problems(), place, *entry, NullIs::absent);
    }
    return found;
}

std::vector<AttachedText> read_attached(const Fields& metadata, std::string_view list_key, std::string_view kind) {
    std::vector<AttachedText> attached;
    for (const Fields& entry : entries(metadata, list_key, kind)) {
        const auto uuid = entry.nonempty_text("uuid");
        if (!uuid) {
            if (!entry.find("uuid")) entry.complain("uuid", "is missing");
            continue;
        }
        attached.push_back({{*uuid, entry.text("name").value_or(*uuid)},
                            entry.texts("upstream_blocks").value_or(std::vector<std::string>())});
    }
    return attached;
}

}  // namespace

Pipeline read_pipeline(const Fields& metadata, std::string uuid, const RetryConfig& project_retry, SymbolTable& symbols,
                       Notes& notes) {
    Pipeline pipeline;
    pipeline.uuid = std::move(uuid);
    pipeline.symbol = symbols.intern(pipeline.uuid);
    pipeline.name = metadata.text("name").value_or(pipeline.uuid);
    pipeline.description = metadata.text("description");
    pipeline.type = metadata.choice("type", kPipelineTypes).value_or("python");
    pipeline.tags = metadata.texts("tags");
    if (const json::Object* variables = metadata.object("variables"))
        pipeline.variables = json::Text::of(json::Value(*variables));
    pipeline.concurrency = read_concurrency(metadata);
    pipeline.run_in_one_process = metadata.boolean("run_pipeline_in_one_process").value_or(false);
    pipeline.executor_type = metadata.text("executor_type").value_or("");
    if (metadata.object("retry_config")) pipeline.retry = read_retry_config(metadata, RetryConfig());
    pipeline.executor_count = metadata.integer("executor_count", 1, 1'000).value_or(1);
    pipeline.metadata = json::Text::of(json::Value(metadata.object()));

    std::vector<BlockText> blocks;
    for (const Fields& entry : entries(metadata, "blocks", "block")) {
        blocks.push_back(read_block(entry, pipeline.uuid, project_retry));
        if (blocks.back().block.type == "global_data_product")
            blocks.back().block.data_product = read_data_product_use(entry, notes);
        if (pipeline.type == "streaming") blocks.back().block.executable = false;
    }
    if (blocks.size() > kMostBlocks) {
        metadata.complain("blocks", "has " + shown(json::Value(static_cast<std::int64_t>(blocks.size()))) +
                                        " entries; a pipeline may have at most " +
                                        shown(json::Value(static_cast<std::int64_t>(kMostBlocks))));
        blocks.clear();
    }
    link_blocks(pipeline, std::move(blocks), read_attached(metadata, "conditionals", "conditional"),
                read_attached(metadata, "callbacks", "callback"), metadata.place(), metadata.problems(), notes);
    for (Block& block : pipeline.blocks) {
        block.symbol = symbols.intern(block.replicated_block ? block.uuid + ":" + *block.replicated_block : block.uuid);
        if (block.replicated_block) symbols.intern(block.uuid);
    }
    return pipeline;
}

}  // namespace runsim

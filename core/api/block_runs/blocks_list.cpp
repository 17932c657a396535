#include <vector>

#include "api/block_runs/handlers.hpp"
#include "api/calls/paging.hpp"
#include "api/calls/records.hpp"
#include "api/pipelines/pipeline_content.hpp"
#include "api/pipelines/pipeline_text.hpp"
#include "base/contains.hpp"
#include "json/write.hpp"
#include "lifecycle/instance/instance.hpp"

// LIST of blocks: those of a pipeline, or of a run for the graph on its page.
namespace runsim::api {

namespace {

using Texts = std::vector<std::string>;

// A block with several block runs in a run: one entry represents its children, and names them.
std::string dynamic_block(const Call& call, RunId run, const PipelineFacts& pipeline, std::uint32_t index,
                          const json::Object& file) {
    const BlockFacts& facts = pipeline.blocks[index];
    const Block& block = *facts.block;
    std::string children;
    if (facts.dynamic_child) {
        for (const BlockRun& row : call.store().block_runs_of(run)) {
            if (row.block_uuid == block.symbol || block_of(call.instance, pipeline, row.block_uuid) != index) continue;
            if (!children.empty()) children += ", ";
            children += call.store().symbols.text(row.block_uuid);
        }
    }
    std::string out;
    json::Writer w(out);
    w.begin_object();
    w.key("configuration");
    const json::Value* configuration = file.find("configuration");
    if (configuration && configuration->object())
        w.value(*configuration);
    else
        w.raw("{}");
    w.member("language", block.language);
    w.member("name", block.name);
    w.member("type", block.type);
    w.raw_member("downstream_blocks", "[]");
    w.begin_array("upstream_blocks");
    for (const std::uint32_t up : block.upstream) w.string(pipeline.blocks[up].block->uuid);
    w.end_array();
    w.member("description", children);
    w.begin_array("tags");
    if (block.dynamic) w.string("dynamic");
    if (facts.dynamic_child) w.string("dynamic_child");
    if (block.reduce_output) w.string("reduce_output");
    w.end_array();
    w.member("uuid", block.uuid);
    w.end_object();
    return out;
}

// Returns the blocks in `block_uuid[]`, or all blocks; for a run always all.
ResultOf<Texts> blocks_of(const Call& call, const Pipeline& pipeline, RunId run) {
    const auto wanted = call.query.comma_list(run ? "" : "block_uuid[]");
    if (!wanted) return wanted.error();
    Texts texts;
    const json::Object content = loaded_content(pipeline);
    const PipelineFacts* facts = pipeline_facts(call.instance, pipeline.symbol);
    const bool dynamic = run && facts && facts->dynamic;
    for (std::uint32_t i = 0; i < pipeline.blocks.size(); ++i) {
        const std::string& uuid = pipeline.blocks[i].uuid;
        if (!wanted->empty() && !contains(*wanted, uuid)) continue;
        const json::Object* entry = entry_of(content, "blocks", uuid);
        if (!entry) continue;
        texts.push_back(dynamic ? dynamic_block(call, run, *facts, i, *entry)
                                : block_text(call.instance, pipeline, content, *entry,
                                             run ? BlockParts::of_run : BlockParts::of_list));
    }
    return texts;
}

}  // namespace

Outcome list_blocks(Call& call, std::string& out) {
    ResultOf<Texts> texts = Texts();
    if (call.parent && call.parent->pipeline) {
        texts = blocks_of(call, *call.parent->pipeline, RunId());
    } else if (call.parent && call.parent->resource->find == find_pipeline_run) {
        const RunId run{call.parent->id};
        const Symbol uuid = call.store().run(run)->pipeline_uuid;
        const Pipeline* pipeline = call.project().find_pipeline(uuid);
        if (!pipeline) return no_pipeline(call.store().symbols.text(uuid), call.project());
        texts = blocks_of(call, *pipeline, run);
    }
    if (!texts) return texts.error();
    const auto page = read_page(call.query);
    if (!page) return page.error();
    const auto count = static_cast<std::int64_t>(texts->size());
    const bool limited = call.query.first("_limit") && page->limit > 0;
    const ShownRows shown = limited ? trim_rows(memory_rows(*page, count), page->limit, count) : all_rows(count);
    return write_page(call, out, shown, [&](std::size_t i) { out += (*texts)[i]; });
}

}  // namespace runsim::api

#include "lifecycle/requests/blocks_of_file.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "base/contains.hpp"
#include "lifecycle/blocks/block_entry.hpp"

namespace runsim {

namespace {

using Index = std::map<std::string_view, std::uint32_t>;

std::string text_of(const json::Object& entry, std::string_view key) {
    const std::string* text = entry.text(key);
    return text ? *text : std::string();
}

Block block_of(const json::Object& entry, const json::Object& content, const Pipeline& pipeline, const Pipeline& source,
               const PipelineFile& file, const Project& project) {
    const std::string uuid = text_of(entry, "uuid");
    const auto renamed = std::find_if(file.renamed.begin(), file.renamed.end(),
                                      [&uuid](const RenamedBlock& block) { return block.uuid == uuid; });
    const Block* origin = source.find_block(renamed != file.renamed.end() ? renamed->source : uuid);
    Block block = origin ? *origin : Block();
    if (!origin) lay_over(block.model, merged_change(project.models, pipeline.uuid, uuid));
    block.upstream.clear();
    block.downstream.clear();
    block.conditionals.clear();
    block.callbacks.clear();
    block.uuid = uuid;
    block.name = text_of(entry, "name");
    block.type = text_of(entry, "type");
    block.language = text_of(entry, "language");
    block.color = text_of(entry, "color");
    block.replicated_block.reset();
    if (const std::string* replicated = entry.text("replicated_block")) block.replicated_block = *replicated;
    block.executable =
        block.type != "chart" && block.type != "markdown" && block.type != "scratchpad" && pipeline.type != "streaming";
    EntryFaults told_by_nobody;
    read_entry(entry, content, project.retry, block, told_by_nobody);
    return block;
}

std::vector<std::uint32_t> look_up(const json::Object& entry, std::string_view key, const Index& index) {
    std::vector<std::uint32_t> found;
    const json::Array* names = entry.array(key);
    if (!names) return found;
    for (const json::Value& name : *names) {
        const auto at = name.string() ? index.find(*name.string()) : index.end();
        if (at != index.end() && !contains(found, at->second)) found.push_back(at->second);
    }
    return found;
}

void attach(Pipeline& pipeline, const json::Object& content, std::string_view key,
            std::vector<AttachedBlock> Pipeline::* list, std::vector<std::uint32_t> Block::* of_block,
            const Index& index) {
    const json::Array* entries = content.array(key);
    if (!entries) return;
    for (const json::Value& value : *entries) {
        const json::Object* entry = value.object();
        if (!entry) continue;
        const auto at = static_cast<std::uint32_t>((pipeline.*list).size());
        (pipeline.*list).push_back({text_of(*entry, "uuid"), text_of(*entry, "name")});
        for (const std::uint32_t block : look_up(*entry, "upstream_blocks", index))
            (pipeline.blocks[block].*of_block).push_back(at);
    }
}

// Copies the rules, which name blocks by their index in `source`.
void take_rules(Pipeline& pipeline, const Pipeline& source, const PipelineFile& file, const Index& index) {
    const auto place = [&](std::uint32_t in_source) {
        const std::string& uuid = source.blocks[in_source].uuid;
        const auto renamed = std::find_if(file.renamed.begin(), file.renamed.end(),
                                          [&uuid](const RenamedBlock& block) { return block.source == uuid; });
        return index.find(renamed != file.renamed.end() ? renamed->uuid : uuid);
    };
    for (RunRule& rule : pipeline.rules) {
        std::vector<std::pair<std::uint32_t, BlockBehaviourChange>> kept;
        for (auto& [block, change] : rule.blocks)
            if (const auto at = place(block); at != index.end()) kept.emplace_back(at->second, std::move(change));
        rule.blocks = std::move(kept);
    }
}

}  // namespace

void take_content(Pipeline& pipeline, const Pipeline& source, const PipelineFile& file, const Project& project,
                  SymbolTable& symbols) {
    const json::Value value = file.content.value();
    if (!value.object()) return;
    const json::Object& content = *value.object();
    const json::Value* variables = content.find("variables");
    pipeline.variables = variables && variables->object() ? json::Text::of(*variables) : json::Text();
    pipeline.blocks.clear();
    pipeline.conditionals.clear();
    pipeline.callbacks.clear();
    std::vector<const json::Object*> entries;
    if (const json::Array* list = content.array("blocks"))
        for (const json::Value& entry : *list)
            if (entry.object()) entries.push_back(entry.object());
    for (const json::Object* entry : entries)
        pipeline.blocks.push_back(block_of(*entry, content, pipeline, source, file, project));
    Index index;
    for (std::uint32_t i = 0; i < pipeline.blocks.size(); ++i) index.emplace(pipeline.blocks[i].uuid, i);
    for (std::uint32_t i = 0; i < pipeline.blocks.size(); ++i) {
        Block& block = pipeline.blocks[i];
        block.upstream = look_up(*entries[i], "upstream_blocks", index);
        block.downstream = look_up(*entries[i], "downstream_blocks", index);
        block.symbol = symbols.intern(block.replicated_block ? block.uuid + ":" + *block.replicated_block : block.uuid);
        const json::Value* has_callback = entries[i]->find("has_callback");
        if (!has_callback || !has_callback->truthy()) continue;
        block.callbacks.push_back(static_cast<std::uint32_t>(pipeline.callbacks.size()));
        pipeline.callbacks.push_back({block.uuid + "_callback", block.uuid + "_callback"});
    }
    attach(pipeline, content, "conditionals", &Pipeline::conditionals, &Block::conditionals, index);
    attach(pipeline, content, "callbacks", &Pipeline::callbacks, &Block::callbacks, index);
    take_rules(pipeline, source, file, index);
}

}  // namespace runsim

#include <map>
#include <set>

#include "base/contains.hpp"
#include "sim/documents/pipeline_document.hpp"

namespace runsim {

namespace {

using Index = std::map<std::string_view, std::uint32_t>;
using Names = std::set<std::string_view>;
using Edges = std::vector<std::uint32_t> Block::*;

// The names in a list of links that name something: blocks, and what the same file has beside its blocks.
struct Links {
    std::vector<std::uint32_t> blocks;
    std::vector<std::string> others;
};

Links look_up(const std::vector<std::string>& names, const Index& index, const Names& others, const Place& place,
              Notes& notes) {
    Links found;
    for (const std::string& name : names) {
        const auto at = index.find(name);
        if (at != index.end()) {
            if (!contains(found.blocks, at->second)) found.blocks.push_back(at->second);
        } else if (others.contains(name)) {
            found.others.push_back(name);
        } else {
            add_note(notes, place, "there is no block " + quoted(name) + "; it is left out, as Mage does");
        }
    }
    return found;
}

// Mage keeps both lists as they stand: one says when a block may run, the other what "retry from block" reaches.
void note_one_sided(const std::vector<Block>& blocks, const std::vector<Place>& places, Notes& notes) {
    for (std::uint32_t i = 0; i < blocks.size(); ++i) {
        for (const std::uint32_t upstream : blocks[i].upstream)
            if (!contains(blocks[upstream].downstream, i))
                add_note(notes, places[i].key("upstream_blocks"),
                         quoted(blocks[upstream].uuid) +
                             " does not list it as downstream: a retry from there does not reach it");
        for (const std::uint32_t downstream : blocks[i].downstream)
            if (!contains(blocks[downstream].upstream, i))
                add_note(notes, places[i].key("downstream_blocks"),
                         quoted(blocks[downstream].uuid) + " does not list it as upstream: it does not wait for it");
    }
}

void attach(Pipeline& pipeline, const std::vector<AttachedText>& texts, std::vector<AttachedBlock> Pipeline::* list,
            Edges edges, const Index& index, const Names& others, Notes& notes) {
    for (const AttachedText& text : texts) {
        const auto at = static_cast<std::uint32_t>((pipeline.*list).size());
        (pipeline.*list).push_back(text.block);
        for (const std::uint32_t block :
             look_up(text.upstream, index, others, text.place.key("upstream_blocks"), notes).blocks)
            (pipeline.blocks[block].*edges).push_back(at);
    }
}

}  // namespace

void link_blocks(Pipeline& pipeline, std::vector<BlockText> texts, const std::vector<AttachedText>& conditionals,
                 const std::vector<AttachedText>& callbacks, const std::vector<AttachedText>& widgets, Notes& notes) {
    Index index;
    Names others;
    for (std::uint32_t i = 0; i < texts.size(); ++i) index.emplace(texts[i].block.uuid, i);
    for (const auto* list : {&conditionals, &callbacks, &widgets})
        for (const AttachedText& text : *list) others.insert(text.block.uuid);
    std::vector<Place> places;
    for (BlockText& text : texts) {
        Block& block = text.block;
        places.push_back(text.place);
        const Place upstream = text.place.key("upstream_blocks");
        Links above = look_up(text.upstream, index, others, upstream, notes);
        for (const std::string& name : above.others)
            add_note(notes, upstream,
                     quoted(name) +
                         " is no block but a callback, conditional or chart, which never completes: as in "
                         "Mage, the block does not start, and its runs run for ever");
        block.waits_for_ever = block.waits_for_ever || !above.others.empty();
        block.upstream = std::move(above.blocks);
        block.downstream = look_up(text.downstream, index, others, text.place.key("downstream_blocks"), notes).blocks;
        if (block.replicated_block && !index.contains(*block.replicated_block) &&
            !others.contains(*block.replicated_block))
            add_note(notes, text.place.key("replicated_block"),
                     "Replicated block " + *block.replicated_block + " does not exist in pipeline " + pipeline.uuid +
                         ".: every run fails at its start, as in Mage");
        if (text.has_callback) {  // comes before those of the `callbacks` list (lifecycle.md 2.8)
            block.callbacks.push_back(static_cast<std::uint32_t>(pipeline.callbacks.size()));
            pipeline.callbacks.push_back({block.uuid + "_callback", block.uuid + "_callback"});
        }
    }
    pipeline.blocks.reserve(texts.size());
    Index by_uuid;  // the texts of `index` are about to move
    for (BlockText& text : texts) pipeline.blocks.push_back(std::move(text.block));
    for (std::uint32_t i = 0; i < pipeline.blocks.size(); ++i) by_uuid.emplace(pipeline.blocks[i].uuid, i);
    note_one_sided(pipeline.blocks, places, notes);
    attach(pipeline, conditionals, &Pipeline::conditionals, &Block::conditionals, by_uuid, others, notes);
    attach(pipeline, callbacks, &Pipeline::callbacks, &Block::callbacks, by_uuid, others, notes);
}

}  // namespace runsim

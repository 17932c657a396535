#include <algorithm>
#include <functional>
#include <map>

#include "sim/documents/pipeline_document.hpp"

namespace runsim {

namespace {

using Index = std::map<std::string_view, std::uint32_t>;
using Edges = std::vector<std::uint32_t> Block::*;

std::string line(const Place& place, std::string_view sentence) {
    std::string text = place.text();
    return text.append(": ").append(sentence);
}

std::vector<std::uint32_t> look_up(const std::vector<std::string>& names, const Index& index, const Place& place,
                                   Notes& notes) {
    std::vector<std::uint32_t> found;
    for (const std::string& name : names) {
        const auto at = index.find(name);
        if (at == index.end())
            notes.push_back(line(place, "there is no block " + quoted(name) + "; it is left out, as Mage does"));
        else if (std::find(found.begin(), found.end(), at->second) == found.end())
            found.push_back(at->second);
    }
    return found;
}

// The first cycle along `edges`, depth first in file order: a, b, a. Empty where there is none.
std::vector<std::uint32_t> find_cycle(const std::vector<Block>& blocks, Edges edges) {
    enum class State : std::uint8_t { unseen, open, done };
    std::vector<State> states(blocks.size(), State::unseen);
    std::vector<std::pair<std::uint32_t, std::size_t>> path;  // a block, and its next edge
    for (std::uint32_t root = 0; root < blocks.size(); ++root) {
        if (states[root] != State::unseen) continue;
        states[root] = State::open;
        path = {{root, 0}};
        while (!path.empty()) {
            auto& [at, next] = path.back();
            const auto& followers = blocks[at].*edges;
            if (next == followers.size()) {
                states[at] = State::done;
                path.pop_back();
                continue;
            }
            const std::uint32_t follower = followers[next++];
            if (states[follower] == State::open) {
                std::vector<std::uint32_t> cycle;
                for (const auto& [block, edge] : path)
                    if (!cycle.empty() || block == follower) cycle.push_back(block);
                cycle.push_back(follower);
                return cycle;
            }
            if (states[follower] == State::unseen) {
                states[follower] = State::open;
                path.emplace_back(follower, 0);
            }
        }
    }
    return {};
}

// Mage looks for cycles downstream only; one upstream would leave its blocks waiting for each other for ever.
void report_cycle(const std::vector<Block>& blocks, const Place& place, Problems& problems) {
    auto cycle = find_cycle(blocks, &Block::downstream);
    if (cycle.empty()) {
        cycle = find_cycle(blocks, &Block::upstream);
        std::reverse(cycle.begin(), cycle.end());
    }
    if (cycle.empty()) return;
    std::string text = "A cycle was detected in the loaded pipeline: ";
    for (std::size_t i = 0; i < cycle.size(); ++i) {
        if (i > 0) text += " --> ";
        text += blocks[cycle[i]].uuid;
    }
    problems.add(place, text);
}

// Mage keeps both lists as they stand: one says when a block may run, the other what "retry from block" reaches.
void note_one_sided(const std::vector<Block>& blocks, const Place& place, Notes& notes) {
    const auto holds = [](const std::vector<std::uint32_t>& list, std::uint32_t block) {
        return std::find(list.begin(), list.end(), block) != list.end();
    };
    for (std::uint32_t i = 0; i < blocks.size(); ++i) {
        const Place at = place.part("block " + quoted(blocks[i].uuid));
        for (const std::uint32_t upstream : blocks[i].upstream)
            if (!holds(blocks[upstream].downstream, i))
                notes.push_back(line(at.key("upstream_blocks"),
                                     quoted(blocks[upstream].uuid) +
                                         " does not list it as downstream: a retry from there does not reach it"));
        for (const std::uint32_t downstream : blocks[i].downstream)
            if (!holds(blocks[downstream].upstream, i))
                notes.push_back(
                    line(at.key("downstream_blocks"),
                         quoted(blocks[downstream].uuid) + " does not list it as upstream: it does not wait for it"));
    }
}

void attach(Pipeline& pipeline, const std::vector<AttachedText>& texts, std::vector<AttachedBlock> Pipeline::* list,
            Edges edges, std::string_view kind, const Index& index, const Place& place, Notes& notes) {
    for (const AttachedText& text : texts) {
        const auto at = static_cast<std::uint32_t>((pipeline.*list).size());
        (pipeline.*list).push_back(text.block);
        const Place from = place.part(std::string(kind) + " " + quoted(text.block.uuid)).key("upstream_blocks");
        for (const std::uint32_t block : look_up(text.upstream, index, from, notes))
            (pipeline.blocks[block].*edges).push_back(at);
    }
}

}  // namespace

void link_blocks(Pipeline& pipeline, std::vector<BlockText> texts, const std::vector<AttachedText>& conditionals,
                 const std::vector<AttachedText>& callbacks, const Place& place, Problems& problems, Notes& notes) {
    Index index;
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
        const std::string& uuid = texts[i].block.uuid;
        if (!uuid.empty() && !index.emplace(uuid, i).second)
            problems.add(place, "Pipeline is invalid: duplicate blocks with uuid " + uuid);
    }
    for (BlockText& text : texts) {
        const Place at = place.part("block " + quoted(text.block.uuid));
        text.block.upstream = look_up(text.upstream, index, at.key("upstream_blocks"), notes);
        text.block.downstream = look_up(text.downstream, index, at.key("downstream_blocks"), notes);
        const auto& replicated = text.block.replicated_block;
        if (replicated && !index.contains(*replicated))
            notes.push_back(line(at.key("replicated_block"), "Replicated block " + *replicated +
                                                                 " does not exist in pipeline " + pipeline.uuid +
                                                                 ".: every run fails at its start, as in Mage"));
        if (text.has_callback) {  // comes before those of the `callbacks` list (lifecycle.md 2.8)
            text.block.callbacks.push_back(static_cast<std::uint32_t>(pipeline.callbacks.size()));
            pipeline.callbacks.push_back({text.block.uuid + "_callback", text.block.uuid + "_callback"});
        }
    }
    pipeline.blocks.reserve(texts.size());
    Index by_uuid;  // the texts of `index` are about to move
    for (std::uint32_t i = 0; i < texts.size(); ++i) pipeline.blocks.push_back(std::move(texts[i].block));
    for (std::uint32_t i = 0; i < pipeline.blocks.size(); ++i) by_uuid.emplace(pipeline.blocks[i].uuid, i);
    report_cycle(pipeline.blocks, place, problems);
    note_one_sided(pipeline.blocks, place, notes);
    attach(pipeline, conditionals, &Pipeline::conditionals, &Block::conditionals, "conditional", by_uuid, place, notes);
    attach(pipeline, callbacks, &Pipeline::callbacks, &Block::callbacks, "callback", by_uuid, place, notes);
}

}  // namespace runsim

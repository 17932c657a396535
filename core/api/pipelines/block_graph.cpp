#include "api/pipelines/block_graph.hpp"

#include <algorithm>
#include <map>

#include "api/pipelines/pipeline_content.hpp"
#include "base/contains.hpp"
#include "base/text/text.hpp"

namespace runsim::api {

namespace {

using Names = std::vector<std::string>;

constexpr std::string_view kLists[] = {"widgets", "callbacks", "conditionals", "blocks"};
constexpr std::string_view kUpstream = "upstream_blocks";
constexpr std::string_view kDownstream = "downstream_blocks";

void set_names(json::Object& entry, std::string_view key, const Names& names) {
    json::Array list;
    for (const std::string& name : names) list.emplace_back(name);
    entry.set(key, std::move(list));
}

void add_name(json::Object& entry, std::string_view key, const std::string& name) {
    Names names = names_of(entry, key);
    names.push_back(name);
    set_names(entry, key, names);
}

void drop_name(json::Object& entry, std::string_view key, std::string_view name) {
    Names names = names_of(entry, key);
    std::erase(names, name);
    set_names(entry, key, names);
}

json::Object* find_anywhere(json::Object& content, std::string_view uuid) {
    for (const std::string_view list : kBlockLists)
        if (json::Object* entry = entry_of(content, list, uuid)) return entry;
    return nullptr;
}

std::string type_of(const json::Object& entry) {
    const std::string* type = entry.text("type");
    return type ? *type : std::string();
}

}  // namespace

std::string_view list_of_type(std::string_view block_type) {
    return block_type == "callback" ? "callbacks" : block_type == "conditional" ? "conditionals" : "blocks";
}

Failure invalid_pipeline(std::string text) {
    return Exception{"mage_ai.data_preparation.models.pipeline.InvalidPipelineError", std::move(text)};
}

Names BlockGraph::known_blocks(const Names& names) const {
    Names known;
    for (const std::string& name : names)
        if (entry_of(std::as_const(content_), "blocks", name)) known.push_back(name);
    return known;
}

// Walks down from each block in turn, the last child first.
Outcome BlockGraph::check(std::string_view what) const {
    struct Frame {
        std::string uuid;
        Names children;
    };
    std::map<std::string, Names> below;
    Names order;
    for (const std::string_view list : kLists) {
        for (const json::Value& value : entries_of(content_, list)) {
            const std::string* uuid = value.object()->text("uuid");
            if (!uuid) continue;
            below[*uuid] = names_of(*value.object(), kDownstream);
            if (list == "blocks") order.push_back(*uuid);
        }
    }
    enum class State : std::uint8_t { unseen, open, done };
    std::map<std::string, State> states;
    for (const std::string& root : order) {
        if (states[root] != State::unseen) continue;
        std::vector<Frame> path;
        states[root] = State::open;
        path.push_back({root, below[root]});
        while (!path.empty()) {
            Frame& frame = path.back();
            if (frame.children.empty()) {
                states[frame.uuid] = State::done;
                path.pop_back();
                continue;
            }
            const std::string child = std::move(frame.children.back());
            frame.children.pop_back();
            if (!below.contains(child) || states[child] == State::done) continue;
            if (states[child] == State::open) {
                std::string text(what);
                text += ": ";
                bool on_cycle = false;
                for (const Frame& step : path) {
                    on_cycle = on_cycle || step.uuid == child;
                    if (on_cycle) text += step.uuid + " --> ";
                }
                return invalid_pipeline(text + child);
            }
            states[child] = State::open;
            path.push_back({child, below[child]});
        }
    }
    return Done{};
}

Outcome BlockGraph::add(json::Object entry, const Names& upstream, const Names& downstream,
                        std::optional<std::int64_t> priority) {
    const std::string uuid = *entry.text("uuid");
    if (find_anywhere(content_, uuid))
        return invalid_pipeline("Block with uuid " + uuid + " already exists in pipeline " + pipeline_);
    const Names above = known_blocks(upstream);
    for (const std::string& name : above) add_name(*entry_of(content_, "blocks", name), kDownstream, uuid);
    set_names(entry, kUpstream, above);
    set_names(entry, kDownstream, {});
    json::Array& list = *content_[list_of_type(type_of(entry))].array();
    const auto size = static_cast<std::int64_t>(list.size());
    std::int64_t place = priority.value_or(size);
    if (place < 0) place = std::max<std::int64_t>(place + size, 0);
    list.insert(list.begin() + static_cast<std::ptrdiff_t>(std::min(place, size)), json::Value(std::move(entry)));
    for (const std::string& name : downstream) {
        const json::Object* below = entry_of(content_, "blocks", name);
        if (!below) continue;
        Names names = names_of(*below, kUpstream);
        names.push_back(uuid);
        if (auto done = set_upstream("blocks", name, names); !done) return done;
    }
    return check("A cycle was formed while adding a block");
}

Outcome BlockGraph::link(std::string_view list, const std::string& uuid, const Names& upstream) {
    json::Object* entry = entry_of(content_, list, uuid);
    const Names before = names_of(*entry, kUpstream);
    if (same_names(before, upstream)) return Done{};
    const std::string type = type_of(*entry);
    if (type != "extension" && type != "callback" && type != "conditional") {
        for (const std::string& name : known_blocks(upstream)) {
            json::Object& above = *entry_of(content_, "blocks", name);
            if (!contains(before, name) && !contains(names_of(above, kDownstream), uuid))
                add_name(above, kDownstream, uuid);
        }
        for (const std::string& name : known_blocks(before))
            if (!contains(upstream, name)) drop_name(*entry_of(content_, "blocks", name), kDownstream, uuid);
    }
    set_names(*entry, kUpstream, known_blocks(upstream));
    return Done{};
}

Outcome BlockGraph::set_upstream(std::string_view list, const std::string& uuid, const Names& upstream) {
    if (auto done = link(list, uuid, upstream); !done) return done;
    return check("A cycle was formed while updating a block");
}

Outcome BlockGraph::set_downstream(std::string_view list, const std::string& uuid, const Names& downstream) {
    const Names before = names_of(*entry_of(content_, list, uuid), kDownstream);
    for (const std::string& name : before) {
        const json::Object* below = contains(downstream, name) ? nullptr : entry_of(content_, "blocks", name);
        if (!below) continue;
        Names names = names_of(*below, kUpstream);
        std::erase(names, uuid);
        if (auto done = set_upstream("blocks", name, names); !done) return done;
    }
    for (const std::string& name : downstream) {
        const json::Object* below = entry_of(content_, "blocks", name);
        if (!below) continue;
        Names names = names_of(*below, kUpstream);
        if (!contains(names, uuid)) names.push_back(uuid);
        if (auto done = set_upstream("blocks", name, names); !done) return done;
    }
    return check("A cycle was formed while updating a block");
}

void BlockGraph::rename(std::string_view list, const std::string& from, const std::string& to) {
    entry_of(content_, list, from)->set("uuid", to);
    for (const std::string_view each : kLists) {
        json::Array& entries = *content_[each].array();
        for (json::Value& value : entries) {
            json::Object& entry = *value.object();
            for (const std::string_view key : {kUpstream, kDownstream}) {
                Names names = names_of(entry, key);
                if (!contains(names, from)) continue;
                std::replace(names.begin(), names.end(), from, to);
                set_names(entry, key, names);
            }
            const std::string* replicated = entry.text("replicated_block");
            if (each == "blocks" && replicated && *replicated == from) entry.set("replicated_block", to);
        }
    }
}

Outcome BlockGraph::remove(std::string_view list, const std::string& uuid, bool force) {
    const json::Object entry = *entry_of(content_, list, uuid);
    Names charts;
    std::string waiting;
    for (const std::string& name : names_of(entry, kDownstream)) {
        const json::Object* below = find_anywhere(content_, name);
        if (!below) continue;
        if (force) {
            Names names = names_of(*below, kUpstream);
            std::erase(names, uuid);
            for (std::string& above : names_of(entry, kUpstream)) names.push_back(std::move(above));
            if (auto done = set_upstream(list_of_type(type_of(*below)), name, names); !done) return done;
        } else if (type_of(*below) == "chart") {
            charts.push_back(name);
        } else {
            if (!waiting.empty()) waiting += ", ";
            waiting += python_repr(name);
        }
    }
    if (!waiting.empty()) {
        return Failure(Exception{"mage_ai.data_preparation.models.block.errors.HasDownstreamDependencies",
                                 "Block(s) [" + waiting + "] are depending on block " + uuid +
                                     ". Please remove the downstream blocks first."});
    }
    charts.push_back(uuid);
    for (const std::string& name : charts) {
        for (const std::string_view each : kLists) {
            json::Array& entries = *content_[each].array();
            std::erase_if(entries, [&](const json::Value& value) {
                const std::string* own = value.object()->text("uuid");
                return own && *own == name && (name != uuid || each == list);
            });
            for (json::Value& value : entries) drop_name(*value.object(), kDownstream, name);
        }
    }
    return Done{};
}

}  // namespace runsim::api

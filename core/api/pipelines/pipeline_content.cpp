#include "api/pipelines/pipeline_content.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/sort_stably.hpp"
#include "json/loose_values.hpp"

namespace runsim::api {

namespace {

using Names = std::set<std::string, std::less<>>;

constexpr std::string_view kLinks[] = {"downstream_blocks", "upstream_blocks"};
constexpr std::string_view kListed[] = {"created_at", "description", "name", "tags", "type", "uuid"};
constexpr std::string_view kListedOfBlock[] = {"downstream_blocks", "language", "name", "type",
                                               "upstream_blocks",   "uuid"};

json::Value or_else(const json::Value& value, json::Value fallback) { return value.truthy() ? value : fallback; }

// Gives each block all keys, and drops links to what is not there.
void load_blocks(json::Object& content) {
    Names known;
    for (const std::string_view list : kBlockLists) {
        for (const json::Value& value : entries_of(content, list))
            if (const std::string* uuid = value.object() ? value.object()->text("uuid") : nullptr) known.insert(*uuid);
    }
    for (const std::string_view list : kBlockLists) {
        json::Array loaded;
        for (const json::Value& value : entries_of(content, list)) {
            if (!value.object()) continue;
            json::Object entry = loaded_block(*value.object());
            for (const std::string_view key : kLinks) {
                json::Array names;
                for (std::string& name : names_of(entry, key))
                    if (known.contains(name)) names.emplace_back(std::move(name));
                entry.set(key, std::move(names));
            }
            loaded.emplace_back(std::move(entry));
        }
        content.set(list, std::move(loaded));
    }
}

// What the file would say of a pipeline that came without one.
json::Object file_without_text(const Pipeline& pipeline) {
    const auto uuids = [&pipeline](const std::vector<std::uint32_t>& indexes) {
        json::Array list;
        for (const std::uint32_t index : indexes) list.emplace_back(pipeline.blocks[index].uuid);
        return list;
    };
    json::Array blocks;
    for (const Block& block : pipeline.blocks) {
        json::Object entry;
        entry.append("uuid", block.uuid);
        entry.append("name", block.name);
        entry.append("type", block.type);
        entry.append("language", block.language);
        entry.append("upstream_blocks", uuids(block.upstream));
        entry.append("downstream_blocks", uuids(block.downstream));
        blocks.emplace_back(std::move(entry));
    }
    json::Object content;
    content.append("blocks", std::move(blocks));
    content.append("name", pipeline.name);
    content.append("uuid", pipeline.uuid);
    if (pipeline.variables.has_value()) content.append("variables", pipeline.variables.value());
    return content;
}

json::Object object_of(const json::Text& text) {
    const json::Value value = text.value();
    return value.object() ? *value.object() : json::Object();
}

json::Object file_of(const Pipeline& pipeline) {
    return pipeline.metadata.has_value() ? object_of(pipeline.metadata) : file_without_text(pipeline);
}

json::Object listed_file(const Pipeline& pipeline) {
    return pipeline.listed.has_value() ? object_of(pipeline.listed) : file_of(pipeline);
}

}  // namespace

std::vector<std::string> names_of(const json::Object& entry, std::string_view key) {
    std::vector<std::string> names;
    const json::Array* list = entry.array(key);
    if (!list) return names;
    for (const json::Value& name : *list)
        if (name.string()) names.push_back(*name.string());
    return names;
}

bool same_names(std::vector<std::string> a, std::vector<std::string> b) {
    for (std::vector<std::string>* names : {&a, &b}) {
        sort_stably(*names);
        names->erase(std::unique(names->begin(), names->end()), names->end());
    }
    return a == b;
}

bool upstream_executed(const json::Object& content, const json::Object& entry) {
    std::vector<std::string> above = names_of(entry, "upstream_blocks");
    Names seen;
    if (const std::string* own = entry.text("uuid")) seen.insert(*own);
    while (!above.empty()) {
        const std::string uuid = std::move(above.back());
        above.pop_back();
        if (!seen.insert(uuid).second) continue;
        const json::Object* block = nullptr;
        for (const std::string_view list : kBlockLists)
            if (!block) block = entry_of(content, list, uuid);
        if (!block) continue;
        const std::string* status = block->text("status");
        if (!status || *status != "executed") return false;
        for (std::string& name : names_of(*block, "upstream_blocks")) above.push_back(std::move(name));
    }
    return true;
}

json::Object loaded_block(const json::Object& entry) {
    const auto given = [&entry](std::string_view key) { return value_of(entry, key); };
    json::Object block;
    block.append("color", given("color"));
    block.append("configuration", or_else(given("configuration"), json::Object()));
    block.append("downstream_blocks", given("downstream_blocks"));
    block.append("executor_config", given("executor_config"));
    block.append("executor_type", entry.contains("executor_type") ? or_else(given("executor_type"), nullptr)
                                                                  : json::Value("local_python"));
    block.append("has_callback", given("has_callback"));
    block.append("name", or_else(given("name"), given("uuid")));
    block.append("language", or_else(given("language"), "python"));
    block.append("retry_config", given("retry_config"));
    block.append("status", or_else(given("status"), nullptr));
    block.append("timeout", given("timeout"));
    block.append("type", given("type"));
    block.append("upstream_blocks", given("upstream_blocks"));
    block.append("uuid", given("uuid"));
    for (const std::string_view key : {"replicated_block", "groups"})
        if (given(key).truthy()) block.append(std::string(key), given(key));
    if (entry.contains("extension_uuid")) block.append("extension_uuid", given("extension_uuid"));
    return block;
}

json::Object loaded_content(const Pipeline& pipeline) {
    json::Object content = file_of(pipeline);
    load_blocks(content);
    return content;
}

bool is_cached(const Pipeline& pipeline) {
    if (pipeline.type == "invalid") return true;  // the cache has what Mage cannot load, as this type
    const json::Object content = listed_file(pipeline);
    const std::string* uuid = content.text("uuid");
    return uuid && *uuid == pipeline.uuid;
}

json::Object listed_content(const Pipeline& pipeline) {
    const json::Object file = listed_file(pipeline);
    json::Object content;
    for (const std::string_view key : kListed) content.append(std::string(key), value_of(file, key));
    json::Array blocks;
    for (const json::Value& value : entries_of(file, "blocks")) {
        if (!value.object()) continue;
        json::Object block;
        for (const std::string_view key : kListedOfBlock)
            block.append(std::string(key), value_of(*value.object(), key));
        blocks.emplace_back(std::move(block));
    }
    content.append("blocks", std::move(blocks));
    load_blocks(content);
    return content;
}

}  // namespace runsim::api

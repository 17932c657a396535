#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"
#include "lifecycle/blocks/block_entry.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// A pipeline's file as the real server has it in memory: every block has every key, with the default where the file
// says nothing, and links name blocks of the file only.
json::Object loaded_content(const Pipeline& pipeline);
// The same of what the cache behind the list of pipelines keeps of a file (http-api.md 5.9). `is_cached` is false where
// the file has no uuid, or another than its folder: then the list shows the whole file.
bool is_cached(const Pipeline& pipeline);
json::Object listed_content(const Pipeline& pipeline);

// The texts of a list of an entry, such as upstream_blocks.
std::vector<std::string> names_of(const json::Object& entry, std::string_view key);
// Returns whether two lists have the same names, in any order and however often.
bool same_names(std::vector<std::string> a, std::vector<std::string> b);

// Whether every block above, near and far, has the status `executed`.
bool upstream_executed(const json::Object& content, const json::Object& entry);

// A block's entry with all keys, as the real server makes it of one in a file. Links stay as they are.
json::Object loaded_block(const json::Object& entry);

}  // namespace runsim::api

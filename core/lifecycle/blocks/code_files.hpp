#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The code files of blocks, which pipelines share. The project's own are in Project::code. Those that API calls wrote
// are in ProjectFiles::code.

// Returns the entry whose code a replica uses, or nullptr if the entry is not a replica.
const json::Object* original_of(const json::Object& content, const json::Object& entry);

// Returns the file extension of a language, or "" if Mage has no such language.
std::string_view code_ending(std::string_view language);
// Returns the path of a block's code, from its entry in the file of a pipeline: custom/load.py. A replica uses the file
// of its original, which is `original`; otherwise `original` is nullptr.
std::string code_path(const json::Object& entry, const json::Object* original);
// Returns that path for a block that runs a decorated function of its file, and "" for others.
std::string function_path(const json::Object& entry, const json::Object* original);

// Returns the file of the callback that `has_callback` gives a block.
std::string callback_path(std::string_view block_uuid);

// Returns the content of a file, or "" if the project did not include its text. Returns nullptr if the file is missing.
// Valid until the next write.
const std::string* code_at(const Instance& instance, std::string_view path);
// Returns the path of the file that a block needs to run, if it is missing; else "".
std::string_view missing_file(const Instance& instance, const Block& block);
// Returns what an attempt to run a block raises before its code runs, as "Type: message", or "".
std::string code_error(const Instance& instance, const Block& block);
// Adds the code files of a loaded pipeline. `code` has the text of a block's file, by the block's uuid. `missing` has
// the uuids of blocks whose file is missing.
void index_code(const json::Object& file, const json::Object& code, const json::Object& missing, CodeOfBlocks& index);
// Writes a file, or removes it.
void write_code(Instance& instance, std::string_view path, std::optional<std::string> content);

}  // namespace runsim

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The files with the code of blocks, which pipelines share. What the project brought is in Project::code, what calls
// wrote in ProjectFiles::code.

// The entry whose code a replica of a pipeline's file has. Returns nullptr if the entry is no replica.
const json::Object* original_of(const json::Object& content, const json::Object& entry);

// Returns the file extension of a language, or "" if Mage has no such language.
std::string_view code_ending(std::string_view language);
// Returns the path of a block's code, from its entry in the file of a pipeline: custom/load.py. A replica uses the file
// of its original, which is `original`; otherwise `original` is nullptr.
std::string code_path(const json::Object& entry, const json::Object* original);
// The same of a block that runs a decorated function of its file, and fails without one. Returns "" for others.
std::string function_path(const json::Object& entry, const json::Object* original);

// Returns the file of the callback that `has_callback` gives a block.
std::string callback_path(std::string_view block_uuid);

// What a file holds, "" also where the project did not bring its text. Returns nullptr if no block of the loaded
// project has such a file and no call wrote one. Valid until the next write.
const std::string* code_at(const Instance& instance, std::string_view path);
// The path of the file that a block needs to run, if it is not there; else "".
std::string_view missing_file(const Instance& instance, const Block& block);
// What any attempt to run a block raises before its code runs, as "Type: message"; "" if nothing.
std::string code_error(const Instance& instance, const Block& block);
// Adds the files of a loaded pipeline. `code` and `missing` have a member for each block uuid whose code was brought,
// or whose file is not there.
void index_code(const json::Object& file, const json::Object& code, const json::Object& missing, CodeOfBlocks& index);
// Writes a file, or takes it away.
void write_code(Instance& instance, std::string_view path, std::optional<std::string> content);

}  // namespace runsim

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The files with the code of blocks, which pipelines share. What the project brought stands in the entries of its
// pipelines' files, under `content`; what calls wrote stands in ProjectFiles::code.

// The ending for a language. Returns "" if Mage has no such language.
std::string_view code_ending(std::string_view language);
// Where the code of a block is, by its entry in the file of a pipeline that holds it: custom/load.py. A replica's is
// that of its original, which `original` is; else it is nullptr.
std::string code_path(const json::Object& entry, const json::Object* original);

// The file of the callback that `has_callback` gives a block.
std::string callback_path(std::string_view block_uuid);

// What a file holds, "" also where the project did not bring its text. Returns nullopt if no block of the loaded
// project has such a file and no call wrote one.
std::optional<std::string> code_at(const Instance& instance, std::string_view path);
// What a call wrote there, or nullptr if none did.
const CodeFile* written_code(const Instance& instance, std::string_view path);
// Writes a file, or takes it away.
void write_code(Instance& instance, std::string_view path, std::optional<std::string> content);

}  // namespace runsim

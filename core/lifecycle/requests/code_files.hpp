#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The code files of blocks, which pipelines share. The project's own are in the entries of its pipelines' files, under
// `content`. Those that API calls wrote are in ProjectFiles::code.

// Returns the file extension of a language, or "" if Mage has no such language.
std::string_view code_ending(std::string_view language);
// Returns the path of a block's code, from its entry in the file of a pipeline: custom/load.py. A replica uses the file
// of its original, which is `original`; otherwise `original` is nullptr.
std::string code_path(const json::Object& entry, const json::Object* original);

// Returns the file of the callback that `has_callback` gives a block.
std::string callback_path(std::string_view block_uuid);

// Returns the content of a file, or "" if the project did not include its text. Returns nullopt if no block of the
// loaded project has such a file and no call wrote one.
std::optional<std::string> code_at(const Instance& instance, std::string_view path);
// Returns the file that a call wrote there, or nullptr if none did.
const CodeFile* written_code(const Instance& instance, std::string_view path);
// Writes a file, or removes it.
void write_code(Instance& instance, std::string_view path, std::optional<std::string> content);

}  // namespace runsim

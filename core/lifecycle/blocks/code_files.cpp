#include "lifecycle/blocks/code_files.hpp"

#include <algorithm>
#include <utility>

#include "base/contains.hpp"
#include "lifecycle/blocks/block_entry.hpp"
#include "model/code_folder.hpp"

namespace runsim {

namespace {

constexpr std::pair<std::string_view, std::string_view> kEndings[] = {
    {"markdown", "md"}, {"python", "py"}, {"r", "r"}, {"sql", "sql"}, {"yaml", "yaml"}};

const std::string& text_or(const json::Object& object, std::string_view key, const std::string& fallback) {
    const std::string* text = object.text(key);
    return text && !text->empty() ? *text : fallback;
}

std::string default_path(std::string_view type, const std::string& uuid, std::string_view language) {
    return code_folder(type) + "/" + uuid + "." + std::string(code_ending(language));
}

}  // namespace

const json::Object* original_of(const json::Object& content, const json::Object& entry) {
    const json::Object* found = nullptr;
    const std::string* name = entry.text("replicated_block");
    for (std::size_t steps = 0; name && steps <= entries_of(content, "blocks").size(); ++steps) {
        const json::Object* original = entry_of(content, "blocks", *name);
        if (!original) break;
        found = original;
        name = original->text("replicated_block");
    }
    return found;
}

std::string_view code_ending(std::string_view language) {
    for (const auto& [name, ending] : kEndings)
        if (name == language) return ending;
    return {};
}

std::string code_path(const json::Object& entry, const json::Object* original) {
    static const std::string kNone;
    static const std::string kPython = "python";
    const json::Object& block = original ? *original : entry;
    if (const json::Object* configuration = block.object("configuration"))
        if (const std::string& given = text_or(*configuration, "file_path", kNone); !given.empty()) return given;
    return default_path(text_or(block, "type", kNone), text_or(block, "uuid", kNone),
                        text_or(block, "language", kPython));
}

std::string function_path(const json::Object& entry, const json::Object* original) {
    constexpr std::string_view kTypes[] = {"custom", "data_exporter", "data_loader", "sensor", "transformer"};
    const json::Object& block = original ? *original : entry;
    const json::Value* language = block.find("language");
    const bool python = !language || !language->truthy() || (language->string() && *language->string() == "python");
    const std::string* type = block.text("type");
    return python && type && contains(kTypes, *type) ? code_path(block, nullptr) : std::string();
}

std::string callback_path(std::string_view block_uuid) {
    std::string name(block_uuid);
    std::replace(name.begin(), name.end(), '/', '_');
    return "callbacks/" + name + "_callback.py";
}

const std::string* code_at(const Instance& instance, std::string_view path) {
    const auto content = [](const std::optional<std::string>& code) { return code ? &*code : nullptr; };
    for (const CodeFile& file : instance.files.code)
        if (file.path == path) return content(file.content);
    const CodeOfBlocks& brought = instance.loaded->code;
    const auto at = brought.find(path);
    return at == brought.end() ? nullptr : content(at->second);
}

std::string_view missing_file(const Instance& instance, const Block& block) {
    return block.function_file.empty() || code_at(instance, block.function_file) ? std::string_view()
                                                                                 : block.function_file;
}

std::string code_error(const Instance& instance, const Block& block) {
    // Mage treats a missing file as empty, and looks for a decorated function in it.
    if (!block.code_error.empty() || missing_file(instance, block).empty()) return block.code_error;
    return "Exception: Block " + block.uuid +
           " does not have any decorated functions. Make sure that a function in the block is decorated with @" +
           block.type + ".";
}

void index_code(const json::Object& file, const json::Object& code, const json::Object& missing, CodeOfBlocks& index) {
    for (const std::string_view list : kBlockLists) {
        for (const json::Value& value : entries_of(file, list)) {
            const json::Object* entry = value.object();
            const std::string* uuid = entry ? entry->text("uuid") : nullptr;
            if (!uuid || entry->text("replicated_block")) continue;
            const std::string path = code_path(*entry, nullptr);
            if (const std::string* text = code.text(*uuid))
                index[path] = *text;
            else if (missing.contains(*uuid))
                index.try_emplace(path);
            else
                index.try_emplace(path, "");
        }
    }
}

void write_code(Instance& instance, std::string_view path, std::optional<std::string> content) {
    for (CodeFile& file : instance.files.code) {
        if (file.path != path) continue;
        file.content = std::move(content);
        return;
    }
    instance.files.code.push_back({std::string(path), std::move(content)});
}

}  // namespace runsim

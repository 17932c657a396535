#include "lifecycle/requests/code_files.hpp"

#include <algorithm>
#include <utility>

#include "model/code_folder.hpp"

namespace runsim {

namespace {

constexpr std::string_view kLists[] = {"blocks", "callbacks", "conditionals", "widgets"};

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

std::string_view code_ending(std::string_view language) {
    for (const auto& [name, ending] : kEndings)
        if (name == language) return ending;
    return {};
}

std::string code_path(const json::Object& entry, const json::Object* original) {
    static const std::string kNone;
    static const std::string kPython = "python";
    const json::Object& block = original ? *original : entry;
    if (const json::Object* configuration = block.object("configuration")) {
        const json::Object* source = configuration->object("file_source");
        const std::string& path = source ? text_or(*source, "path", kNone) : kNone;
        if (!path.empty()) return path;
        if (const std::string& given = text_or(*configuration, "file_path", kNone); !given.empty()) return given;
    }
    return default_path(text_or(block, "type", kNone), text_or(block, "uuid", kNone),
                        text_or(block, "language", kPython));
}

std::string callback_path(std::string_view block_uuid) {
    std::string name(block_uuid);
    std::replace(name.begin(), name.end(), '/', '_');
    return "callbacks/" + name + "_callback.py";
}

const CodeFile* written_code(const Instance& instance, std::string_view path) {
    for (const CodeFile& file : instance.files.code)
        if (file.path == path) return &file;
    return nullptr;
}

std::optional<std::string> code_at(const Instance& instance, std::string_view path) {
    if (const CodeFile* file = written_code(instance, path)) return file->content;
    std::optional<std::string> found;
    for (const Pipeline& pipeline : instance.loaded->pipelines) {
        const json::Value content = pipeline.metadata.value();
        if (!content.object()) {  // it was loaded without a file
            for (const Block& block : pipeline.blocks)
                if (default_path(block.type, block.uuid, block.language) == path) found = "";
            continue;
        }
        for (const std::string_view list : kLists) {
            const json::Array* entries = content.object()->array(list);
            if (!entries) continue;
            for (const json::Value& value : *entries) {
                const json::Object* entry = value.object();
                if (!entry || entry->text("replicated_block") || code_path(*entry, nullptr) != path) continue;
                if (const std::string* code = entry->text("content")) return *code;
                found = "";
            }
        }
    }
    return found;
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

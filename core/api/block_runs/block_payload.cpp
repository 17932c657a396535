#include "api/block_runs/block_payload.hpp"

#include "api/pipelines/pipeline_file.hpp"
#include "base/text/unicode.hpp"
#include "lifecycle/blocks/code_files.hpp"

namespace runsim::api {

ResultOf<std::string> clean_block_name(const json::Value& name) {
    if (!name.truthy()) return no_attribute("NoneType", "replace");
    if (!name.string()) return no_attribute(name.python_type(), "replace");
    return uuid_of_name(*name.string(), '/');
}

ResultOf<std::vector<std::string>> names_in(const json::Value* value) {
    std::vector<std::string> names;
    if (!value || value->is_null()) return names;
    if (const std::string* text = value->string()) {
        for (std::size_t at = 0; at < text->size();) append_character(names.emplace_back(), next_character(*text, at));
    } else if (const json::Object* object = value->object()) {
        for (const json::Member& member : *object) names.push_back(member.key);
    } else if (const json::Array* array = value->array()) {
        for (const json::Value& item : *array) {
            if (item.array() || item.object())
                return type_error("unhashable type: '" + std::string(item.python_type()) + "'");
            if (item.string()) names.push_back(*item.string());
        }
    } else {
        return type_error("'" + std::string(value->python_type()) + "' object is not iterable");
    }
    return names;
}

std::string language_of_ending(std::string_view ending) {
    for (const std::string_view language : {"markdown", "python", "r", "sql", "yaml"})
        if (code_ending(language) == ending) return std::string(language);
    return "";
}

}  // namespace runsim::api

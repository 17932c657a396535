#include "sim/documents/template_document.hpp"

#include <algorithm>

#include "base/contains.hpp"
#include "sim/documents/data_product_document.hpp"

namespace runsim {

namespace {

// What is read of a kind of template. A file's other keys are not known.
struct Kind {
    std::string_view folder;
    std::string_view wrapper;  // a key that may hold all the others
    Fields::Names shown;
    Fields::Names unseen;
};

const Kind& block_kind() {
    static const Kind kind = {
        "blocks",
        "custom_block_template",
        {"block_type", "color", "configuration", "description", "language", "name", "pipeline", "tags", "user"},
        {"content", "repo_path", "template_uuid"}};
    return kind;
}

const Kind& pipeline_kind() {
    static const Kind kind = {"pipelines",
                              "custom_pipeline_template",
                              {"description", "name", "pipeline", "tags", "user"},
                              {"repo_path", "template_uuid"}};
    return kind;
}

json::Object defaults_of(const Kind& kind) {
    json::Object defaults;
    for (const std::string_view key : kind.shown) defaults.set(key, nullptr);
    defaults.set("pipeline", json::Object());
    defaults.set("tags", json::Array());
    defaults.set("user", json::Object());
    return defaults;
}

// The file's content with the defaults. Returns nullopt if Mage cannot read it.
std::optional<json::Object> with_defaults(const json::Value& file, const Kind& kind, const Place& place, Notes& notes) {
    constexpr std::string_view kGone = "; as in Mage, there is no such template";
    json::Object shown_keys = defaults_of(kind);
    if (!file.truthy()) return shown_keys;
    const json::Value* wrapped = file.object() ? file.object()->find(kind.wrapper) : nullptr;
    const json::Value& content = wrapped ? *wrapped : file;
    if (!content.object()) {
        add_note(notes, place, shown(content) + " is not a mapping of keys and values" + std::string(kGone));
        return std::nullopt;
    }
    for (const json::Member& member : *content.object()) {
        if (shown_keys.find(member.key)) {
            shown_keys.set(member.key, member.value);
        } else if (!contains(kind.unseen, member.key)) {
            add_note(notes, place.key(member.key), "Mage knows no such key" + std::string(kGone));
            return std::nullopt;
        }
    }
    return shown_keys;
}

// Mage makes one text of these keys of all templates of blocks when it starts.
void note_odd_texts(const json::Object& shown_keys, const Place& place, Notes& notes) {
    const auto is_text = [](const json::Value& value) { return value.string() != nullptr; };
    for (const std::string_view key : {"block_type", "description", "language", "name", "tags"}) {
        const json::Value& value = *shown_keys.find(key);
        const json::Array* list = value.array();
        if (value.truthy() && !is_text(value) && !(list && std::all_of(list->begin(), list->end(), is_text)))
            add_note(notes, place.key(key), shown(value) + " is not a text: a real Mage does not start with it");
    }
}

// Lays the pipeline of a template down as its detail shows it.
void read_pipeline_of(const json::Value& file, const Place& place, const Project& project, Problems& problems,
                      CustomTemplate& found) {
    const std::string uuid = clean_name(found.uuid);
    if (file.is_null()) {
        found.detail_error = "Pipeline " + uuid + " does not exist in repo_path " + project.repo_path + ".";
    } else if (const auto fault = load_fault(file, uuid, place)) {
        found.detail_error = fault->error;
    } else {
        Notes ignored;      // nothing runs it
        SymbolTable other;  // it is none of the project's
        found.pipeline = read_pipeline(*file.object(), place, uuid, project.retry, other, problems, ignored);
        found.pipeline->symbol = Symbol();
        found.detail_error = found.pipeline->detail_error;
    }
}

void read_template(const Fields& entry, const Kind& kind, const Project& project, Problems& problems, Notes& notes,
                   std::vector<CustomTemplate>& list) {
    entry.allow_only({"uuid", "metadata", "content", "unreadable"});
    const auto uuid = entry.nonempty_text("uuid");
    if (!uuid) {
        if (!entry.find("uuid")) entry.complain("uuid", "is missing");
        return;
    }
    const Place place("custom_templates/" + std::string(kind.folder) + "/" + *uuid + "/metadata.yaml");
    if (const auto why = entry.text("unreadable")) {
        add_note(notes, place, *why + "; as in Mage, there is no such template");
        return;
    }
    const json::Value* file = entry.find("metadata");
    const auto shown_keys = with_defaults(file ? *file : json::Value(), kind, place, notes);
    if (!shown_keys) return;
    CustomTemplate found = {*uuid, json::Text::of(*shown_keys), entry.text("content").value_or(""), {}, {}};
    if (&kind == &block_kind())
        note_odd_texts(*shown_keys, place, notes);
    else
        read_pipeline_of(*shown_keys->find("pipeline"), place.key("pipeline"), project, problems, found);
    list.push_back(std::move(found));
}

}  // namespace

CustomTemplates read_templates(const Fields& templates, const Project& project, Problems& problems, Notes& notes) {
    templates.allow_only({"blocks", "pipelines"});
    CustomTemplates found;
    for (const Kind* kind : {&block_kind(), &pipeline_kind()}) {
        const json::Array* list = templates.array(kind->folder);
        const Place place = templates.place().key(kind->folder);
        for (std::size_t i = 0; list && i < list->size(); ++i) {
            if (const json::Object* entry = (*list)[i].object())
                read_template(Fields(problems, place.item(i), *entry, NullIs::absent), *kind, project, problems, notes,
                              kind == &block_kind() ? found.blocks : found.pipelines);
            else
                problems.add(place.item(i), shown((*list)[i]) + " is not a template (an object of uuid, metadata)");
        }
    }
    return found;
}

}  // namespace runsim

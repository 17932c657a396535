#include "sim/documents/pipeline_fault.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "base/contains.hpp"
#include "base/text/text.hpp"
#include "json/loose_values.hpp"
#include "json/write.hpp"
#include "lifecycle/blocks/block_entry.hpp"
#include "lifecycle/blocks/code_files.hpp"

namespace runsim {

namespace {

using json::Array;
using json::Object;
using json::Value;
using Fault = std::optional<PipelineFault>;

constexpr std::string_view kPipelineTypes[] = {"python",      "pyspark",   "databricks",
                                               "integration", "streaming", "execution_framework"};
constexpr std::string_view kBlockTypes[] = {
    "callback",      "chart",     "conditional",         "custom", "data_exporter", "data_loader", "dbt",
    "dynamic_child", "extension", "global_data_product", "group",  "hook",          "markdown",    "pipeline",
    "scratchpad",    "sensor",    "transformer"};

// Python's str(value).
std::string python_str(const Value& value) { return value.string() ? *value.string() : json::python_repr(value); }

std::string no_attribute(std::string_view type, std::string_view name) {
    return "'" + std::string(type) + "' object has no attribute '" + std::string(name) + "'";
}

std::string unhashable(const Value& value) { return "unhashable type: '" + std::string(value.python_type()) + "'"; }

bool is_hashable(const Value& value) { return !value.array() && !value.object(); }

const std::string& text_of(const Object& object, std::string_view key) {
    static const std::string kNone;
    const std::string* text = object.text(key);
    return text ? *text : kNone;
}

// An entry of a list of blocks, with its place: by uuid if it has one, else by number.
struct Entry {
    const Object* object;
    Place place;
};

// `configuration`, of which the loader looks at the paths of files.
std::optional<std::string> configuration_error(const Value& configuration) {
    if (!configuration.truthy()) return std::nullopt;
    if (configuration.array()) return no_attribute("list", "get");
    const Object* object = configuration.object();
    if (!object) return no_attribute(configuration.python_type(), "copy");
    const auto path_error = [](const Value& path) -> std::optional<std::string> {
        if (!path.truthy() || path.string()) return std::nullopt;
        return "expected str, bytes or os.PathLike object, not " + std::string(path.python_type());
    };
    const Value& source = value_of(*object, "file_source");
    if (!source.truthy()) return path_error(value_of(*object, "file_path"));
    if (!source.object()) return no_attribute(source.python_type(), "get");
    return path_error(value_of(*source.object(), "path"));
}

class Loader {
public:
    Loader(const Object& file, std::string_view uuid, const Place& place) : file_(file), uuid_(uuid), place_(place) {}

    Fault run() {
        if (Fault fault = check_settings()) return fault;
        for (const std::string_view list : kBlockLists)
            if (Fault fault = build(file_, list, place_, entries_[list])) return fault;
        for (const auto& [list, entries] : entries_)
            for (const Entry& entry : entries)
                if (const Value& uuid = value_of(*entry.object, "uuid"); !is_hashable(uuid))
                    return PipelineFault{entry.place.key("uuid"), unhashable(uuid)};
        for (const std::string_view list : kBlockLists)
            if (Fault fault = link(entries_[list])) return fault;
        if (Fault fault = load_extensions()) return fault;
        if (Fault fault = find_cycle()) return fault;
        return find_duplicate();
    }

private:
    Fault check_settings() const {
        const Value& settings = value_of(file_, "settings");
        if (!settings.truthy() || settings.object()) return std::nullopt;
        return PipelineFault{place_.key("settings"),
                             "mage_ai.shared.models.BaseClass.load() argument after ** must be a mapping, not " +
                                 std::string(settings.python_type())};
    }

    // The blocks of a list, in the order in which the loader makes them. Anything false is an empty list; a text is
    // gone through by its characters, a mapping by its keys.
    Fault build(const Object& holder, std::string_view list, const Place& place, std::vector<Entry>& entries) const {
        const Value& value = value_of(holder, list);
        if (!value.truthy()) return std::nullopt;
        if (value.string() || value.object()) return PipelineFault{place.key(list), no_attribute("str", "get")};
        if (!value.array())
            return PipelineFault{place.key(list), "'" + std::string(value.python_type()) + "' object is not iterable"};
        for (std::size_t i = 0; i < value.array()->size(); ++i) {
            const Value& item = (*value.array())[i];
            if (!item.object()) return PipelineFault{place.key(list).item(i), no_attribute(item.python_type(), "get")};
            const Entry& entry =
                entries.emplace_back(Entry{item.object(), place_of_entry(place, list, i, *item.object())});
            if (Fault fault = build_block(entry)) return fault;
        }
        return std::nullopt;
    }

    Fault build_block(const Entry& entry) const {
        const Value& type = value_of(*entry.object, "type");
        if (!type.string() || !contains(kBlockTypes, *type.string()))
            return PipelineFault{entry.place.key("type"), "Error loading pipeline (" + uuid_ +
                                                              "): Invalid block type (" + python_str(type) + ")"};
        const std::string& language = text_of(*entry.object, "language");
        const bool has_class = text_of(file_, "type") == "integration" || language == "sql" || language == "r";
        if ((*type.string() == "hook" || *type.string() == "dynamic_child") && !has_class)
            return PipelineFault{entry.place.key("type"), "'NoneType' object is not callable"};
        if (auto error = configuration_error(value_of(*entry.object, "configuration")))
            return PipelineFault{entry.place.key("configuration"), *error};
        return std::nullopt;
    }

    Fault link(const std::vector<Entry>& entries) const {
        for (const Entry& entry : entries) {
            if (!entry.object->contains("uuid")) return PipelineFault{entry.place.key("uuid"), "'uuid'"};
            for (const std::string_view key : {"downstream_blocks", "upstream_blocks"}) {
                const Value* names = entry.object->find(key);
                if (!names || names->string() || names->object()) continue;
                if (!names->array())
                    return PipelineFault{entry.place.key(key),
                                         "'" + std::string(names->python_type()) + "' object is not iterable"};
                for (const Value& name : *names->array())
                    if (!is_hashable(name)) return PipelineFault{entry.place.key(key), unhashable(name)};
            }
        }
        return std::nullopt;
    }

    Fault load_extensions() {
        const Value* extensions = file_.find("extensions");
        if (!extensions) return std::nullopt;
        const Place place = place_.key("extensions");
        if (!extensions->object()) return PipelineFault{place, no_attribute(extensions->python_type(), "items")};
        for (const json::Member& member : *extensions->object()) {
            const Object* extension = member.value.object();
            if (!extension)
                return PipelineFault{place.key(member.key), no_attribute(member.value.python_type(), "get")};
            std::vector<Entry>& entries = extensions_.emplace_back();
            if (Fault fault = build(*extension, "blocks", place.key(member.key), entries)) return fault;
            if (Fault fault = link(entries)) return fault;
        }
        return std::nullopt;
    }

    // Depth first along downstream_blocks, the last one first.
    Fault find_cycle() const {
        std::map<std::string_view, const Object*> known;     // what a name in downstream_blocks finds
        std::map<std::string_view, const Object*> combined;  // and what it then stands for
        std::vector<std::string_view> order;
        const auto combine = [&](const std::vector<Entry>& entries) {
            for (const Entry& entry : entries) {
                const std::string& uuid = text_of(*entry.object, "uuid");
                if (combined.insert_or_assign(uuid, entry.object).second) order.push_back(uuid);
            }
        };
        for (const std::vector<Entry>& entries : extensions_) combine(entries);
        for (const std::string_view list : {"widgets", "callbacks", "conditionals", "blocks"}) {
            combine(entries_.at(list));
            for (const Entry& entry : entries_.at(list)) known[text_of(*entry.object, "uuid")] = entry.object;
        }
        enum class State : std::uint8_t { unseen, open, done };
        std::map<std::string_view, State> states;
        struct Frame {
            std::string_view uuid;
            std::vector<std::string_view> children;
        };
        const auto frame = [&](std::string_view uuid) {
            Frame made{uuid, {}};
            const Value& names = value_of(*combined.at(uuid), "downstream_blocks");
            if (names.array())
                for (const Value& name : *names.array())
                    if (name.string() && known.contains(*name.string())) made.children.push_back(*name.string());
            if (names.object())
                for (const json::Member& member : *names.object())
                    if (known.contains(member.key)) made.children.push_back(known.find(member.key)->first);
            if (names.string())
                for (std::size_t i = 0; i < names.string()->size(); ++i)
                    if (const auto at = known.find(std::string_view(*names.string()).substr(i, 1)); at != known.end())
                        made.children.push_back(at->first);
            return made;
        };
        for (const Entry& root : entries_.at("blocks")) {
            const std::string& uuid = text_of(*root.object, "uuid");
            if (states[uuid] != State::unseen) continue;
            std::vector<Frame> path = {frame(uuid)};
            states[uuid] = State::open;
            while (!path.empty()) {
                if (path.back().children.empty()) {
                    states[path.back().uuid] = State::done;
                    path.pop_back();
                    continue;
                }
                const std::string_view child = path.back().children.back();
                path.back().children.pop_back();
                if (states[child] == State::open) return cycle(path, child);
                if (states[child] == State::done) continue;
                states[child] = State::open;
                path.push_back(frame(child));
            }
        }
        return std::nullopt;
    }

    template <class Path>
    PipelineFault cycle(const Path& path, std::string_view start) const {
        std::string text = "A cycle was detected in the loaded pipeline: ";
        bool within = false;
        for (const auto& frame : path) {
            within = within || frame.uuid == start;
            if (within) text.append(frame.uuid).append(" --> ");
        }
        return {place_, text.append(start)};
    }

    Fault find_duplicate() const {
        std::set<std::string> seen;
        for (const std::string_view list : {"blocks", "conditionals", "callbacks", "widgets"}) {
            for (const Entry& entry : entries_.at(list)) {
                const Value& uuid = value_of(*entry.object, "uuid");
                if (!seen.insert(json::python_repr(uuid)).second)
                    return PipelineFault{place_, "Pipeline is invalid: duplicate blocks with uuid " + python_str(uuid)};
            }
        }
        return std::nullopt;
    }

    const Object& file_;
    std::string uuid_;
    Place place_;
    std::map<std::string_view, std::vector<Entry>> entries_;
    std::vector<std::vector<Entry>> extensions_;
};

// The names of blocks above, as far as the list names any.
std::vector<std::string_view> above(const Object& entry) {
    std::vector<std::string_view> names;
    const Array* list = entry.array("upstream_blocks");
    if (list)
        for (const Value& name : *list)
            if (name.string()) names.push_back(*name.string());
    return names;
}

// Whether the blocks above a block, near and far, come round to one of them: Python's recursion does not end.
bool is_below_cycle(const std::map<std::string_view, const Object*>& blocks, std::string_view uuid) {
    std::set<std::string_view> done;
    std::vector<std::pair<std::string_view, std::vector<std::string_view>>> path;
    const auto open = [&](std::string_view name) {
        const auto at = blocks.find(name);
        path.emplace_back(name, at == blocks.end() ? std::vector<std::string_view>() : above(*at->second));
    };
    open(uuid);
    while (!path.empty()) {
        if (path.back().second.empty()) {
            done.insert(path.back().first);
            path.pop_back();
            continue;
        }
        const std::string_view next = path.back().second.back();
        path.back().second.pop_back();
        if (std::any_of(path.begin(), path.end(), [next](const auto& step) { return step.first == next; })) return true;
        if (!done.contains(next)) open(next);
    }
    return false;
}

constexpr std::string_view kEndlessRecursion = "maximum recursion depth exceeded";

Fault entry_fault(const Object& entry, const Place& place) {
    const auto found = [&place](std::string_view key, std::string error, bool stops_runs = false) {
        return PipelineFault{place.key(key), std::move(error), stops_runs};
    };
    const Value& uuid = value_of(entry, "uuid");
    if (!uuid.string()) return found("uuid", no_attribute(uuid.python_type(), "split"));
    const Value& language = value_of(entry, "language");
    if (language.truthy() && !language.string())
        return found("language", no_attribute(language.python_type(), "value"));
    if (language.truthy() && code_ending(*language.string()).empty())
        return found("language", python_repr(*language.string()));
    for (const std::string_view key : {"executor_type", "status"})
        if (const Value& value = value_of(entry, key); value.truthy() && !value.string())
            return found(key, no_attribute(value.python_type(), "value"));
    const Value& replicated = value_of(entry, "replicated_block");
    if (replicated.truthy() && !is_hashable(replicated)) return found("replicated_block", unhashable(replicated), true);
    if (replicated.truthy() && !replicated.string())
        return found("replicated_block", no_attribute(replicated.python_type(), "split"), true);
    if (replicated.truthy() && replicated == uuid) return found("replicated_block", std::string(kEndlessRecursion));
    const Value& configuration = value_of(entry, "configuration");
    if (!configuration.is_null() && !configuration.object())
        return found("configuration", no_attribute(configuration.python_type(), "get"));
    return std::nullopt;
}

}  // namespace

Place place_of_entry(const Place& file, std::string_view list, std::size_t index, const Object& entry) {
    const std::string& uuid = text_of(entry, "uuid");
    if (uuid.empty()) return file.key(list).item(index);
    return file.part(std::string(list.substr(0, list.size() - 1)) + " " + quoted(uuid));
}

bool is_pipeline_type(std::string_view type) { return contains(kPipelineTypes, type); }

std::optional<PipelineFault> load_fault(const Value& file, std::string_view uuid, const Place& place) {
    if (!file.truthy()) return PipelineFault{place, "Invalid pipeline config: {}"};
    if (!file.object()) return PipelineFault{place, no_attribute(file.python_type(), "get")};
    return Loader(*file.object(), uuid, place).run();
}

std::optional<PipelineFault> detail_fault(const Object& file, const Place& place) {
    const Value& type = value_of(file, "type");
    if (type.truthy() && !is_hashable(type)) return PipelineFault{place.key("type"), unhashable(type)};
    if (type.truthy() && !(type.string() && is_pipeline_type(*type.string())))
        return PipelineFault{place.key("type"), json::python_repr(type)};
    std::map<std::string_view, const Object*> blocks;
    const auto each = [&](const auto& visit) {
        for (const std::string_view list : kBlockLists) {
            const Array* entries = file.array(list);
            for (std::size_t i = 0; entries && i < entries->size(); ++i)
                if (const Object* entry = (*entries)[i].object())
                    if (Fault fault = visit(*entry, place_of_entry(place, list, i, *entry))) return fault;
        }
        return Fault();
    };
    each([&](const Object& entry, const Place&) {
        blocks.emplace(text_of(entry, "uuid"), &entry);
        return Fault();
    });
    return each([&](const Object& entry, const Place& at) {
        if (Fault fault = entry_fault(entry, at)) return fault;
        if (is_below_cycle(blocks, text_of(entry, "uuid")))
            return Fault(PipelineFault{at.key("upstream_blocks"), std::string(kEndlessRecursion), true});
        return Fault();
    });
}

std::optional<Object> cached_file(const Object& file, std::string_view uuid) {
    const std::string* own = file.text("uuid");
    if (!own || *own != uuid) return std::nullopt;
    Object cached;
    for (const std::string_view key : {"created_at", "description", "name", "tags", "type", "uuid"})
        cached.set(key, value_of(file, key));
    Array blocks;
    const Value& list = value_of(file, "blocks");
    if (list.truthy() && !list.array()) return std::nullopt;
    for (const Value& item : list.array() ? *list.array() : Array()) {
        if (!item.object()) return std::nullopt;
        Object block;
        for (const std::string_view key :
             {"downstream_blocks", "language", "name", "type", "upstream_blocks", "uuid"}) {
            const Value& value = value_of(*item.object(), key);
            if (!value.is_null()) block.set(key, value);
        }
        for (const std::string_view key : {"downstream_blocks", "upstream_blocks"}) {
            const Value& names = value_of(*item.object(), key);
            Array uuids;
            if (names.array())
                for (const Value& name : *names.array())
                    uuids.push_back(name.object() ? value_of(*name.object(), "uuid") : name);
            else if (names.string())
                for (const char c : *names.string()) uuids.emplace_back(std::string(1, c));
            else if (names.object())
                for (const json::Member& member : *names.object()) uuids.emplace_back(member.key);
            block.set(key, std::move(uuids));
        }
        blocks.emplace_back(std::move(block));
    }
    cached.set("blocks", std::move(blocks));
    return cached;
}

}  // namespace runsim

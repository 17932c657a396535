#include "api/block_runs/block_payload.hpp"
#include "api/block_runs/handlers.hpp"
#include "api/pipelines/block_graph.hpp"
#include "api/pipelines/pipeline_content.hpp"
#include "api/pipelines/pipeline_file.hpp"
#include "api/pipelines/pipeline_text.hpp"
#include "base/contains.hpp"
#include "lifecycle/blocks/code_files.hpp"

// UPDATE of a block (http-api.md 5.10). Each key is saved before the next, so the keys before a mistake take effect.
namespace runsim::api {

namespace {

class Update {
public:
    Update(Call& call, const Pipeline& pipeline)
        : call_(call),
          pipeline_(pipeline),
          list_(call.record.list),
          uuid_(call.record.uuid),
          content_(loaded_content(pipeline)),
          sound_(content_) {}

    // Saves the successful changes, whatever the outcome.
    Outcome run(std::string& out) {
        const Outcome done = apply();
        if (!done) content_ = sound_;
        if (done) out += block_text(call_.instance, pipeline_, content_, entry(), BlockParts::alone);
        if (changed_) save_content(call_.instance, pipeline_, std::move(sound_), renamed_);
        return done;
    }

private:
    json::Object& entry() { return *entry_of(content_, list_, uuid_); }
    BlockGraph graph() { return BlockGraph(content_, pipeline_.uuid); }
    const json::Value* given(std::string_view key) const { return call_.payload.find(key); }
    void keep() {
        sound_ = content_;
        changed_ = true;
    }

    Outcome apply() {
        if (auto done = take_name(); !done) return done;
        take("color");
        if (auto done = take_links(); !done) return done;
        if (auto done = take_attached("callback_blocks", "callbacks", "Callback"); !done) return done;
        if (auto done = take_attached("conditional_blocks", "conditionals", "Conditional"); !done) return done;
        take("configuration");
        take("executor_type");
        if (take("has_callback") && entry().find("has_callback")->truthy()) make_callback();
        take("retry_config");
        take("timeout");
        return Done{};
    }

    // Returns whether the value differs from the old one.
    bool take(std::string_view key) {
        const json::Value* value = given(key);
        if (!value || json::python_equal(*value, *entry().find(key))) return false;
        entry().set(key, key == "configuration" && !value->truthy() ? json::Value(json::Object()) : *value);
        keep();
        return true;
    }

    Outcome take_name() {
        const json::Value* name = given("name");
        if (!name || *name == *entry().find("name")) return Done{};
        const auto cleaned = clean_block_name(*name);
        if (!cleaned) return cleaned.error();
        const std::string& to = *cleaned;
        if (entry_of(content_, list_, to))
            return plain_exception("Block " + to + " already exists in pipeline. Please use a different name.");
        Instance& instance = call_.instance;
        const std::string from = uuid_;
        const json::Object* original = original_of(content_, entry());
        const std::string old_path = code_path(entry(), original);
        // Only the last part of the path changes.
        const std::size_t slash = old_path.rfind('/');
        const std::string new_path = old_path.substr(0, slash + 1) + to + old_path.substr(old_path.rfind('.'));
        const std::string* type = entry().text("type");
        if (!original && !(type && *type == "global_data_product")) {
            if (code_at(instance, new_path)) {
                return plain_exception("Block " + to + " already exists at " + call_.project().repo_path + "/" +
                                       new_path + ". Please use a different name.");
            }
            if (const std::string* code = code_at(instance, old_path)) {
                write_code(instance, new_path, std::string(*code));
                write_code(instance, old_path, std::nullopt);
            }
        }
        const json::Object* before = entry().object("configuration");
        json::Object configuration = before ? *before : json::Object();
        json::Value& source = configuration["file_source"];
        if (!source.object()) source = json::Object();
        configuration.set("file_path", new_path);
        configuration["file_source"].object()->set("path", new_path);
        graph().rename(list_, from, to);
        uuid_ = to;
        entry().set("name", *name);
        entry().set("configuration", std::move(configuration));
        renamed_.push_back({to, from});
        keep();
        return Done{};
    }

    Outcome take_links() {
        if (const json::Value* value = given("upstream_blocks")) {
            if (value->is_null()) return type_error("'NoneType' object is not iterable");
            const auto names = names_in(value);
            if (!names) return names.error();
            if (!same_names(*names, names_of(entry(), "upstream_blocks"))) {
                if (auto done = graph().set_upstream(list_, uuid_, *names); !done) return done;
                keep();
            }
        }
        if (const json::Value* value = given("downstream_blocks")) {
            const auto names =
                value->truthy() ? names_in(value) : ResultOf<std::vector<std::string>>(std::vector<std::string>());
            if (!names) return names.error();
            if (auto done = graph().set_downstream(list_, uuid_, *names); !done) return done;
            keep();
        }
        return Done{};
    }

    // The real server checks them, saves the file, and forgets them: the callback decides which blocks have it.
    Outcome take_attached(std::string_view key, std::string_view list, std::string_view kind) {
        const json::Value* value = given(key);
        if (!value) return Done{};
        if (value->is_null()) return type_error("'NoneType' object is not iterable");
        const auto names = names_in(value);
        if (!names) return names.error();
        std::vector<std::string> attached;
        for (const json::Value& other : entries_of(content_, list)) {
            const auto above = names_of(*other.object(), "upstream_blocks");
            if (contains(above, uuid_)) attached.push_back(*other.object()->text("uuid"));
        }
        if (same_names(*names, attached)) return Done{};
        for (const std::string& name : *names) {
            if (!entry_of(content_, "callbacks", name))
                return plain_exception(std::string(kind) + " block " + name + " is not in the " + pipeline_.uuid +
                                       " pipeline.");
        }
        keep();
        return Done{};
    }

    void make_callback() {
        const std::string path = callback_path(uuid_);
        if (!code_at(call_.instance, path))
            write_code(call_.instance, path, "@callback('success')\ndef run(*args, **kwargs):\n    pass\n");
    }

    Call& call_;
    const Pipeline& pipeline_;
    std::string_view list_;
    std::string uuid_;
    json::Object content_;
    json::Object sound_;  // as last saved
    bool changed_ = false;
    std::vector<RenamedBlock> renamed_;
};

}  // namespace

Outcome update_block(Call& call, std::string& out) {
    const auto project = call.instance.project;  // which the change replaces
    if (!call.record.pipeline) return not_simulated(call, out);
    return Update(call, *call.record.pipeline).run(out);
}

}  // namespace runsim::api

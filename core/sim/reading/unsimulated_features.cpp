#include "sim/reading/unsimulated_features.hpp"

#include "sim/reading/problems.hpp"

namespace runsim {

namespace {

using json::Object;
using json::Value;

// The only list of features that the lifecycle does not simulate, or simulates in a simpler form. Remove a feature's
// line when you add the feature. Uses are found in the files themselves, since the model does not keep what nothing
// reads.

const std::string* text_at(const Object& object, std::string_view key) {
    const Value* value = object.find(key);
    return value ? value->string() : nullptr;
}

bool runs_elsewhere(const Object& object) {
    const std::string* executor = text_at(object, "executor_type");
    return executor && !executor->empty() && !executor->starts_with("local_python");
}

bool has_type(const Object& object, std::string_view type) {
    const std::string* written = text_at(object, "type");
    return written && *written == type;
}

bool has_key(const Object& object, std::string_view key) {
    const Value* value = object.find(key);
    return value && value->truthy();
}

bool is_dynamic_by_modes(const Object& block) {
    const Value* configuration = block.find("configuration");
    const Object* settings = configuration ? configuration->object() : nullptr;
    const Value* dynamic = settings ? settings->find("dynamic") : nullptr;
    return dynamic && dynamic->object();
}

struct Feature {
    bool (*asked_for)(const Object& entry);
    std::string_view sentence;
};
constexpr Feature kOfPipelines[] = {
    {[](const Object& p) { return has_type(p, "integration"); },
     "an integration pipeline is simulated with one stream of one batch, whatever its catalog says"},
    {[](const Object& p) { return runs_elsewhere(p); },
     "executor_type is not simulated: its blocks run as with local_python"},
};
constexpr Feature kOfBlocks[] = {
    {[](const Object& b) { return is_dynamic_by_modes(b); },
     "configuration.dynamic with modes (version 2 of dynamic blocks) is not simulated: it is an ordinary block"},
    {[](const Object& b) { return has_key(b, "catalog"); },
     "a block of data integration within a batch pipeline is not simulated: it is an ordinary block"},
    {[](const Object& b) { return runs_elsewhere(b); }, "executor_type is not simulated: it runs as with local_python"},
};

}  // namespace

void note_unsimulated(const Project& project, std::vector<std::string>& notes) {
    const auto note = [&notes](const Place& at, const Feature& feature) {
        notes.push_back(at.text() + ": " + std::string(feature.sentence));
    };
    for (const Pipeline& pipeline : project.pipelines) {
        const Value metadata = pipeline.metadata.value();
        const Place place("pipelines/" + pipeline.uuid + "/metadata.yaml");
        for (const Feature& feature : kOfPipelines)
            if (feature.asked_for(*metadata.object())) note(place, feature);
        const Value* list = metadata.object()->find("blocks");
        if (!list || !list->array()) continue;
        for (std::size_t i = 0; i < list->array()->size(); ++i) {
            const Object& entry = *(*list->array())[i].object();
            const std::string* uuid = text_at(entry, "uuid");
            for (const Feature& feature : kOfBlocks)
                if (feature.asked_for(entry))
                    note(uuid ? place.part("block " + quoted(*uuid)) : place.key("blocks").item(i), feature);
        }
    }
}

}  // namespace runsim

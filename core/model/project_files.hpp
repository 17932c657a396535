#pragma once

// Changes that calls of the API made to a project's files: plain data. The project itself stays as it was loaded.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "json/text.hpp"
#include "model/rows.hpp"

namespace runsim {

// A block whose uuid was changed through the API.
struct RenamedBlock {
    std::string uuid;
    std::string source;  // its uuid in the loaded project
    friend bool operator==(const RenamedBlock&, const RenamedBlock&) = default;
};

// A pipeline that the API created, or its changed version of one of the project's.
struct PipelineFile {
    std::string uuid;
    std::string name;
    std::string type;
    std::optional<std::string> description;
    std::optional<std::vector<std::string>> tags;
    std::string source;                 // the loaded pipeline whose blocks and settings it has; "": none, it is empty
    json::Text content;                 // the file if blocks or variables were changed; none: that of `source`
    json::Text listed;                  // the file in the list's cache; none: same as the file
    std::vector<RenamedBlock> renamed;  // blocks that have another uuid in `source`
    std::vector<std::string> executed;  // blocks with output in the notebook, by uuid
    MaybeInstant created_at;            // only if created from scratch
    Instant updated_at;
    friend bool operator==(const PipelineFile&, const PipelineFile&) = default;
};

// An entry of a pipeline's triggers.yaml.
struct TriggerFile {
    std::vector<std::string> envs;
    Schedule row;  // uses name, pipeline, interval, type, settings, sla, start_time, status and variables
    friend bool operator==(const TriggerFile&, const TriggerFile&) = default;
};

// A file with a block's code that the API wrote or removed.
struct CodeFile {
    std::string path;                    // in the project: custom/load.py
    std::optional<std::string> content;  // nullopt: the file was removed
    friend bool operator==(const CodeFile&, const CodeFile&) = default;
};

struct ProjectFiles {
    std::vector<PipelineFile> pipelines;  // by uuid
    std::vector<std::string> removed;     // uuids of the loaded project, ascending: deleted, renamed, or in `pipelines`
    std::vector<TriggerFile> triggers;    // in the order of their entries
    std::vector<CodeFile> code;           // in the order in which they were first written
    std::vector<Symbol> written;  // pipelines whose triggers.yaml was written since the scheduler read it, once each
    // From metadata.yaml: an object with features, help_improve_mage, openai_api_key and pipelines, as far as they were
    // set.
    json::Text settings;
    friend bool operator==(const ProjectFiles&, const ProjectFiles&) = default;
};

template <class A>
void archive(A& a, RenamedBlock& b) {
    a(b.uuid, b.source);
}
template <class A>
void archive(A& a, PipelineFile& p) {
    a(p.uuid, p.name, p.type, p.description, p.tags, p.source, p.content, p.listed, p.renamed, p.executed, p.created_at,
      p.updated_at);
}
template <class A>
void archive(A& a, CodeFile& f) {
    a(f.path, f.content);
}
template <class A>
void archive(A& a, TriggerFile& t) {
    a(t.envs, t.row);
}
template <class A>
void archive(A& a, ProjectFiles& f) {
    a(f.pipelines, f.removed, f.triggers, f.code, f.settings);
}

}  // namespace runsim

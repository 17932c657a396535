#pragma once

// What calls of the API have changed in a project's files: plain data. The project itself stays as it was loaded.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "json/text.hpp"
#include "model/rows.hpp"

namespace runsim {

// A block whose uuid the API changed.
struct RenamedBlock {
    std::string uuid;
    std::string source;  // its uuid in the loaded project
    friend bool operator==(const RenamedBlock&, const RenamedBlock&) = default;
};

// A pipeline that the API made or changed: an own one, or what became of one of the project's.
struct PipelineFile {
    std::string uuid;
    std::string name;
    std::string type;
    std::optional<std::string> description;
    std::optional<std::vector<std::string>> tags;
    std::string source;  // the pipeline of the loaded project whose blocks and settings it has; "": none, it is empty
    json::Text content;  // the file, where blocks or variables were changed; none: that of `source`
    json::Text listed;   // the file as the list's cache has it; none: as it is
    std::vector<RenamedBlock> renamed;  // blocks that have another uuid in `source`
    std::vector<std::string> executed;  // blocks whose output the notebook has, by uuid
    MaybeInstant created_at;            // of one that did not come out of a copy
    Instant updated_at;
    friend bool operator==(const PipelineFile&, const PipelineFile&) = default;
};

// An entry of a pipeline's triggers.yaml.
struct TriggerFile {
    std::vector<std::string> envs;
    Schedule row;  // of which name, pipeline, interval, type, settings, sla, start_time, status and variables count
    friend bool operator==(const TriggerFile&, const TriggerFile&) = default;
};

// A file with a block's code that the API wrote or took away.
struct CodeFile {
    std::string path;                    // in the project: custom/load.py
    std::optional<std::string> content;  // none: there is no such file any more
    friend bool operator==(const CodeFile&, const CodeFile&) = default;
};

struct ProjectFiles {
    std::vector<PipelineFile> pipelines;  // by uuid
    std::vector<std::string> removed;     // uuids of the loaded project, ascending: deleted, renamed, or in `pipelines`
    std::vector<TriggerFile> triggers;    // in the order of their entries
    std::vector<CodeFile> code;           // in the order in which they were first written
    std::vector<Symbol> written;  // pipelines whose triggers.yaml was written since the scheduler read it, once each
    // Of metadata.yaml: an object that holds features, help_improve_mage, openai_api_key and pipelines where they were
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

#pragma once

#include <string_view>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Changes that API calls make to the files of a project (model/project_files.hpp). Each of these rebuilds
// instance.project, and drops everything that was derived from the old one.

// Adds a pipeline. No pipeline may have its uuid yet.
void add_pipeline(Instance& instance, PipelineFile file);
// Replaces a pipeline's file by `file`. If the uuid changes (no pipeline may have it yet), schedules, runs, backfills
// and triggers of the old uuid move to the new one.
void change_pipeline(Instance& instance, const Pipeline& pipeline, PipelineFile file);

// Deletes the files of a pipeline. Rows that refer to it stay, and no longer find a pipeline.
void remove_pipeline(Instance& instance, const Pipeline& pipeline);

// Formats PipelineFile::content as the real server writes it: keys in order.
json::Text written_content(json::Object content);

// Returns the current file of a pipeline, to change or copy it.
PipelineFile file_of(const Instance& instance, const Pipeline& pipeline);

// Applies the saved `files` to a project that was just loaded. instance.project is the loaded one, and the rest of the
// instance is complete.
void restore_files(Instance& instance);

// --- triggers.yaml ---

// Returns nullptr if the pipeline's file has no entry of that name.
const TriggerFile* find_trigger(const Instance& instance, Symbol pipeline, std::string_view name);
// Writes a schedule into the file of pipeline `pipeline`, over the entry `name` if there is one. Its `envs` stay.
void save_trigger(Instance& instance, Symbol pipeline, std::string_view name, const Schedule& schedule);
// Does nothing if there is no such entry.
void remove_trigger(Instance& instance, Symbol pipeline, std::string_view name);
// Records that a pipeline's triggers.yaml was written: the next tick reads all of it (lifecycle.md 11.4).
void note_written_triggers(Instance& instance, Symbol pipeline);
// Returns whether the pipeline, or else the project, wants every trigger written to the pipeline's file.
bool saves_triggers(const Instance& instance, const Pipeline& pipeline);

}  // namespace runsim

#pragma once

#include <string_view>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// What calls change in the files of a project (model/project_files.hpp). Each of these makes instance.project anew,
// with everything that was derived from the old one dropped.

// Adds a pipeline. No pipeline has its uuid yet.
void add_pipeline(Instance& instance, PipelineFile file);
// Puts `file` in the place of a pipeline's own. Where the uuid is another (which no pipeline has yet), schedules, runs,
// backfills and triggers of the old one become the new one's.
void change_pipeline(Instance& instance, const Pipeline& pipeline, PipelineFile file);

// Deletes the files of a pipeline. What refers to it stays, and finds no pipeline any more.
void remove_pipeline(Instance& instance, const Pipeline& pipeline);

// PipelineFile::content as the real server writes it: keys in order.
json::Text written_content(json::Object content);

// The file of a pipeline as it is now, to change it or to copy it.
PipelineFile file_of(const Instance& instance, const Pipeline& pipeline);

// Brings a project that was loaded to where `files` say it was: instance.project is the loaded one, the rest of the
// instance is there.
void restore_files(Instance& instance);

// --- triggers.yaml ---

// nullptr: the pipeline's file has no entry of that name.
const TriggerFile* find_trigger(const Instance& instance, Symbol pipeline, std::string_view name);
// Writes a schedule into the file of pipeline `pipeline`, under the entry `name` where there is one; its `envs` stay.
void save_trigger(Instance& instance, Symbol pipeline, std::string_view name, const Schedule& schedule);
// Without an effect where there is no such entry.
void remove_trigger(Instance& instance, Symbol pipeline, std::string_view name);
// Notes that a pipeline's triggers.yaml was written: the next tick reads all of it (lifecycle.md 11.4).
void note_written_triggers(Instance& instance, Symbol pipeline);
// Whether the pipeline, or else the project, asks that every trigger be written to the pipeline's file.
bool saves_triggers(const Instance& instance, const Pipeline& pipeline);

}  // namespace runsim

#pragma once

#include <vector>

#include "model/project_files.hpp"
#include "model/rows.hpp"
#include "sim/documents/pipeline_document.hpp"
#include "sim/reading/problems.hpp"

namespace runsim {

// A triggers.yaml, as Mage's sync takes it (lifecycle.md 11.3).
struct TriggersOfFile {
    std::vector<TriggerFile> entries;  // without those that Mage drops
    // An entry makes the sync fail: where it writes the rows, or already where it looks for rows of these names.
    bool stops_sync = false;
    bool stops_search = false;
    bool is_rewritten = false;  // the sync writes the file: an active trigger has no last_enabled_at
};

// `file` is what the file holds. What Mage drops, and what makes its sync fail, is noted. Too many are a problem.
TriggersOfFile read_triggers(const json::Value& file, const Place& place, Symbol pipeline, const std::string& repo_path,
                             Dialect dialect, Problems& problems, Notes& notes);

// The triggers that Mage's sync makes rows of. It takes all files at once, and once more those that it has written in
// between: when it fails, none of its triggers is there.
std::vector<Schedule> synced_triggers(const std::vector<TriggersOfFile>& files, Notes& notes);

// lifecycle.md 11.4: a trigger overwrites the schedule of its pipeline and name, or is new. One that is among `synced`,
// the rows of a database, has had its sync. With `new_interval_enables` (ReleaseTraits), an active one that brings
// another interval is enabled anew, in `files` as well.
void lay_triggers_over(std::vector<Schedule>& schedules, std::vector<Schedule> triggers,
                       const std::vector<Schedule>& synced, bool new_interval_enables, std::vector<TriggerFile>& files);

}  // namespace runsim

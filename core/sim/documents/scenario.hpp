#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "json/text.hpp"
#include "lifecycle/instance/options.hpp"
#include "model/accounts.hpp"
#include "model/project.hpp"
#include "model/project_files.hpp"
#include "model/rows.hpp"

namespace runsim {

// A call of the history, made once or repeatedly.
struct HistoryCall {
    Instant first;
    Instant last;    // no call after this instant
    Duration every;  // 0: only at `first`
    std::string method;
    std::string target;
    json::Text body;    // none: no body
    std::string place;  // in runsim.json, for messages: "history.calls[0]"
};

// Rows as stored in a database, with ids and dates. Each table is sorted by id.
struct Rows {
    std::vector<EventMatcher> event_matchers;
    std::vector<Schedule> schedules;
    std::vector<Backfill> backfills;
    std::vector<Run> runs;
    std::vector<BlockRun> block_runs;
};

// The initial state of a world.
struct Scenario {
    Options options;
    Instant begin;  // where the clock starts: the history's `from`, else options.start
    Rows rows;
    // The other schedules: those of runsim.json, overwritten by triggers.yaml files, then those found only in these
    // files. Id and token may be missing. Dates are set when the rows are created.
    std::vector<Schedule> schedules;
    std::vector<TriggerFile> triggers;  // the entries of triggers.yaml files
    json::Text settings;                // of metadata.yaml: see ProjectFiles::settings
    Accounts accounts;
    std::vector<HistoryCall> calls;
};

struct LoadedProject {
    std::shared_ptr<const Project> project;
    Scenario scenario;
    // One sentence for each feature that the project uses and does not get: those that are not simulated yet
    // (sim/reading/unsimulated_features.hpp), and those that Mage itself ignores.
    std::vector<std::string> notes;
};

// From a project document (docs/project-document.md). The error lists every mistake, a line each.
Result<LoadedProject> read_project_document(std::string_view document);

// The limits of a document.
inline constexpr std::size_t kMostDocumentBytes = 32 * 1024 * 1024;
inline constexpr std::size_t kMostPipelinesOfDocument = 1'000;
inline constexpr std::size_t kMostBlocks = 1'000;      // of one pipeline
inline constexpr std::size_t kMostSchedules = 10'000;  // of runsim.json; as many triggers of one triggers.yaml
inline constexpr std::size_t kMostUsersOfDocument = 1'000;
inline constexpr std::size_t kMostHistoryCalls = 100'000;  // repetitions counted
inline constexpr std::size_t kMostPlannedFaults = 10'000;

}  // namespace runsim

#pragma once

#include <vector>

#include "base/result.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Brings the entries of re-read triggers.yaml files into the database (lifecycle.md 11.4). `entries` are rows of which
// name, pipeline, description, last_enabled_at, repo_path, interval, type, settings, sla, start_time, status, token and
// variables count. A schedule of the same pipeline and name is overwritten by them where anything differs, the token
// only where the entry has one; others are inserted; what no entry names stays. Active entries that were never enabled
// are enabled now. Error: an entry has an interval that the cron engine refuses; then nothing is written at all, as on
// the real server.
Outcome sync_triggers(Instance& instance, const std::vector<Schedule>& entries);

}  // namespace runsim

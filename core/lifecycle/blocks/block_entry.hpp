#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"
#include "model/project.hpp"

namespace runsim {

// What a block's entry in the file of a pipeline says of its runs. The file may be the project's, or one that calls
// wrote: either may hold any value, and Mage reads both alike.

// A value that is not what it should be.
struct EntryFault {
    std::string_view key;       // of the entry
    std::string_view of_retry;  // the key in its retry_config; "": none
    const json::Value* value;   // nullptr: there is no such key
    std::string says;           // what becomes of it
};
using EntryFaults = std::vector<EntryFault>;

inline constexpr std::string_view kRetryKeys[] = {"retries", "delay", "max_delay", "exponential_backoff"};

// lifecycle.md 11.1: `retry_config` of a block's entry, laid over the project's. `error` is set if Mage's worker fails
// at it. Without `error` it is that of the project or of a streaming pipeline. The faults are valid as long as
// `config`.
RetryConfig read_retry_config(const json::Object& config, RetryConfig inherited, std::string* error,
                              EntryFaults& faults);

// Sets what an entry of a pipeline's file says of the runs of `block`, whose uuid is set. The faults are valid as long
// as `file`.
void read_entry(const json::Object& entry, const json::Object& file, const RetryConfig& project_retry, Block& block,
                EntryFaults& faults);

}  // namespace runsim

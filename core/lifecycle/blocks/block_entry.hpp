#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"
#include "model/project.hpp"

namespace runsim {

// A pipeline's file has one entry for each block, in one of these lists. The project or an API call wrote the file. Its
// values may have any type.
inline constexpr std::string_view kBlockLists[] = {"blocks", "callbacks", "conditionals", "widgets"};

// Returns the entries of a list, or none if there is no such list.
const json::Array& entries_of(const json::Object& file, std::string_view list);
// Returns the entry of a uuid in a list, or nullptr.
const json::Object* entry_of(const json::Object& file, std::string_view list, std::string_view uuid);
json::Object* entry_of(json::Object& file, std::string_view list, std::string_view uuid);

// A value of the wrong type or size.
struct EntryFault {
    std::string_view key;       // of the entry
    std::string_view of_retry;  // the key in its retry_config; "": none
    const json::Value* value;   // nullptr: there is no such key
    std::string says;           // what becomes of it
};
using EntryFaults = std::vector<EntryFault>;

inline constexpr std::string_view kRetryKeys[] = {"retries", "delay", "max_delay", "exponential_backoff"};

// lifecycle.md 11.1: lays the `retry_config` of `config` over `inherited`. Sets `error` if Mage's worker fails at it.
// Without `error`, `config` is that of the project or of a streaming pipeline. The faults are valid as long as
// `config`.
RetryConfig read_retry_config(const json::Object& config, RetryConfig inherited, std::string* error,
                              EntryFaults& faults);

// Sets what an entry says about the runs of `block`, which has its uuid. `file` is the file with the entry. The faults
// are valid as long as `file`.
void read_entry(const json::Object& entry, const json::Object& file, const RetryConfig& project_retry, Block& block,
                EntryFaults& faults);

}  // namespace runsim

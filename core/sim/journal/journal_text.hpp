#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "json/write.hpp"
#include "sim/journal/call_log.hpp"

namespace runsim {

// Journals as JSON (docs/journal.md).

inline constexpr std::int64_t kJournalVersion = 1;

// Where a world stands.
struct JournalEnd {
    Instant until;
    std::uint64_t events = 0;  // since the journal's begin
    bool early = false;        // more are due, but have not happened
};

// Writes the members `calls`, from the call `first` on, `until`, and perhaps `events`.
void write_calls(json::Writer& w, const CallLog& log, std::size_t first, const JournalEnd& end);

// A call as a journal's text has it.
struct CallOfJournal {
    std::string place;  // "journal: calls[3]"
    Instant at;
    std::optional<std::uint64_t> events;  // none: all that were due
    Caller caller;
    std::string method;
    std::string target;
    std::string content_type;
    std::string body;
};

struct JournalDocument {
    std::string document;                 // the begin: this, or
    std::optional<std::string> snapshot;  // these bytes
    std::vector<CallOfJournal> calls;
    Instant until;
    std::optional<std::uint64_t> events;
    std::string hash;  // "": not given
};

// Fails with every mistake of form, one per line.
Result<JournalDocument> read_journal(std::string_view text);

}  // namespace runsim

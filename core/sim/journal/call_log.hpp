#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/shared.hpp"
#include "base/time.hpp"
#include "sim/journal/caller.hpp"

namespace runsim {

// A call that may have changed a world: what is needed to make it again. Views into the log that it comes from.
struct RecordedCall {
    Instant at;                // at which it came; its writes take a microsecond each after it
    std::uint64_t events = 0;  // how many had happened before it, since the journal's begin
    bool early = false;        // events were due at this instant, or before, and had not happened
    Caller caller = {};
    std::string_view method = {};
    std::string_view target = {};  // path and query
    std::string_view content_type = {};
    std::string_view body = {};  // without passwords
};

// The calls of a journal in order. Copies share what neither has changed since: one costs a pointer. A call takes 16
// bytes, and its texts unless one of the calls just before it was the same.
class CallLog {
public:
    void append(const RecordedCall& call);
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    // Valid until the log is changed.
    RecordedCall operator[](std::size_t number) const;
    // Keeps the first `size` calls.
    void cut(std::size_t size);
    // The bytes that the calls and their texts take.
    std::size_t bytes() const { return bytes_; }

private:
    // A text in `texts` of the chunk.
    struct Span {
        std::uint32_t begin = 0;
        std::uint32_t size = 0;
    };
    // What calls have in common that differ in nothing but their moment.
    struct Kind {
        bool early = false;
        Caller caller;
        Span method, target, content_type, body;
    };
    struct Entry {
        Instant at;
        std::uint32_t events = 0;  // since the first call of the chunk
        std::uint32_t kind = 0;
    };
    struct Chunk : Counted {
        std::size_t before = 0;  // calls in earlier chunks
        std::uint64_t events = 0;
        std::vector<Entry> entries;
        std::vector<Kind> kinds;
        std::string texts;
        std::size_t bytes() const {
            return entries.size() * sizeof(Entry) + kinds.size() * sizeof(Kind) + texts.size();
        }
    };
    struct Chunks : Counted {
        std::vector<Shared<Chunk>> list;
    };

    static std::string_view text_of(const Chunk& chunk, Span span) {
        return std::string_view(chunk.texts).substr(span.begin, span.size);
    }
    static RecordedCall call_of(const Chunk& chunk, const Kind& kind);
    static std::uint32_t kind_in(Chunk& chunk, const RecordedCall& call);
    bool has_room(const RecordedCall& call) const;

    static constexpr std::size_t kCallsOfChunk = 256;
    static constexpr std::size_t kTextsOfChunk = 1 << 18;
    static constexpr std::size_t kKindsCompared = 4;

    Shared<Chunks> chunks_;
    std::size_t size_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace runsim

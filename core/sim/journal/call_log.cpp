#include "sim/journal/call_log.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace runsim {

namespace {

bool same_kind(const RecordedCall& a, const RecordedCall& b) {
    return a.early == b.early && a.caller == b.caller && a.body == b.body && a.target == b.target &&
           a.method == b.method && a.content_type == b.content_type;
}

}  // namespace

RecordedCall CallLog::call_of(const Chunk& chunk, const Kind& kind) {
    return {.at = {},
            .events = 0,
            .early = kind.early,
            .caller = kind.caller,
            .method = text_of(chunk, kind.method),
            .target = text_of(chunk, kind.target),
            .content_type = text_of(chunk, kind.content_type),
            .body = text_of(chunk, kind.body)};
}

// Returns the number of the call's kind, which may be one of the newest that the chunk has.
std::uint32_t CallLog::kind_in(Chunk& chunk, const RecordedCall& call) {
    const std::size_t known = chunk.kinds.size();
    for (std::size_t i = known; i > 0 && i + kKindsCompared > known; --i)
        if (same_kind(call_of(chunk, chunk.kinds[i - 1]), call)) return static_cast<std::uint32_t>(i - 1);
    const auto keep = [&](std::string_view text) {
        const auto begin = static_cast<std::uint32_t>(chunk.texts.size());
        chunk.texts += text;
        return Span{begin, static_cast<std::uint32_t>(text.size())};
    };
    chunk.kinds.push_back(
        {call.early, call.caller, keep(call.method), keep(call.target), keep(call.content_type), keep(call.body)});
    return static_cast<std::uint32_t>(known);
}

bool CallLog::has_room(const RecordedCall& call) const {
    if (chunks_.get() == nullptr || chunks_->list.empty()) return false;
    const Chunk& last = *chunks_->list.back();
    return last.entries.size() < kCallsOfChunk && last.texts.size() < kTextsOfChunk &&
           call.events - last.events <= 0xffffffff;
}

void CallLog::append(const RecordedCall& call) {
    const bool room = has_room(call);
    auto& list = chunks_.edit().list;
    if (!room) {
        list.emplace_back(new Chunk());
        list.back().edit().before = size_;
        list.back().edit().events = call.events;
    }
    Chunk& chunk = list.back().edit();
    bytes_ -= chunk.bytes();
    chunk.entries.push_back({call.at, static_cast<std::uint32_t>(call.events - chunk.events), kind_in(chunk, call)});
    bytes_ += chunk.bytes();
    ++size_;
}

RecordedCall CallLog::operator[](std::size_t number) const {
    RUNSIM_ASSERT(number < size_, "a call that the log has");
    const auto& list = chunks_->list;
    const auto after = std::upper_bound(list.begin(), list.end(), number,
                                        [](std::size_t n, const Shared<Chunk>& chunk) { return n < chunk->before; });
    const Chunk& chunk = **(after - 1);
    const Entry& entry = chunk.entries[number - chunk.before];
    RecordedCall call = call_of(chunk, chunk.kinds[entry.kind]);
    call.at = entry.at;
    call.events = chunk.events + entry.events;
    return call;
}

void CallLog::cut(std::size_t size) {
    RUNSIM_ASSERT(size <= size_, "a log does not grow by a cut");
    if (size == size_) return;
    const CallLog whole = *this;
    auto& list = chunks_.edit().list;
    while (!list.empty() && list.back()->before + list.back()->entries.size() > size) {
        bytes_ -= list.back()->bytes();
        size_ = list.back()->before;
        list.pop_back();
    }
    while (size_ < size) append(whole[size_]);
}

}  // namespace runsim

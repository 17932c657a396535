#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "base/assert.hpp"
#include "base/shared.hpp"

namespace runsim {

// A log that drops its oldest entries but keeps at least kKept. Entries are numbered from 0 in order of arrival, for
// ever. Copies share full chunks; a copy costs the directory of chunks. T is plain data with an archive().
template <class T>
class BoundedLog {
public:
    static constexpr std::uint64_t kChunk = 512;
    static constexpr std::uint64_t kKept = 128 * kChunk;

    void append(const T& entry) {
        const auto slot = static_cast<std::size_t>(end_ % kChunk);
        if (slot == 0) begin_chunk();
        chunks_.back().edit().entries[slot] = entry;
        ++end_;
    }

    // Entries begin() .. end() - 1 are kept.
    std::uint64_t begin() const { return begin_; }
    std::uint64_t end() const { return end_; }
    const T& operator[](std::uint64_t number) const {
        RUNSIM_ASSERT(begin_ <= number && number < end_, "an entry that the log still has");
        return chunks_[static_cast<std::size_t>(number / kChunk - begin_ / kChunk)]
            ->entries[static_cast<std::size_t>(number % kChunk)];
    }

    template <class A>
    friend void archive(A& a, BoundedLog& log) {
        std::uint64_t begin = log.begin_;
        std::uint64_t end = log.end_;
        a(begin, end);
        if constexpr (A::kLoading) {
            log = BoundedLog();
            const bool possible = begin % kChunk == 0 && begin <= end && end - begin <= kKept + kChunk;
            if (!possible) return a.fail();
            log.begin_ = log.end_ = begin;
            for (T entry{}; log.end_ < end && a.ok();) {
                a(entry);
                log.append(entry);
            }
        } else {
            for (std::uint64_t number = begin; number < end; ++number) a(log[number]);
        }
    }

private:
    struct Chunk : Counted {
        std::array<T, kChunk> entries;
    };

    // The oldest chunk becomes the newest if no copy has it.
    void begin_chunk() {
        if (end_ - begin_ < kKept + kChunk) {
            chunks_.emplace_back(new Chunk());
            return;
        }
        std::rotate(chunks_.begin(), chunks_.begin() + 1, chunks_.end());
        if (!chunks_.back().is_alone()) chunks_.back() = Shared<Chunk>(new Chunk());
        begin_ += kChunk;
    }

    std::vector<Shared<Chunk>> chunks_;
    std::uint64_t begin_ = 0;  // a multiple of kChunk
    std::uint64_t end_ = 0;
};

}  // namespace runsim

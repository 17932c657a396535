#pragma once

#include <array>
#include <cstdint>
#include <utility>

#include "base/time.hpp"

namespace runsim {

// The dates of a block run.
struct BlockRunDates {
    Instant created_at;
    Instant updated_at;
    MaybeInstant started_at;
    MaybeInstant completed_at;
    friend bool operator==(const BlockRunDates&, const BlockRunDates&) = default;
};

// The same in 24 bytes, aligned to 4, as block runs are most of the memory of a world. Nearly always the other dates
// are within days of created_at, and fit as offsets from it. Dates that are further apart take a heap object.
class PackedDates {
public:
    PackedDates() : PackedDates(BlockRunDates{}) {}
    PackedDates(const BlockRunDates& dates) { pack(dates); }  // NOLINT: implicit on purpose
    PackedDates(const PackedDates& other);
    PackedDates(PackedDates&& other) noexcept : words_(std::exchange(other.words_, kEpoch)) {}
    PackedDates& operator=(PackedDates other) noexcept {
        words_.swap(other.words_);
        return *this;
    }
    ~PackedDates() {
        if (is_far()) drop_far();
    }

    Instant created_at() const { return is_far() ? far().created_at : instant(base()); }
    Instant updated_at() const { return is_far() ? far().updated_at : *near(kUpdated); }
    MaybeInstant started_at() const { return is_far() ? far().started_at : near(kStarted); }
    MaybeInstant completed_at() const { return is_far() ? far().completed_at : near(kCompleted); }
    BlockRunDates all() const { return {created_at(), updated_at(), started_at(), completed_at()}; }

    void set_created_at(Instant at) { change(&BlockRunDates::created_at, at); }
    void set_updated_at(Instant at) {
        if (!set_near(kUpdated, at)) change(&BlockRunDates::updated_at, at);
    }
    void set_started_at(MaybeInstant at) {
        if (!set_near(kStarted, at)) change(&BlockRunDates::started_at, at);
    }
    void set_completed_at(MaybeInstant at) {
        if (!set_near(kCompleted, at)) change(&BlockRunDates::completed_at, at);
    }

    // Equal dates have equal words: dates that fit as offsets are never far.
    friend bool operator==(const PackedDates& a, const PackedDates& b) {
        return a.is_far() ? b.is_far() && a.far() == b.far() : a.words_ == b.words_;
    }

private:
    // An offset has 42 bits: from 12 days before created_at to 38 days after it. Everything is unsigned: it wraps where
    // dates are at opposite ends of the range.
    enum Offset : unsigned { kUpdated, kStarted, kCompleted };
    static constexpr unsigned kHighBits = 10;
    static constexpr std::uint32_t kHighMask = (1U << kHighBits) - 1;
    static constexpr std::uint64_t kBias = std::uint64_t{1} << 40;
    static constexpr std::uint64_t kNone = (std::uint64_t{1} << (32 + kHighBits)) - 1;
    static constexpr std::uint32_t kFar = 1U << 31;
    // created_at (low, high), the low words of the three offsets, and their high bits below kFar. With kFar, the first
    // words are the address of the heap object.
    using Words = std::array<std::uint32_t, 6>;
    static constexpr std::size_t kLow = 2;
    static constexpr std::size_t kHigh = 5;
    // All dates 1970-01-01 or none.
    static constexpr Words kEpoch = {
        0,          0,
        0,          0xffffffff,
        0xffffffff, static_cast<std::uint32_t>(kBias >> 32) | kHighMask << kHighBits | kHighMask << (2 * kHighBits)};

    bool is_far() const { return (words_[kHigh] & kFar) != 0; }
    static Instant instant(std::uint64_t us) { return {static_cast<std::int64_t>(us)}; }
    const BlockRunDates& far() const;
    void drop_far();

    std::uint64_t base() const { return std::uint64_t{words_[1]} << 32 | words_[0]; }
    MaybeInstant near(Offset place) const {
        const std::uint64_t high = words_[kHigh] >> (place * kHighBits) & kHighMask;
        const std::uint64_t offset = high << 32 | words_[kLow + place];
        if (offset == kNone) return {};
        return instant(base() + offset - kBias);
    }
    // Returns false, and changes nothing, if the date does not fit.
    bool set_near(Offset place, MaybeInstant at) {
        const std::uint64_t offset = at ? static_cast<std::uint64_t>(at.raw()) - base() + kBias : kNone;
        if (is_far() || (at && offset >= kNone)) return false;
        words_[kLow + place] = static_cast<std::uint32_t>(offset);
        const unsigned shift = place * kHighBits;
        words_[kHigh] = (words_[kHigh] & ~(kHighMask << shift)) | static_cast<std::uint32_t>(offset >> 32) << shift;
        return true;
    }

    template <class Date>
    void change(Date BlockRunDates::* date, Date at) {
        BlockRunDates dates = all();
        dates.*date = at;
        *this = PackedDates(dates);
    }
    void pack(const BlockRunDates& dates);

    Words words_ = kEpoch;
};

}  // namespace runsim

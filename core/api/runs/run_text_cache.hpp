#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "model/ids.hpp"

namespace runsim::api {

// The JSON text of finished runs in the list format, kept because a finished run rarely changes. It is derived, so not
// part of a world's value: never saved, hashed or copied (a copy starts empty).
//
// A text belongs to one revision of its run and of the run's schedule, and is dropped when another revision is kept.
// Runs with equal (id mod slots) replace each other, so a look-up is one comparison. If the texts together exceed the
// bound, clock eviction drops some.
class RunTextCache {
public:
    struct Key {
        RunId run;
        std::uint64_t run_revision = 0;
        ScheduleId schedule;
        std::uint64_t schedule_revision = 0;
        friend bool operator==(const Key&, const Key&) = default;
    };

    explicit RunTextCache(std::size_t most_bytes = kMostBytes) : most_bytes_(most_bytes) {}
    RunTextCache(const RunTextCache& other) : most_bytes_(other.most_bytes_) {}
    RunTextCache& operator=(const RunTextCache& other);
    RunTextCache(RunTextCache&&) = default;
    RunTextCache& operator=(RunTextCache&&) = default;

    // Returns the text kept under that key, or "" (no run has an empty text). Valid until the next call that is not
    // const.
    std::string_view find(const Key& key) const;
    // Keeps a text that is given for the second time in turn. Many texts are written only once, and the copy would cost
    // a quarter of the writing.
    void keep(const Key& key, std::string_view text);
    void clear();
    std::size_t bytes() const { return bytes_; }

    static constexpr std::size_t kMostBytes = 32 * 1024 * 1024;

private:
    struct Slot {
        Key key;
        std::string text;
    };
    static constexpr std::uint32_t kSlots = 1 << 14;
    static constexpr std::uint32_t kGroup = 1 << 6;
    using Group = std::array<Slot, kGroup>;

    void drop(Slot& slot);

    std::array<std::unique_ptr<Group>, kSlots / kGroup> groups_;  // nullptr: empty
    std::size_t bytes_ = 0;                                       // of the texts
    std::size_t most_bytes_;
    std::uint32_t hand_ = 0;
};

}  // namespace runsim::api

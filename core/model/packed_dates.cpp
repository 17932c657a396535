#include "model/packed_dates.hpp"

#include <cstring>

namespace runsim {

const BlockRunDates& PackedDates::far() const {
    const BlockRunDates* dates = nullptr;
    std::memcpy(&dates, words_.data(), sizeof(dates));
    return *dates;
}

void PackedDates::drop_far() { delete &far(); }

PackedDates::PackedDates(const PackedDates& other) : words_(other.words_) {
    if (is_far()) pack(other.far());
}

void PackedDates::pack(const BlockRunDates& dates) {
    const auto created_at = static_cast<std::uint64_t>(dates.created_at.us);
    words_ = kEpoch;
    words_[0] = static_cast<std::uint32_t>(created_at);
    words_[1] = static_cast<std::uint32_t>(created_at >> 32);
    if (set_near(kUpdated, dates.updated_at) && set_near(kStarted, dates.started_at) &&
        set_near(kCompleted, dates.completed_at))
        return;
    const auto* far = new BlockRunDates(dates);
    words_ = {};
    words_[kHigh] = kFar;
    std::memcpy(words_.data(), &far, sizeof(far));
}

}  // namespace runsim

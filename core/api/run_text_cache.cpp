#include "api/run_text_cache.hpp"

namespace runsim::api {

RunTextCache& RunTextCache::operator=(const RunTextCache& other) {
    if (this != &other) {
        clear();
        most_bytes_ = other.most_bytes_;
    }
    return *this;
}

std::string_view RunTextCache::find(const Key& key) const {
    if (slots_.empty()) return {};
    const Slot& slot = slots_[key.run.value % kSlots];
    return slot.key == key ? std::string_view(slot.text) : std::string_view();
}

void RunTextCache::keep(const Key& key, std::string_view text) {
    if (text.size() > most_bytes_) return;
    if (slots_.empty()) slots_.resize(kSlots);
    Slot& slot = slots_[key.run.value % kSlots];
    drop(slot);
    while (bytes_ + text.size() > most_bytes_) {
        drop(slots_[hand_]);
        hand_ = (hand_ + 1) % kSlots;
    }
    slot.key = key;
    slot.text.assign(text);
    bytes_ += text.size();
}

void RunTextCache::clear() {
    slots_.clear();
    bytes_ = 0;
}

void RunTextCache::drop(Slot& slot) {
    bytes_ -= slot.text.size();
    slot.key = Key();
    std::string().swap(slot.text);
}

}  // namespace runsim::api

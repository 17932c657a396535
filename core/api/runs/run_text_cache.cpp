#include "api/runs/run_text_cache.hpp"

namespace runsim::api {

RunTextCache& RunTextCache::operator=(const RunTextCache& other) {
    if (this != &other) {
        clear();
        most_bytes_ = other.most_bytes_;
    }
    return *this;
}

std::string_view RunTextCache::find(const Key& key) const {
    const Group* group = groups_[key.run.value % kSlots / kGroup].get();
    if (!group) return {};
    const Slot& slot = (*group)[key.run.value % kGroup];
    return slot.key == key ? std::string_view(slot.text) : std::string_view();
}

void RunTextCache::keep(const Key& key, std::string_view text) {
    if (text.size() > most_bytes_) return;
    std::unique_ptr<Group>& group = groups_[key.run.value % kSlots / kGroup];
    if (!group) group = std::make_unique<Group>();
    Slot& slot = (*group)[key.run.value % kGroup];
    const bool seen = slot.key == key;
    drop(slot);
    for (; seen && bytes_ + text.size() > most_bytes_; hand_ = (hand_ + 1) % kSlots) {
        if (Group* met = groups_[hand_ / kGroup].get()) drop((*met)[hand_ % kGroup]);
    }
    slot.key = key;
    if (!seen) return;
    slot.text.assign(text);
    bytes_ += text.size();
}

void RunTextCache::clear() {
    for (std::unique_ptr<Group>& group : groups_) group.reset();
    bytes_ = 0;
}

void RunTextCache::drop(Slot& slot) {
    bytes_ -= slot.text.size();
    slot.key = Key();
    std::string().swap(slot.text);
}

}  // namespace runsim::api

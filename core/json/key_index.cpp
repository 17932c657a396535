#include "json/key_index.hpp"

#include "base/prng.hpp"

namespace runsim::json {

Value& KeyIndex::slot(Object& object, std::string&& key) {
    if (object.size() < kSearched) {
        Value* value = object.find(key);
        return value ? *value : object.append(std::move(key));
    }
    if (object.size() * 2 >= places_.size()) rehash(object);
    std::uint32_t& place = places_[place_of(object, key)];
    if (place != 0) return object.begin()[place - 1].value;
    place = static_cast<std::uint32_t>(object.size()) + 1;
    return object.append(std::move(key));
}

void KeyIndex::rehash(const Object& object) {
    std::size_t capacity = kSearched * 4;
    while (capacity < object.size() * 4) capacity *= 2;
    places_.assign(capacity, 0);
    for (const Member& member : object) {
        places_[place_of(object, member.key)] = static_cast<std::uint32_t>(&member - object.begin()) + 1;
    }
}

// Returns the slot of the member with this key, or the free slot for it.
std::size_t KeyIndex::place_of(const Object& object, std::string_view key) const {
    const std::size_t mask = places_.size() - 1;
    std::size_t at = static_cast<std::size_t>(stable_hash(key)) & mask;
    while (places_[at] != 0 && object.begin()[places_[at] - 1].key != key) at = (at + 1) & mask;
    return at;
}

}  // namespace runsim::json

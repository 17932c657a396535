#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "json/value.hpp"

namespace runsim::json {

// Finds keys of an object while it is read. Searches short objects and hashes longer ones: an object of 100 000 keys
// must not cost 100 000 searches.
class KeyIndex {
public:
    // Returns the value of `key` in `object`, appended as null if it is new. All members must have come through this
    // index.
    Value& slot(Object& object, std::string&& key);

private:
    static constexpr std::size_t kSearched = 16;
    void rehash(const Object& object);
    std::size_t place_of(const Object& object, std::string_view key) const;

    // An open hash table: the number of a member + 1, or 0 if free. Its size is a power of two.
    std::vector<std::uint32_t> places_;
};

}  // namespace runsim::json

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "base/assert.hpp"
#include "base/shared.hpp"

namespace runsim {

// An ordered set in chunks of up to kMost keys. Copies share the chunks until one of them writes. A copy costs one
// pointer; the first write to a copy clones the directory and one chunk. Finding a rank costs a binary search. Keys
// inserted in ascending or descending order fill the chunks completely. Key: a small copyable type with operator<.
template <class Key>
class SortedChunks {
public:
    static constexpr std::size_t kMost = 256;
    class Iterator;

    std::size_t size() const { return directory_ ? directory_->size : 0; }
    std::size_t chunk_count() const { return directory_ ? directory_->chunks.size() : 0; }
    bool empty() const { return size() == 0; }
    bool contains(const Key& key) const;
    // Return false if the key was there already (insert) or was not there (erase).
    bool insert(const Key& key);
    bool erase(const Key& key);
    // Replaces the stored key that is equivalent to `key`. Used to change fields that are not part of the order.
    void replace(const Key& key);

    // Returns how many keys are before `key`, which need not be in the set.
    std::size_t rank(const Key& key) const;
    // rank < size(). The reference lives until the next write to the set.
    const Key& at(std::size_t rank) const { return *nth(rank); }

    // Iterators live until the next write to the set.
    Iterator begin() const { return Iterator(directory_.get(), 0, 0); }
    Iterator end() const { return Iterator(directory_.get(), chunk_count(), 0); }
    Iterator nth(std::size_t rank) const;        // rank <= size(); size() gives end()
    Iterator lower_bound(const Key& key) const;  // the first key not before `key`
    std::reverse_iterator<Iterator> rbegin() const { return std::make_reverse_iterator(end()); }
    std::reverse_iterator<Iterator> rend() const { return std::make_reverse_iterator(begin()); }
    // Iterates backwards, without the last `skip` keys (without all if there are fewer).
    std::reverse_iterator<Iterator> rnth(std::size_t skip) const {
        return std::make_reverse_iterator(nth(skip < size() ? size() - skip : 0));
    }

private:
    struct Chunk : Counted {
        std::vector<Key> keys;  // never empty
    };
    struct Directory : Counted {
        std::vector<Shared<Chunk>> chunks;
        std::vector<Key> firsts;            // the first key of each chunk
        std::vector<std::uint32_t> starts;  // how many keys precede each chunk
        std::uint32_t size = 0;

        // Returns the chunk that has `key`, or in which it belongs: the last one that does not begin after it. There
        // must be at least one chunk.
        std::size_t chunk_of(const Key& key) const {
            if (!(key < firsts.back())) return firsts.size() - 1;  // most work is on the newest rows
            const auto behind = std::upper_bound(firsts.begin(), firsts.end(), key);
            return behind == firsts.begin() ? 0 : static_cast<std::size_t>(behind - firsts.begin()) - 1;
        }
        void add_chunk(std::size_t at, std::vector<Key> keys);
        void drop_chunk(std::size_t at);
        // Updates firsts and starts from chunk `at` on, after keys were added or removed there.
        void settle(std::size_t at);
        // Makes room for `key` at `place` in chunk `at` if it is full. Returns the chunk that takes the key.
        std::size_t chunk_with_room(std::size_t at, std::size_t place, const Key& key);
        // Joins chunk `at` and the next one if together they fill at most half a chunk.
        void join(std::size_t at);
    };

    // Searches from the back in steps that double: most work is on the newest rows.
    static std::size_t place_in(const Chunk& chunk, const Key& key) {
        const auto begin = chunk.keys.begin();
        auto end = chunk.keys.end();  // no key from here on is before `key`
        for (std::ptrdiff_t step = 1; end != begin; step *= 2) {
            const auto probe = end - std::min(step, end - begin);
            if (*probe < key) return static_cast<std::size_t>(std::lower_bound(probe + 1, end, key) - begin);
            end = probe;
        }
        return 0;
    }

    static bool is_at(const Chunk& chunk, std::size_t place, const Key& key) {
        return place < chunk.keys.size() && !(key < chunk.keys[place]);
    }

    Shared<Directory> directory_;  // null: empty
};

template <class Key>
class SortedChunks<Key>::Iterator {
public:
    using iterator_category = std::bidirectional_iterator_tag;
    using value_type = Key;
    using difference_type = std::ptrdiff_t;
    using pointer = const Key*;
    using reference = const Key&;

    Iterator() = default;
    reference operator*() const { return directory_->chunks[chunk_]->keys[place_]; }
    pointer operator->() const { return &**this; }
    Iterator& operator++() {
        if (++place_ == directory_->chunks[chunk_]->keys.size()) {
            ++chunk_;
            place_ = 0;
        }
        return *this;
    }
    Iterator& operator--() {
        if (place_ == 0) place_ = directory_->chunks[--chunk_]->keys.size();
        --place_;
        return *this;
    }
    Iterator operator++(int) { return std::exchange(*this, ++Iterator(*this)); }
    Iterator operator--(int) { return std::exchange(*this, --Iterator(*this)); }
    friend bool operator==(const Iterator& a, const Iterator& b) {
        return a.chunk_ == b.chunk_ && a.place_ == b.place_;
    }

private:
    friend class SortedChunks;
    Iterator(const Directory* directory, std::size_t chunk, std::size_t place)
        : directory_(directory), chunk_(chunk), place_(place) {}

    const Directory* directory_ = nullptr;
    std::size_t chunk_ = 0;
    std::size_t place_ = 0;
};

template <class Key>
void SortedChunks<Key>::Directory::add_chunk(std::size_t at, std::vector<Key> keys) {
    const auto offset = static_cast<std::ptrdiff_t>(at);
    Shared<Chunk> made(new Chunk());
    firsts.insert(firsts.begin() + offset, keys.front());
    starts.insert(starts.begin() + offset, 0);
    made.edit().keys = std::move(keys);
    chunks.insert(chunks.begin() + offset, std::move(made));
}

template <class Key>
void SortedChunks<Key>::Directory::drop_chunk(std::size_t at) {
    const auto offset = static_cast<std::ptrdiff_t>(at);
    chunks.erase(chunks.begin() + offset);
    firsts.erase(firsts.begin() + offset);
    starts.erase(starts.begin() + offset);
}

template <class Key>
void SortedChunks<Key>::Directory::settle(std::size_t at) {
    if (at < chunks.size()) firsts[at] = chunks[at]->keys.front();
    std::uint32_t start = at == 0 ? 0 : starts[at - 1] + static_cast<std::uint32_t>(chunks[at - 1]->keys.size());
    for (std::size_t i = at; i < chunks.size(); ++i) {
        starts[i] = start;
        start += static_cast<std::uint32_t>(chunks[i]->keys.size());
    }
}

template <class Key>
std::size_t SortedChunks<Key>::Directory::chunk_with_room(std::size_t at, std::size_t place, const Key& key) {
    if (place == kMost) {
        if (at + 1 < chunks.size() && chunks[at + 1]->keys.size() < kMost) return at + 1;
        add_chunk(at + 1, {key});
        return at + 1;
    }
    if (place == 0) {  // only before all other keys: otherwise the chunk before takes it
        add_chunk(0, {key});
        return 0;
    }
    std::vector<Key>& keys = chunks[at].edit().keys;
    const auto middle = keys.begin() + kMost / 2;
    add_chunk(at + 1, std::vector<Key>(middle, keys.end()));
    keys.erase(middle, keys.end());
    return place <= kMost / 2 ? at : at + 1;
}

template <class Key>
void SortedChunks<Key>::Directory::join(std::size_t at) {
    if (at + 1 >= chunks.size() || chunks[at]->keys.size() + chunks[at + 1]->keys.size() > kMost / 2) return;
    const std::vector<Key>& behind = chunks[at + 1]->keys;
    std::vector<Key>& keys = chunks[at].edit().keys;
    keys.insert(keys.end(), behind.begin(), behind.end());
    drop_chunk(at + 1);
}

template <class Key>
bool SortedChunks<Key>::contains(const Key& key) const {
    if (!directory_) return false;
    const Chunk& chunk = *directory_->chunks[directory_->chunk_of(key)];
    return is_at(chunk, place_in(chunk, key), key);
}

template <class Key>
bool SortedChunks<Key>::insert(const Key& key) {
    if (!directory_) {
        Directory& directory = directory_.edit();
        directory.size = 1;
        directory.add_chunk(0, {key});
        return true;
    }
    std::size_t at = directory_->chunk_of(key);
    std::size_t place = place_in(*directory_->chunks[at], key);
    if (is_at(*directory_->chunks[at], place, key)) return false;
    Directory& directory = directory_.edit();
    ++directory.size;
    if (directory.chunks[at]->keys.size() == kMost) {
        at = directory.chunk_with_room(at, place, key);
        place = place_in(*directory.chunks[at], key);
    }
    if (!is_at(*directory.chunks[at], place, key)) {  // else the key is in a new chunk
        std::vector<Key>& keys = directory.chunks[at].edit().keys;
        if (keys.size() == keys.capacity()) keys.reserve(std::clamp<std::size_t>(2 * keys.size(), 4, kMost));
        keys.insert(keys.begin() + static_cast<std::ptrdiff_t>(place), key);
    }
    directory.settle(at);
    return true;
}

template <class Key>
bool SortedChunks<Key>::erase(const Key& key) {
    if (!contains(key)) return false;
    Directory& directory = directory_.edit();
    if (--directory.size == 0) {
        directory_ = {};
        return true;
    }
    const std::size_t at = directory.chunk_of(key);
    if (directory.chunks[at]->keys.size() == 1) {
        directory.drop_chunk(at);
    } else {
        std::vector<Key>& keys = directory.chunks[at].edit().keys;
        keys.erase(std::lower_bound(keys.begin(), keys.end(), key));
        directory.join(at);
        if (at > 0) directory.join(at - 1);
    }
    directory.settle(at > 0 ? at - 1 : 0);
    return true;
}

template <class Key>
void SortedChunks<Key>::replace(const Key& key) {
    RUNSIM_ASSERT(directory_, "the key to replace is there");
    Directory& directory = directory_.edit();
    const std::size_t at = directory.chunk_of(key);
    Chunk& chunk = directory.chunks[at].edit();
    const std::size_t place = place_in(chunk, key);
    RUNSIM_ASSERT(is_at(chunk, place, key), "the key to replace is there");
    chunk.keys[place] = key;
    directory.firsts[at] = chunk.keys.front();
}

template <class Key>
std::size_t SortedChunks<Key>::rank(const Key& key) const {
    if (!directory_) return 0;
    const std::size_t at = directory_->chunk_of(key);
    return directory_->starts[at] + place_in(*directory_->chunks[at], key);
}

template <class Key>
typename SortedChunks<Key>::Iterator SortedChunks<Key>::nth(std::size_t rank) const {
    RUNSIM_ASSERT(rank <= size(), "a rank is within the set");
    if (rank == size()) return end();
    const auto behind = std::upper_bound(directory_->starts.begin(), directory_->starts.end(), rank);
    const auto at = static_cast<std::size_t>(behind - directory_->starts.begin()) - 1;
    return Iterator(directory_.get(), at, rank - directory_->starts[at]);
}

template <class Key>
typename SortedChunks<Key>::Iterator SortedChunks<Key>::lower_bound(const Key& key) const {
    if (!directory_) return end();
    const std::size_t at = directory_->chunk_of(key);
    const Chunk& chunk = *directory_->chunks[at];
    const std::size_t place = place_in(chunk, key);
    return place < chunk.keys.size() ? Iterator(directory_.get(), at, place) : Iterator(directory_.get(), at + 1, 0);
}

}  // namespace runsim

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

// Gives the key of an entry that is its own key.
struct OwnKey {
    template <class Key>
    const Key& operator()(const Key& key) const {
        return key;
    }
};

// An ordered set in chunks of up to kMost entries. Copies share the chunks until one of them writes. A copy costs one
// pointer; the first write to a copy clones the directory and one chunk. Finding a rank costs a binary search. Keys
// inserted in ascending or descending order fill the chunks completely. A set that becomes empty keeps its last chunk
// for the next key: the lists of what is alive become empty all the time.
//
// Key: a small copyable type with operator<. Entry: what is stored of a key, made by static_cast. A set whose entries
// are not keys needs a function from an entry to its key, key_of, wherever it compares. Keys of stored entries must not
// change, except that of the key which is passed.
template <class Key, class Entry = Key>
class SortedChunks {
public:
    static constexpr std::size_t kMost = 256;
    class Iterator;

    std::size_t size() const { return directory_ ? directory_->size : 0; }
    std::size_t chunk_count() const { return empty() ? 0 : directory_->chunks.size(); }
    bool empty() const { return size() == 0; }
    template <class KeyOf = OwnKey>
    bool contains(const Key& key, const KeyOf& key_of = {}) const;
    // Return false if the key was there already (insert) or was not there (erase).
    template <class KeyOf = OwnKey>
    bool insert(const Key& key, const KeyOf& key_of = {});
    template <class KeyOf = OwnKey>
    bool erase(const Key& key, const KeyOf& key_of = {});

    // Returns how many keys are before `key`, which need not be in the set.
    template <class KeyOf = OwnKey>
    std::size_t rank(const Key& key, const KeyOf& key_of = {}) const;
    // rank < size(). The reference lives until the next write to the set.
    const Entry& at(std::size_t rank) const { return *nth(rank); }

    // Iterators live until the next write to the set.
    Iterator begin() const { return Iterator(directory_.get(), 0, 0); }
    Iterator end() const { return Iterator(directory_.get(), chunk_count(), 0); }
    Iterator nth(std::size_t rank) const;  // rank <= size(); size() gives end()
    // The first entry whose key is not before `key`.
    template <class KeyOf = OwnKey>
    Iterator lower_bound(const Key& key, const KeyOf& key_of = {}) const;
    std::reverse_iterator<Iterator> rbegin() const { return std::make_reverse_iterator(end()); }
    std::reverse_iterator<Iterator> rend() const { return std::make_reverse_iterator(begin()); }
    // Iterates backwards, without the last `skip` keys (without all if there are fewer).
    std::reverse_iterator<Iterator> rnth(std::size_t skip) const {
        return std::make_reverse_iterator(nth(skip < size() ? size() - skip : 0));
    }

private:
    struct Chunk : Counted {
        std::vector<Entry> entries;  // empty only if the set is
    };
    struct Directory : Counted {
        std::vector<Shared<Chunk>> chunks;  // one at least, of no use while the set is empty
        std::vector<Key> firsts;            // the first key of each chunk
        std::vector<std::uint32_t> starts;  // how many keys precede each chunk
        Key last{};                         // the last key of all; of no use while the set is empty
        std::uint32_t size = 0;

        // Returns the chunk that has `key`, or in which it belongs: the last one that does not begin after it. There
        // must be at least one chunk.
        std::size_t chunk_of(const Key& key) const {
            if (!(key < firsts.back())) return firsts.size() - 1;  // most work is on the newest rows
            const auto behind = std::upper_bound(firsts.begin(), firsts.end(), key);
            return behind == firsts.begin() ? 0 : static_cast<std::size_t>(behind - firsts.begin()) - 1;
        }
        void add_chunk(std::size_t at, std::vector<Entry> entries, const Key& first);
        void drop_chunk(std::size_t at);
        void add_first(const Key& key);
        // Adds a key behind all others. There must be one.
        void append(const Key& key);
        // Updates starts from chunk `at` on, after entries were added or removed there.
        void settle(std::size_t at);
        // Makes room for `key` at `place` in chunk `at` if it is full. Returns the chunk that takes the key.
        template <class KeyOf>
        std::size_t chunk_with_room(std::size_t at, std::size_t place, const Key& key, const KeyOf& key_of);
        // Joins chunk `at` and the next one if together they fill at most half a chunk.
        void join(std::size_t at);
    };

    // Searches from the back in steps that double: most work is on the newest rows.
    template <class KeyOf>
    static std::size_t place_in(const Chunk& chunk, const Key& key, const KeyOf& key_of) {
        const auto is_before = [&key_of](const Entry& entry, const Key& wanted) { return key_of(entry) < wanted; };
        const auto begin = chunk.entries.begin();
        auto end = chunk.entries.end();  // no key from here on is before `key`
        for (std::ptrdiff_t step = 1; end != begin; step *= 2) {
            const auto probe = end - std::min(step, end - begin);
            if (is_before(*probe, key))
                return static_cast<std::size_t>(std::lower_bound(probe + 1, end, key, is_before) - begin);
            end = probe;
        }
        return 0;
    }

    // A full chunk has a capacity of exactly kMost entries, so it wastes no memory.
    static void make_room(std::vector<Entry>& entries) {
        if (entries.size() == entries.capacity())
            entries.reserve(std::clamp<std::size_t>(2 * entries.size(), 4, kMost));
    }

    template <class KeyOf>
    static bool is_at(const Chunk& chunk, std::size_t place, const Key& key, const KeyOf& key_of) {
        return place < chunk.entries.size() && !(key < key_of(chunk.entries[place]));
    }

    Shared<Directory> directory_;  // null: never written
};

template <class Key, class Entry>
class SortedChunks<Key, Entry>::Iterator {
public:
    using iterator_category = std::bidirectional_iterator_tag;
    using value_type = Entry;
    using difference_type = std::ptrdiff_t;
    using pointer = const Entry*;
    using reference = const Entry&;

    Iterator() = default;
    reference operator*() const { return directory_->chunks[chunk_]->entries[place_]; }
    pointer operator->() const { return &**this; }
    Iterator& operator++() {
        if (++place_ == directory_->chunks[chunk_]->entries.size()) {
            ++chunk_;
            place_ = 0;
        }
        return *this;
    }
    Iterator& operator--() {
        if (place_ == 0) place_ = directory_->chunks[--chunk_]->entries.size();
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

template <class Key, class Entry>
void SortedChunks<Key, Entry>::Directory::add_chunk(std::size_t at, std::vector<Entry> entries, const Key& first) {
    const auto offset = static_cast<std::ptrdiff_t>(at);
    Shared<Chunk> made(new Chunk());
    firsts.insert(firsts.begin() + offset, first);
    starts.insert(starts.begin() + offset, 0);
    made.edit().entries = std::move(entries);
    chunks.insert(chunks.begin() + offset, std::move(made));
}

template <class Key, class Entry>
void SortedChunks<Key, Entry>::Directory::drop_chunk(std::size_t at) {
    const auto offset = static_cast<std::ptrdiff_t>(at);
    chunks.erase(chunks.begin() + offset);
    firsts.erase(firsts.begin() + offset);
    starts.erase(starts.begin() + offset);
}

template <class Key, class Entry>
void SortedChunks<Key, Entry>::Directory::add_first(const Key& key) {
    if (chunks.empty()) {
        add_chunk(0, {static_cast<Entry>(key)}, key);
    } else {
        chunks.front().edit().entries.push_back(static_cast<Entry>(key));
        firsts.front() = key;
    }
    last = key;
    size = 1;
}

template <class Key, class Entry>
void SortedChunks<Key, Entry>::Directory::append(const Key& key) {
    const std::size_t at = chunks.size() - 1;
    if (chunks[at]->entries.size() == kMost) {
        add_chunk(at + 1, {static_cast<Entry>(key)}, key);
        starts[at + 1] = size;
    } else {
        std::vector<Entry>& entries = chunks[at].edit().entries;
        make_room(entries);
        entries.push_back(static_cast<Entry>(key));
    }
    last = key;
    ++size;
}

template <class Key, class Entry>
void SortedChunks<Key, Entry>::Directory::settle(std::size_t at) {
    std::uint32_t start = at == 0 ? 0 : starts[at - 1] + static_cast<std::uint32_t>(chunks[at - 1]->entries.size());
    for (std::size_t i = at; i < chunks.size(); ++i) {
        starts[i] = start;
        start += static_cast<std::uint32_t>(chunks[i]->entries.size());
    }
}

template <class Key, class Entry>
template <class KeyOf>
std::size_t SortedChunks<Key, Entry>::Directory::chunk_with_room(std::size_t at, std::size_t place, const Key& key,
                                                                 const KeyOf& key_of) {
    const auto chunk_for_key = [&key] { return std::vector<Entry>{static_cast<Entry>(key)}; };
    if (place == kMost) {
        if (at + 1 < chunks.size() && chunks[at + 1]->entries.size() < kMost) return at + 1;
        add_chunk(at + 1, chunk_for_key(), key);
        return at + 1;
    }
    if (place == 0) {  // only before all other keys: otherwise the chunk before takes it
        add_chunk(0, chunk_for_key(), key);
        return 0;
    }
    std::vector<Entry>& entries = chunks[at].edit().entries;
    const auto middle = entries.begin() + kMost / 2;
    add_chunk(at + 1, std::vector<Entry>(middle, entries.end()), key_of(*middle));
    entries.erase(middle, entries.end());
    return place <= kMost / 2 ? at : at + 1;
}

template <class Key, class Entry>
void SortedChunks<Key, Entry>::Directory::join(std::size_t at) {
    if (at + 1 >= chunks.size() || chunks[at]->entries.size() + chunks[at + 1]->entries.size() > kMost / 2) return;
    const std::vector<Entry>& behind = chunks[at + 1]->entries;
    std::vector<Entry>& entries = chunks[at].edit().entries;
    entries.insert(entries.end(), behind.begin(), behind.end());
    drop_chunk(at + 1);
}

template <class Key, class Entry>
template <class KeyOf>
bool SortedChunks<Key, Entry>::contains(const Key& key, const KeyOf& key_of) const {
    if (empty()) return false;
    const Chunk& chunk = *directory_->chunks[directory_->chunk_of(key)];
    return is_at(chunk, place_in(chunk, key, key_of), key, key_of);
}

template <class Key, class Entry>
template <class KeyOf>
bool SortedChunks<Key, Entry>::insert(const Key& key, const KeyOf& key_of) {
    if (empty()) {
        directory_.edit().add_first(key);
        return true;
    }
    if (directory_->last < key) {  // most new keys
        directory_.edit().append(key);
        return true;
    }
    std::size_t at = directory_->chunk_of(key);
    std::size_t place = place_in(*directory_->chunks[at], key, key_of);
    if (is_at(*directory_->chunks[at], place, key, key_of)) return false;
    Directory& directory = directory_.edit();
    ++directory.size;
    if (directory.chunks[at]->entries.size() == kMost) {
        at = directory.chunk_with_room(at, place, key, key_of);
        place = place_in(*directory.chunks[at], key, key_of);
    }
    if (!is_at(*directory.chunks[at], place, key, key_of)) {  // else the key is in a new chunk
        std::vector<Entry>& entries = directory.chunks[at].edit().entries;
        make_room(entries);
        entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(place), static_cast<Entry>(key));
        if (place == 0) directory.firsts[at] = key;
    }
    directory.settle(at);
    return true;
}

template <class Key, class Entry>
template <class KeyOf>
bool SortedChunks<Key, Entry>::erase(const Key& key, const KeyOf& key_of) {
    if (empty()) return false;
    const std::size_t at = directory_->chunk_of(key);
    const std::size_t place = place_in(*directory_->chunks[at], key, key_of);
    if (!is_at(*directory_->chunks[at], place, key, key_of)) return false;
    Directory& directory = directory_.edit();
    std::vector<Entry>& entries = directory.chunks[at].edit().entries;
    entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(place));
    if (--directory.size == 0) return true;
    if (entries.empty()) {
        directory.drop_chunk(at);
    } else {
        if (place == 0) directory.firsts[at] = key_of(entries.front());
        directory.join(at);
        if (at > 0) directory.join(at - 1);
    }
    if (!(key < directory.last)) directory.last = key_of(directory.chunks.back()->entries.back());
    directory.settle(at > 0 ? at - 1 : 0);
    return true;
}

template <class Key, class Entry>
template <class KeyOf>
std::size_t SortedChunks<Key, Entry>::rank(const Key& key, const KeyOf& key_of) const {
    if (empty()) return 0;
    const std::size_t at = directory_->chunk_of(key);
    return directory_->starts[at] + place_in(*directory_->chunks[at], key, key_of);
}

template <class Key, class Entry>
typename SortedChunks<Key, Entry>::Iterator SortedChunks<Key, Entry>::nth(std::size_t rank) const {
    RUNSIM_ASSERT(rank <= size(), "a rank is within the set");
    if (rank == size()) return end();
    const auto behind = std::upper_bound(directory_->starts.begin(), directory_->starts.end(), rank);
    const auto at = static_cast<std::size_t>(behind - directory_->starts.begin()) - 1;
    return Iterator(directory_.get(), at, rank - directory_->starts[at]);
}

template <class Key, class Entry>
template <class KeyOf>
typename SortedChunks<Key, Entry>::Iterator SortedChunks<Key, Entry>::lower_bound(const Key& key,
                                                                                  const KeyOf& key_of) const {
    if (empty()) return end();
    const std::size_t at = directory_->chunk_of(key);
    const Chunk& chunk = *directory_->chunks[at];
    const std::size_t place = place_in(chunk, key, key_of);
    return place < chunk.entries.size() ? Iterator(directory_.get(), at, place) : Iterator(directory_.get(), at + 1, 0);
}

}  // namespace runsim

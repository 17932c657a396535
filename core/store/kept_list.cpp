#include "store/kept_list.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace runsim {

namespace {

// Ascending ids, with a quick no for most others.
class IdSet {
public:
    explicit IdSet(const std::vector<std::uint32_t>& ids) : ids_(ids) {
        for (const std::uint32_t id : ids) maybe_[word_of(id)] |= bit_of(id);
    }
    bool contains(std::uint32_t id) const {
        return (maybe_[word_of(id)] & bit_of(id)) != 0 && std::binary_search(ids_.begin(), ids_.end(), id);
    }
    bool has_any_of(std::uint32_t lowest, std::uint32_t highest) const {
        const auto at = std::lower_bound(ids_.begin(), ids_.end(), lowest);
        return at != ids_.end() && *at <= highest;
    }

private:
    static constexpr std::size_t kWords = 1024;
    static std::size_t word_of(std::uint32_t id) { return (id >> 6) % kWords; }
    static std::uint64_t bit_of(std::uint32_t id) { return std::uint64_t{1} << (id % 64); }

    const std::vector<std::uint32_t>& ids_;
    std::array<std::uint64_t, kWords> maybe_{};
};

}  // namespace

bool KeptList::Chunk::is_inside(const ListWindow& window) const {
    return window.is_open() || (window.from <= lowest_stamp && highest_stamp <= window.to);
}

std::size_t KeptList::Chunk::count(const ListWindow& window) const {
    if (is_inside(window)) return ids.size();
    if (window.to < lowest_stamp || highest_stamp < window.from) return 0;
    std::size_t count = 0;
    for (const std::int64_t stamp : stamps) count += static_cast<std::size_t>(window.has(stamp));
    return count;
}

void KeptList::Chunk::add(std::size_t place, std::uint32_t id, const std::int64_t* stamp) {
    const auto offset = static_cast<std::ptrdiff_t>(place);
    ids.insert(ids.begin() + offset, id);
    lowest_id = std::min(lowest_id, id);
    highest_id = std::max(highest_id, id);
    if (stamp == nullptr) return;
    stamps.insert(stamps.begin() + offset, *stamp);
    lowest_stamp = std::min(lowest_stamp, *stamp);
    highest_stamp = std::max(highest_stamp, *stamp);
}

void KeptList::Chunk::take(const Chunk& other, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
        add(ids.size(), other.ids[i], other.stamps.empty() ? nullptr : &other.stamps[i]);
}

template <class Gone>
void KeptList::Chunk::drop_if(const Gone& gone) {
    if (std::none_of(ids.begin(), ids.end(), gone)) return;
    const Chunk before = std::exchange(*this, Chunk());
    for (std::size_t i = 0; i < before.ids.size(); ++i)
        if (!gone(before.ids[i])) take(before, i, i + 1);
}

void KeptList::assign(std::span<const std::uint32_t> ids, const ListRule& rule) {
    chunks_.clear();
    size_ = ids.size();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (i % (kMost / 2) == 0) chunks_.emplace_back().ids.reserve(kMost / 2);
        const std::int64_t stamp = with_stamps_ ? rule.stamp(ids[i]) : 0;
        chunks_.back().add(chunks_.back().ids.size(), ids[i], with_stamps_ ? &stamp : nullptr);
    }
}

void KeptList::update(const std::vector<std::uint32_t>& changed, const ListRule& rule) {
    erase(changed);
    std::size_t at = 0;  // written rows are often neighbours
    for (const std::uint32_t id : changed)
        if (rule.lists(id)) at = insert(id, at, rule);
}

void KeptList::erase(const std::vector<std::uint32_t>& ids) {
    const IdSet gone(ids);
    for (Chunk& chunk : chunks_) {
        if (!gone.has_any_of(chunk.lowest_id, chunk.highest_id)) continue;
        size_ -= chunk.ids.size();
        chunk.drop_if([&gone](std::uint32_t id) { return gone.contains(id); });
        size_ += chunk.ids.size();
    }
    join_small_chunks();
}

void KeptList::join_small_chunks() {
    std::size_t kept = 0;
    for (Chunk& chunk : chunks_) {
        if (chunk.ids.empty()) continue;
        if (kept > 0 && chunks_[kept - 1].ids.size() + chunk.ids.size() <= kMost / 2) {
            chunks_[kept - 1].take(chunk, 0, chunk.ids.size());
        } else {
            if (&chunks_[kept] != &chunk) chunks_[kept] = std::move(chunk);
            ++kept;
        }
    }
    chunks_.resize(kept);
}

std::size_t KeptList::insert(std::uint32_t id, std::size_t guess, const ListRule& rule) {
    if (chunks_.empty()) chunks_.emplace_back();
    const std::size_t at = chunk_of(id, guess, rule);
    Chunk& chunk = chunks_[at];
    const auto place = std::lower_bound(chunk.ids.begin(), chunk.ids.end(), id,
                                        [&rule](std::uint32_t a, std::uint32_t b) { return rule.before(a, b); });
    const std::int64_t stamp = with_stamps_ ? rule.stamp(id) : 0;
    chunk.add(static_cast<std::size_t>(place - chunk.ids.begin()), id, with_stamps_ ? &stamp : nullptr);
    ++size_;
    if (chunk.ids.size() > kMost) split(at);
    return at;
}

std::size_t KeptList::chunk_of(std::uint32_t id, std::size_t guess, const ListRule& rule) const {
    const auto begins_behind = [&](const Chunk& chunk) { return rule.before(id, chunk.ids.front()); };
    if ((guess == 0 || !begins_behind(chunks_[guess])) &&
        (guess + 1 == chunks_.size() || begins_behind(chunks_[guess + 1])))
        return guess;
    const auto behind = std::partition_point(chunks_.begin() + 1, chunks_.end(),
                                             [&](const Chunk& chunk) { return !begins_behind(chunk); });
    return static_cast<std::size_t>(behind - chunks_.begin()) - 1;
}

void KeptList::split(std::size_t at) {
    const Chunk whole = std::exchange(chunks_[at], Chunk());
    const std::size_t half = whole.ids.size() / 2;
    chunks_[at].take(whole, 0, half);
    Chunk rest;
    rest.take(whole, half, whole.ids.size());
    chunks_.insert(chunks_.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(rest));
}

std::size_t KeptList::count(const ListWindow& window) const {
    if (window.is_open()) return size_;
    std::size_t count = 0;
    for (const Chunk& chunk : chunks_) count += chunk.count(window);
    return count;
}

void KeptList::append(const ListWindow& window, std::size_t begin, std::size_t end,
                      std::vector<std::uint32_t>& out) const {
    std::size_t left = end - begin;
    for (const Chunk& chunk : chunks_) {
        if (left == 0) return;
        const std::size_t count = chunk.count(window);
        if (count <= begin) {
            begin -= count;
            continue;
        }
        const bool whole = chunk.is_inside(window);
        for (std::size_t i = 0; i < chunk.ids.size() && left > 0; ++i) {
            if (!whole && !window.has(chunk.stamps[i])) continue;
            if (begin > 0) {
                --begin;
                continue;
            }
            out.push_back(chunk.ids[i]);
            --left;
        }
    }
}

}  // namespace runsim

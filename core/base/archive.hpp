#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "base/prng.hpp"
#include "base/time.hpp"

namespace runsim {

// One description of a type serves saving, loading and hashing: `template <class A> void archive(A& a, T& value)` hands
// every field to `a` in turn. All integers are written as 8 little-endian bytes, so the machine's widths do not matter.
//
//   template <class A> void archive(A& a, BlockRun& row) { a(row.id, row.status, row.started_at); }

// Whether a type is saved as one integer, and which. Specialise it for a type of ours that is a number.
template <class T>
inline constexpr bool kIsWord = std::is_integral_v<T> || std::is_enum_v<T>;
template <>
inline constexpr bool kIsWord<Instant> = true;
template <>
inline constexpr bool kIsWord<MaybeInstant> = true;
template <class Tag>
inline constexpr bool kIsWord<Id<Tag>> = true;

template <class T>
constexpr std::uint64_t word_of(T value) {
    return static_cast<std::uint64_t>(value);
}
constexpr std::uint64_t word_of(Instant instant) { return static_cast<std::uint64_t>(instant.us); }
constexpr std::uint64_t word_of(MaybeInstant instant) { return static_cast<std::uint64_t>(instant.raw()); }
template <class Tag>
constexpr std::uint64_t word_of(Id<Tag> id) {
    return id.value;
}

class ArchiveWriter {
public:
    static constexpr bool kLoading = false;
    ArchiveWriter() = default;
    template <class... Ts>
    void operator()(const Ts&... values) {
        if constexpr ((kIsWord<Ts> && ...)) {
            const std::array<std::uint64_t, sizeof...(Ts)> all{word_of(values)...};
            words(all.data(), all.size());
        } else {
            (put(*this, values), ...);
        }
    }
    // As so many u64(), but faster: most fields of rows are numbers, side by side.
    void words(const std::uint64_t* values, std::size_t count);
    void u64(std::uint64_t& value) {
        if (keeps_hash_)
            hash_ = mixed(hash_, value);
        else
            append(value);
    }
    void bytes(std::string_view text);
    const std::string& text() const { return out_; }
    std::string take() { return std::move(out_); }

protected:
    struct KeepHash {};
    explicit ArchiveWriter(KeepHash) : keeps_hash_(true) {}
    std::uint64_t kept_hash() const { return hash_; }

private:
    template <class A, class T>
    friend void put(A& a, const T& value);
    // Two mixing steps, both invertible: no word is lost, and a word that differs changes everything after it.
    static std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
        std::uint64_t word = value * 0x9fb21c651e98df25;
        word ^= word >> 32;
        hash = (hash ^ word) * 0xd6e8feb86659fd93;
        return hash ^ hash >> 29;
    }
    void append(std::uint64_t value);

    std::string out_;
    std::uint64_t hash_ = 0x9e3779b97f4a7c15;
    bool keeps_hash_ = false;
};

// A writer that keeps a hash of what it is given, and nothing else. To the templates it is a writer: the code that
// walks through a type is there once.
class ArchiveHasher : public ArchiveWriter {
public:
    ArchiveHasher() : ArchiveWriter(KeepHash{}) {}
    std::uint64_t hash() const { return kept_hash(); }
};

// After a failure every further value is zero or empty, and ok() is false. Check it once, at the end.
class ArchiveReader {
public:
    static constexpr bool kLoading = true;
    explicit ArchiveReader(std::string_view in) : in_(in) {}
    template <class... Ts>
    void operator()(Ts&... values);
    void u64(std::uint64_t& value);
    void bytes(std::string& text);
    void fail() {
        ok_ = false;
        in_ = {};
    }
    bool ok() const { return ok_; }
    bool at_end() const { return in_.empty(); }
    // The upper limit for the number of elements of a list: each takes at least one byte of the remaining input.
    std::size_t remaining() const { return in_.size(); }

private:
    std::string_view in_;
    bool ok_ = true;
};

// To customise a type of ours, define a free function archive(A&, T&). Argument-dependent lookup finds it.
template <class A, class T>
void archive_value(A& a, T& value);

template <class A, class T>
void put(A& a, const T& value) {
    archive_value(a, const_cast<T&>(value));  // writers and hashers only read
}

template <class... Ts>
void ArchiveReader::operator()(Ts&... values) {
    (archive_value(*this, values), ...);
}

namespace archive_detail {

template <class A, std::integral T>
void as_u64(A& a, T& value) {
    auto wide = static_cast<std::uint64_t>(value);
    a.u64(wide);
    if constexpr (A::kLoading) {
        value = static_cast<T>(wide);
        if (static_cast<std::uint64_t>(value) != wide)
            a.fail();  // too large for the type: not written by ArchiveWriter
    }
}

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;
template <class T>
inline constexpr bool is_pair = false;
template <class T, class U>
inline constexpr bool is_pair<std::pair<T, U>> = true;

}  // namespace archive_detail

template <class A, class T>
void archive_value(A& a, T& value) {
    using namespace archive_detail;
    if constexpr (std::is_same_v<T, std::string>) {
        a.bytes(value);
    } else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, Duration>) {
        as_u64(a, value.us);
    } else if constexpr (std::is_same_v<T, MaybeInstant>) {
        std::int64_t us = value.raw();
        as_u64(a, us);
        if constexpr (A::kLoading) value = MaybeInstant::from_raw(us);
    } else if constexpr (is_id<T>) {
        as_u64(a, value.value);
    } else if constexpr (std::is_same_v<T, Prng>) {
        auto state = value.state();
        for (auto& word : state) a.u64(word);
        if constexpr (A::kLoading) {
            // xoshiro cannot leave the all-zero state and never reaches it.
            if (state == decltype(state){})
                a.fail();
            else
                value = Prng::from_state(state);
        }
    } else if constexpr (std::is_enum_v<T>) {
        auto raw = static_cast<std::underlying_type_t<T>>(value);
        as_u64(a, raw);
        if constexpr (A::kLoading) value = static_cast<T>(raw);
    } else if constexpr (std::is_integral_v<T>) {
        as_u64(a, value);
    } else if constexpr (is_pair<T>) {
        archive_value(a, value.first);
        archive_value(a, value.second);
    } else if constexpr (is_optional<T>) {
        bool present = value.has_value();
        as_u64(a, present);
        if constexpr (A::kLoading) {
            if (present)
                value.emplace();
            else
                value.reset();
        }
        if (present) archive_value(a, *value);
    } else if constexpr (is_vector<T>) {
        std::uint64_t size = value.size();
        a.u64(size);
        if constexpr (A::kLoading) {
            value.clear();
            for (std::uint64_t i = 0; i < size && a.ok(); ++i) {
                if (a.remaining() == 0) {
                    a.fail();
                    break;
                }
                value.emplace_back();
                archive_value(a, value.back());
            }
        } else {
            for (auto& element : value) archive_value(a, element);
        }
    } else {
        archive(a, value);
    }
}

}  // namespace runsim

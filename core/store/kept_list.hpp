#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace runsim {

// What a kept list contains, and in which order. Rows are named by the number of their id.
class ListRule {
public:
    // Returns whether the list has this row, which may be gone.
    virtual bool lists(std::uint32_t id) const = 0;
    // Returns whether row `a` comes before row `b`. Both are listed. No two rows are equal.
    virtual bool before(std::uint32_t a, std::uint32_t b) const = 0;
    // The number that windows of the list go by.
    virtual std::int64_t stamp(std::uint32_t id) const = 0;

protected:
    ~ListRule() = default;
};

// The rows whose stamps are from `from` to `to`, both included.
struct ListWindow {
    static constexpr std::int64_t kNoLower = std::numeric_limits<std::int64_t>::min();
    static constexpr std::int64_t kNoUpper = std::numeric_limits<std::int64_t>::max();
    std::int64_t from = kNoLower;
    std::int64_t to = kNoUpper;

    bool is_open() const { return from == kNoLower && to == kNoUpper; }
    bool has(std::int64_t stamp) const { return from <= stamp && stamp <= to; }
};

// A list of rows in any order, in chunks of up to kMost. It costs 4 bytes a row, or 12 with stamps. It knows nothing of
// writes: whoever keeps it passes the ids of the rows that were written.
//
// Each chunk knows the range of its ids and stamps. So an update looks only into chunks that may have a changed row,
// and a window only into chunks that it cuts through.
class KeptList {
public:
    static constexpr std::size_t kMost = 512;

    // A list without stamps has no windows but the open one.
    explicit KeptList(bool with_stamps = false) : with_stamps_(with_stamps) {}

    // Replaces everything. `ids` are all the listed ids, in order.
    void assign(std::span<const std::uint32_t> ids, const ListRule& rule);
    // Brings the list up to date. `changed`, ascending, names every row that has been written since, or whose place
    // depends on such a row; it may be new, or gone.
    void update(const std::vector<std::uint32_t>& changed, const ListRule& rule);

    std::size_t size() const { return size_; }
    std::size_t count(const ListWindow& window) const;
    // Appends the rows of the window from the `begin`th to before the `end`th, as far as there are any.
    void append(const ListWindow& window, std::size_t begin, std::size_t end, std::vector<std::uint32_t>& out) const;

private:
    struct Chunk {
        std::vector<std::uint32_t> ids;    // empty only within an update
        std::vector<std::int64_t> stamps;  // of the ids, or empty
        std::uint32_t lowest_id = std::numeric_limits<std::uint32_t>::max();
        std::uint32_t highest_id = 0;
        std::int64_t lowest_stamp = ListWindow::kNoUpper;
        std::int64_t highest_stamp = ListWindow::kNoLower;

        bool is_inside(const ListWindow& window) const;
        std::size_t count(const ListWindow& window) const;
        void add(std::size_t place, std::uint32_t id, const std::int64_t* stamp);
        // Appends the part of another chunk.
        void take(const Chunk& other, std::size_t begin, std::size_t end);
        template <class Gone>
        void drop_if(const Gone& gone);
    };

    void erase(const std::vector<std::uint32_t>& ids);
    void join_small_chunks();
    // Returns the chunk that took the row. `guess` is a chunk that may be the one.
    std::size_t insert(std::uint32_t id, std::size_t guess, const ListRule& rule);
    std::size_t chunk_of(std::uint32_t id, std::size_t guess, const ListRule& rule) const;
    void split(std::size_t at);

    std::vector<Chunk> chunks_;
    std::size_t size_ = 0;
    bool with_stamps_;
};

}  // namespace runsim

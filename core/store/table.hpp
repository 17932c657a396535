#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "base/assert.hpp"
#include "base/shared.hpp"
#include "model/enums.hpp"

namespace runsim {

// Rows by id, in pages of chunks. Copies share the chunks until one of them writes. A chunk has the rows whose ids are
// equal except for the last six bits; a page has 64 chunks. A find takes a few loads while ids are dense, and a binary
// search where rows are missing. Row: a copyable type with a member `id` of an Id type. A copy costs one pointer for
// 4096 rows; the first write to a shared chunk copies that chunk and its page's pointers.
template <class Row>
class Table {
public:
    using IdType = decltype(Row::id);
    class Iterator;

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    // Returns nullptr if there is no such row. The pointer is valid until the next write to the table.
    const Row* find(IdType id) const;
    // Returns the row and those after it in its chunk, by ascending id; an empty span if there is no such row. Valid as
    // long as a pointer is.
    std::span<const Row> rows_from(IdType id) const;
    // For writing. The id must not change.
    Row* edit(IdType id);
    // The row's id must be free and not 0.
    void insert(Row row);
    // The row must exist.
    void erase(IdType id);

    // The row with the lowest id from `id` on, or with the highest id up to `id`. Return nullptr if there is none.
    const Row* first_from(IdType id) const;
    const Row* last_up_to(IdType id) const;

    // Ascending ids, and backwards from the end. A walk survives writes to the table: it continues from the id that it
    // has reached.
    Iterator begin() const { return from(IdType{}); }
    Iterator end() const { return Iterator(this, nullptr); }
    Iterator from(IdType id) const { return Iterator(this, first_from(id)); }
    std::reverse_iterator<Iterator> rbegin() const { return std::make_reverse_iterator(end()); }
    std::reverse_iterator<Iterator> rend() const { return std::make_reverse_iterator(begin()); }

    // The id of the next row without one. Postgres: the counter's last id plus one; rows that bring their id do not
    // move the counter, so it may reach an id that is taken. Sqlite: the highest existing id plus one (Q32, http-api.md
    // 14.1).
    IdType next_id(Dialect dialect) const;
    // Takes next_id() from the counter, as an insert does, even one that the real server refuses because the id is
    // taken.
    IdType take_id(Dialect dialect);
    std::uint32_t counter() const { return counter_; }
    void set_counter(std::uint32_t counter) { counter_ = counter; }

    // Same rows and counter.
    friend bool operator==(const Table& a, const Table& b) {
        if (a.size_ != b.size_ || a.counter_ != b.counter_ || a.pages_.size() != b.pages_.size()) return false;
        for (std::size_t i = 0; i < a.pages_.size(); ++i)
            if (!same(a.pages_[i], b.pages_[i]) && !equal_pages(*a.pages_[i], *b.pages_[i])) return false;
        return true;
    }

private:
    static constexpr std::uint32_t kSlotBits = 6;
    static constexpr std::uint32_t kSlots = 1U << kSlotBits;  // rows of a chunk, chunks of a page

    struct Chunk : Counted {
        std::vector<Row> rows;  // never empty, by id
    };
    // A chunk, and which ids its rows have: a find goes straight to the row.
    struct Slot {
        Shared<Chunk> chunk;  // null: no rows
        Row* rows = nullptr;
        std::uint32_t first = 0;  // the id of rows[0]
        std::uint32_t count = 0;

        // Returns the chunk for writing. Call settle() after rows were added or removed.
        Chunk& edit();
        void settle();
        // Returns the place of the first row whose id is not below `id`.
        std::size_t lower_bound(std::uint32_t id) const;
        // If no row is missing, a row's place is its distance from the first.
        Row* find(std::uint32_t id) const {
            const std::size_t guess = id - first;
            if (guess < count && rows[guess].id.value == id) return rows + guess;
            // Code asks for the id behind the last row whenever it inserts one.
            return count == 0 || rows[count - 1].id.value < id ? nullptr : find_in_gaps(id);
        }
        [[gnu::noinline]] Row* find_in_gaps(std::uint32_t id) const;
    };
    struct Page : Counted {
        std::uint32_t number = 0;
        std::uint32_t used = 0;  // number of chunks
        std::array<Slot, kSlots> slots;
    };

    static std::uint32_t page_number(std::uint32_t id) { return id >> (2 * kSlotBits); }
    static std::uint32_t slot_number(std::uint32_t id) { return (id >> kSlotBits) % kSlots; }
    static bool equal_pages(const Page& a, const Page& b);
    // Returns the place of the first page whose number is not below `number`.
    std::size_t page_from(std::uint32_t number) const;
    // Returns the place of a page, or pages_.size(). If no page is missing, it is the distance from the first.
    std::size_t page_of(std::uint32_t number) const {
        const std::size_t guess = number - first_page_;
        return guess < pages_.size() && pages_[guess]->number == number ? guess : page_in_gaps(number);
    }
    [[gnu::noinline]] std::size_t page_in_gaps(std::uint32_t number) const;
    // Called after pages were added or removed.
    void settle() { first_page_ = pages_.empty() ? 0 : pages_.front()->number; }

    std::vector<Shared<Page>> pages_;  // by number
    std::uint32_t first_page_ = 0;     // the number of the first one
    std::size_t size_ = 0;
    std::uint32_t counter_ = 0;
};

template <class Row>
class Table<Row>::Iterator {
public:
    using iterator_category = std::bidirectional_iterator_tag;
    using value_type = Row;
    using difference_type = std::ptrdiff_t;
    using pointer = const Row*;
    using reference = const Row&;

    Iterator() = default;
    Iterator(const Table* table, const Row* row) : table_(table), row_(row) {
        if (row != nullptr) id_ = row->id;
    }
    reference operator*() const { return *row_; }
    pointer operator->() const { return row_; }
    Iterator& operator++() {
        const bool last = id_.value == std::numeric_limits<std::uint32_t>::max();
        return *this = Iterator(table_, last ? nullptr : table_->first_from(IdType{id_.value + 1}));
    }
    Iterator& operator--() {
        const std::uint32_t before = row_ == nullptr ? std::numeric_limits<std::uint32_t>::max() : id_.value - 1;
        return *this = Iterator(table_, table_->last_up_to(IdType{before}));
    }
    Iterator operator++(int) { return std::exchange(*this, ++Iterator(*this)); }
    Iterator operator--(int) { return std::exchange(*this, --Iterator(*this)); }
    friend bool operator==(const Iterator& a, const Iterator& b) {
        return (a.row_ == nullptr) == (b.row_ == nullptr) && (a.row_ == nullptr || a.id_ == b.id_);
    }

private:
    const Table* table_ = nullptr;
    const Row* row_ = nullptr;  // nullptr: the end
    IdType id_;
};

template <class Row>
typename Table<Row>::Chunk& Table<Row>::Slot::edit() {
    Chunk& own = chunk.edit();
    if (rows != own.rows.data() && !own.rows.empty()) settle();
    return own;
}

template <class Row>
void Table<Row>::Slot::settle() {
    std::vector<Row>& all = chunk.edit().rows;
    rows = all.data();
    first = all.front().id.value;
    count = static_cast<std::uint32_t>(all.size());
}

template <class Row>
std::size_t Table<Row>::Slot::lower_bound(std::uint32_t id) const {
    if (count == 0 || id <= first) return 0;
    if (rows[count - 1].id.value < id) return count;
    const auto before = [](const Row& row, std::uint32_t wanted) { return row.id.value < wanted; };
    return static_cast<std::size_t>(std::lower_bound(rows, rows + count, id, before) - rows);
}

template <class Row>
Row* Table<Row>::Slot::find_in_gaps(std::uint32_t id) const {
    const std::size_t place = lower_bound(id);
    return place < count && rows[place].id.value == id ? rows + place : nullptr;
}

template <class Row>
std::size_t Table<Row>::page_from(std::uint32_t number) const {
    if (pages_.empty() || pages_.back()->number < number) return pages_.size();
    const auto at =
        std::lower_bound(pages_.begin(), pages_.end(), number,
                         [](const Shared<Page>& page, std::uint32_t wanted) { return page->number < wanted; });
    return static_cast<std::size_t>(at - pages_.begin());
}

template <class Row>
std::size_t Table<Row>::page_in_gaps(std::uint32_t number) const {
    const std::size_t at = page_from(number);
    return at < pages_.size() && pages_[at]->number == number ? at : pages_.size();
}

template <class Row>
bool Table<Row>::equal_pages(const Page& a, const Page& b) {
    if (a.number != b.number || a.used != b.used) return false;
    for (std::size_t i = 0; i < kSlots; ++i) {
        const Slot& slot = a.slots[i];
        const Slot& other = b.slots[i];
        if (!same(slot.chunk, other.chunk) &&
            !std::equal(slot.rows, slot.rows + slot.count, other.rows, other.rows + other.count))
            return false;
    }
    return true;
}

template <class Row>
const Row* Table<Row>::find(IdType id) const {
    const std::size_t at = page_of(page_number(id.value));
    if (at == pages_.size()) return nullptr;
    return pages_[at]->slots[slot_number(id.value)].find(id.value);
}

template <class Row>
std::span<const Row> Table<Row>::rows_from(IdType id) const {
    const std::size_t at = page_of(page_number(id.value));
    if (at == pages_.size()) return {};
    const Slot& slot = pages_[at]->slots[slot_number(id.value)];
    const Row* row = slot.find(id.value);
    if (row == nullptr) return {};
    return {row, static_cast<std::size_t>(slot.rows + slot.count - row)};
}

template <class Row>
Row* Table<Row>::edit(IdType id) {
    const std::size_t at = page_of(page_number(id.value));
    if (at == pages_.size()) return nullptr;
    const Slot& shared = pages_[at]->slots[slot_number(id.value)];
    Row* row = shared.find(id.value);
    if (row == nullptr || (pages_[at].is_alone() && shared.chunk.is_alone())) return row;
    Slot& slot = pages_[at].edit().slots[slot_number(id.value)];
    slot.edit();
    return slot.find(id.value);
}

template <class Row>
void Table<Row>::insert(Row row) {
    const std::uint32_t id = row.id.value;
    RUNSIM_ASSERT(id != 0, "a row needs an id");
    std::size_t at = page_of(page_number(id));
    if (at == pages_.size()) {
        Shared<Page> made(new Page());
        made.edit().number = page_number(id);
        at = page_from(page_number(id));
        pages_.insert(pages_.begin() + static_cast<std::ptrdiff_t>(at), std::move(made));
        settle();
    }
    Page& page = pages_[at].edit();
    Slot& slot = page.slots[slot_number(id)];
    const std::size_t place = slot.lower_bound(id);
    RUNSIM_ASSERT(place == slot.count || slot.rows[place].id.value != id, "the id of a new row is free");
    if (slot.count == 0) ++page.used;
    std::vector<Row>& rows = slot.edit().rows;
    // A full chunk has a capacity of exactly kSlots rows, so it wastes no memory.
    if (rows.size() == rows.capacity()) rows.reserve(std::clamp<std::size_t>(2 * rows.size(), 4, kSlots));
    rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(place), std::move(row));
    slot.settle();
    ++size_;
}

template <class Row>
void Table<Row>::erase(IdType id) {
    RUNSIM_ASSERT(find(id) != nullptr, "the row to erase is there");
    const std::size_t at = page_of(page_number(id.value));
    Page& page = pages_[at].edit();
    Slot& slot = page.slots[slot_number(id.value)];
    --size_;
    if (slot.count > 1) {
        std::vector<Row>& rows = slot.edit().rows;
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(slot.lower_bound(id.value)));
        slot.settle();
        return;
    }
    slot = {};
    if (--page.used > 0) return;
    pages_.erase(pages_.begin() + static_cast<std::ptrdiff_t>(at));
    settle();
}

template <class Row>
const Row* Table<Row>::first_from(IdType id) const {
    for (std::size_t at = page_from(page_number(id.value)); at < pages_.size(); ++at) {
        const Page& page = *pages_[at];
        for (std::uint32_t i = page.number == page_number(id.value) ? slot_number(id.value) : 0; i < kSlots; ++i) {
            const Slot& slot = page.slots[i];
            const std::size_t place = slot.lower_bound(id.value);
            if (place < slot.count) return slot.rows + place;
        }
    }
    return nullptr;
}

template <class Row>
const Row* Table<Row>::last_up_to(IdType id) const {
    std::size_t at = page_from(page_number(id.value));
    if (at < pages_.size() && pages_[at]->number == page_number(id.value)) ++at;
    for (; at > 0; --at) {
        const Page& page = *pages_[at - 1];
        const std::uint32_t from = page.number == page_number(id.value) ? slot_number(id.value) : kSlots - 1;
        for (std::uint32_t i = from + 1; i > 0; --i) {
            const Slot& slot = page.slots[i - 1];
            if (slot.count == 0 || slot.first > id.value) continue;
            const std::size_t place = slot.lower_bound(id.value);
            const bool exact = place < slot.count && slot.rows[place].id == id;
            return slot.rows + (exact ? place : place - 1);
        }
    }
    return nullptr;
}

template <class Row>
typename Table<Row>::IdType Table<Row>::next_id(Dialect dialect) const {
    std::uint32_t last = counter_;
    if (dialect == Dialect::sqlite) {
        const Row* highest = last_up_to(IdType{std::numeric_limits<std::uint32_t>::max()});
        last = highest == nullptr ? 0 : highest->id.value;
    }
    RUNSIM_ASSERT(last != std::numeric_limits<std::uint32_t>::max(), "ids are left");
    return IdType{last + 1};
}

template <class Row>
typename Table<Row>::IdType Table<Row>::take_id(Dialect dialect) {
    const IdType id = next_id(dialect);
    if (dialect == Dialect::postgres) counter_ = id.value;
    return id;
}

}  // namespace runsim

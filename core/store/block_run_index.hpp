#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

#include "model/rows.hpp"
#include "store/sorted_chunks.hpp"
#include "store/table.hpp"

namespace runsim {

// Block runs of one run with consecutive ids: first, first + 1, ... A run's block runs are created together, so one
// span usually has all of them.
struct BlockRunSpan {
    RunId run;
    BlockRunId first;
    std::uint32_t count = 0;  // at least 1

    std::uint32_t end() const { return first.value + count; }
    friend bool operator<(const BlockRunSpan& a, const BlockRunSpan& b) {
        return a.run != b.run ? a.run < b.run : a.first < b.first;
    }
};

// The block runs of each run.
class BlockRunIndex {
public:
    void add(RunId run, BlockRunId id);
    void remove(RunId run, BlockRunId id);
    std::int64_t count(RunId run) const;

    using Spans = SortedChunks<BlockRunSpan>;
    Spans::Iterator first_of(RunId run) const { return spans_.lower_bound({run, BlockRunId{}, 0}); }
    Spans::Iterator end() const { return spans_.end(); }

private:
    // Returns the last span of the run that begins at or before `id`, or a span of count 0 if there is none.
    BlockRunSpan span_up_to(RunId run, BlockRunId id) const;

    Spans spans_;  // spans of one run never touch
};

// The block runs of one run by ascending id; made by Store::block_runs_of. During the walk rows may change through
// update(), but no block run may be inserted, erased or given to another run.
class BlockRunsOfRun {
public:
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = BlockRun;
        using difference_type = std::ptrdiff_t;
        using pointer = const BlockRun*;
        using reference = const BlockRun&;

        Iterator() = default;
        Iterator(const BlockRunsOfRun* range, BlockRunIndex::Spans::Iterator span) : range_(range), span_(span) {
            enter();
        }

        reference operator*() const { return *range_->rows_->find(BlockRunId{id_}); }
        pointer operator->() const { return &**this; }
        Iterator& operator++() {
            if (++id_ == end_) {
                ++span_;
                enter();
            }
            return *this;
        }
        Iterator operator++(int) { return std::exchange(*this, ++Iterator(*this)); }
        friend bool operator==(const Iterator& a, const Iterator& b) { return a.id_ == b.id_; }

    private:
        void enter() {
            const bool more = span_ != range_->end_ && span_->run == range_->run_;
            id_ = more ? span_->first.value : 0;
            end_ = more ? span_->end() : 0;
        }
        const BlockRunsOfRun* range_ = nullptr;
        BlockRunIndex::Spans::Iterator span_;
        std::uint32_t id_ = 0;  // 0: the end
        std::uint32_t end_ = 0;
    };

    BlockRunsOfRun(const Table<BlockRun>& rows, const BlockRunIndex& index, RunId run)
        : rows_(&rows), first_(index.first_of(run)), end_(index.end()), run_(run) {}

    // Calls visit(const BlockRun&) for each, faster than iterators do. `visit` must not write block runs.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (auto span = first_; span != end_ && span->run == run_; ++span) {
            for (std::uint32_t id = span->first.value; id < span->end();) {
                for (const BlockRun& row : rows_->rows_from(BlockRunId{id})) {
                    if (id == span->end()) break;
                    visit(row);
                    ++id;
                }
            }
        }
    }

    // The iterators point to this range, which must outlive them.
    Iterator begin() const { return Iterator(this, first_); }
    Iterator end() const { return Iterator(); }
    bool empty() const { return begin() == end(); }

private:
    const Table<BlockRun>* rows_;
    BlockRunIndex::Spans::Iterator first_;
    BlockRunIndex::Spans::Iterator end_;
    RunId run_;
};

}  // namespace runsim

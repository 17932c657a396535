#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>

#include "model/rows.hpp"
#include "store/sorted_chunks.hpp"
#include "store/table.hpp"

namespace runsim {

// The block runs of each run, as spans: block runs of one run with consecutive ids, as many as there are. A run's block
// runs are created together, so nearly every run has one span. The first span of a run that exists is in the run's row
// (Run::block_runs), all others are here. Only their first ids are kept: the rows show where a span ends.
class BlockRunIndex {
public:
    struct Key {
        RunId run;
        BlockRunId first;
        explicit operator BlockRunId() const { return first; }
        friend auto operator<=>(const Key&, const Key&) = default;
    };
    using Spans = SortedChunks<Key, BlockRunId>;
    using Rows = Table<BlockRun>;

    // `row`: the row of the run, or nullptr if there is none. The block run must be in the table.
    void add(RunId run, BlockRunId id, const Rows& rows, Run* row);
    // The block run may be in the table still, or belong to another run.
    void remove(RunId run, BlockRunId id, const Rows& rows, Run* row);
    // Moves the first span of a run to its row, or back. Called when a run was inserted, or will be erased.
    void attach(Run& row, const Rows& rows);
    void detach(const Run& row, const Rows& rows);

    // The first span that is not in a run's row.
    Spans::Iterator first_of(RunId run, const Rows& rows) const {
        return spans_.empty() ? spans_.end() : spans_.lower_bound({run, BlockRunId{}}, KeyOf{rows, {}});
    }
    Spans::Iterator end() const { return spans_.end(); }

private:
    // `known`: a span whose row may have another run, or none.
    struct KeyOf {
        const Rows& rows;
        Key known;
        Key operator()(BlockRunId first) const {
            return first == known.first ? known : Key{rows.find(first)->pipeline_run_id, first};
        }
    };
    void begin_span(RunId run, BlockRunId first, const Rows& rows, Run* row);
    void forget_span(RunId run, BlockRunId first, const Rows& rows, Run* row);
    // Removes the first span of a run that is here, and returns it, or returns 0.
    BlockRunId take_first(RunId run, const Rows& rows);

    Spans spans_;
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
        Iterator(const BlockRunsOfRun* range, BlockRunId id, BlockRunIndex::Spans::Iterator next)
            : range_(range), next_(next), id_(id) {}

        reference operator*() const { return *range_->rows_->find(id_); }
        pointer operator->() const { return &**this; }
        Iterator& operator++() {
            ++id_.value;
            if (range_->row(id_) == nullptr) id_ = range_->take(next_);
            return *this;
        }
        Iterator operator++(int) { return std::exchange(*this, ++Iterator(*this)); }
        friend bool operator==(const Iterator& a, const Iterator& b) { return a.id_ == b.id_; }

    private:
        const BlockRunsOfRun* range_ = nullptr;
        BlockRunIndex::Spans::Iterator next_;  // the span after this one
        BlockRunId id_;                        // 0: the end
    };

    // `first`: the run's first block run if its row knows it.
    BlockRunsOfRun(const Table<BlockRun>& rows, const BlockRunIndex& index, RunId run, BlockRunId first)
        : rows_(&rows), more_(index.first_of(run, rows)), end_(index.end()), run_(run), first_(first) {
        if (!first_) first_ = take(more_);
    }

    // Calls visit(const BlockRun&) for each, faster than iterators do. `visit` must not write block runs.
    template <class Visit>
    void for_each(Visit&& visit) const {
        auto next = more_;
        for (BlockRunId id = first_; id; id = take(next)) {
            for (bool goes_on = true; goes_on;) {
                const std::span<const BlockRun> rest = rows_->rows_from(id);
                goes_on = !rest.empty();
                for (const BlockRun& row : rest) {
                    goes_on = row.id == id && row.pipeline_run_id == run_;
                    if (!goes_on) break;
                    visit(row);
                    ++id.value;
                }
            }
        }
    }

    // The iterators point to this range, which must outlive them.
    Iterator begin() const { return Iterator(this, first_, more_); }
    Iterator end() const { return Iterator(); }
    bool empty() const { return !first_; }

private:
    // Returns the row if it belongs to the run, else nullptr.
    const BlockRun* row(BlockRunId id) const {
        const BlockRun* found = rows_->find(id);
        return found != nullptr && found->pipeline_run_id == run_ ? found : nullptr;
    }
    // Returns the first id of a span of the run and moves on to the next span, or returns 0.
    BlockRunId take(BlockRunIndex::Spans::Iterator& next) const {
        return next != end_ && row(*next) != nullptr ? *next++ : BlockRunId{};
    }

    const Table<BlockRun>* rows_;
    BlockRunIndex::Spans::Iterator more_;
    BlockRunIndex::Spans::Iterator end_;
    RunId run_;
    BlockRunId first_;
};

}  // namespace runsim

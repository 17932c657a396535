#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/ids.hpp"

namespace runsim {

class KeptList;
class KeptListRule;
class Store;

// A write to a run, or to one of its block runs.
struct RunChange {
    RunId run;
    BlockRunId erased = {};  // 0: no block run was erased
    bool moved = false;      // the run left its execution date, its schedule or its pipeline, or was erased
};

// The lists of runs and block runs that were asked for last and that no index has, and which runs were written since.
// Derived from the rows, so no part of a store's value: a copy starts without lists, and nothing is saved or hashed.
// As long as there is no list, writes are not noted.
class KeptLists {
public:
    static constexpr std::size_t kMostLists = 8;
    static constexpr std::size_t kMostChanges = 1 << 16;

    KeptLists();
    KeptLists(const KeptLists&);
    KeptLists(KeptLists&&) noexcept;
    KeptLists& operator=(KeptLists) noexcept;
    ~KeptLists();

    // Returns the list of that rule as the store is now. Valid until the next write, and while fewer than kMostLists
    // other lists are asked for.
    const KeptList& get(const Store& store, const KeptListRule& rule);

    // A run was or will be written; it has this revision (0: it is new). A run that was noted since the last get() has
    // a later one, and is not noted again.
    void note(RunId run, std::uint64_t revision) {
        if (revision < noted_from_) add({.run = run});
    }
    void note_moved(RunId run) {
        if (noted_from_ != 0) add({.run = run, .moved = true});
    }
    void note_erased(RunId run, BlockRunId block_run) {
        if (noted_from_ != 0) add({.run = run, .erased = block_run});
    }

    std::size_t lists() const { return kept_.size(); }
    std::size_t changes() const { return changes_.size(); }

private:
    struct Kept;

    void add(const RunChange& change);
    void drop_half_of_changes();
    // Moves the list to the end. Returns nullptr if there is none.
    Kept* find(std::string_view key);
    Kept& make(std::string key);
    // Returns false if the list must be made anew.
    bool update(Kept& kept, const Store& store, const KeptListRule& rule) const;
    static void remake(Kept& kept, const Store& store, const KeptListRule& rule);
    void forget_read_changes();

    std::vector<std::unique_ptr<Kept>> kept_;  // the last one was asked for last
    std::vector<RunChange> changes_;           // those that some list lacks
    std::uint64_t noted_from_ = 0;             // writes to runs of lower revisions are noted
};

}  // namespace runsim

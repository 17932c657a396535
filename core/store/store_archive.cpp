#include <type_traits>

#include "base/archive.hpp"
#include "store/store.hpp"

namespace runsim {
namespace {

template <class E>
bool is_known(E value) {
    return static_cast<std::size_t>(value) < EnumSpelling<E>::names.size();
}
template <class E>
bool is_known(const std::optional<E>& value) {
    return !value || is_known(*value);
}

// Rows that fail these checks are never written by a store: the snapshot is broken, and would break code that reads
// them.
bool is_sound(const Schedule& row) { return is_known(row.status) && is_known(row.schedule_type); }
bool is_sound(const Run& row) { return is_known(row.status); }
bool is_sound(const BlockRun& row) { return is_known(row.status); }
bool is_sound(const Backfill& row) { return is_known(row.status) && is_known(row.interval_type); }
bool is_sound(const EventMatcher&) { return true; }

std::uint32_t highest_symbol(const Schedule& row) { return row.pipeline_uuid.value; }
std::uint32_t highest_symbol(const Run& row) { return std::max(row.pipeline_uuid.value, row.executor_type.value); }
std::uint32_t highest_symbol(const BlockRun& row) { return row.block_uuid.value; }
std::uint32_t highest_symbol(const Backfill& row) { return row.pipeline_uuid.value; }
std::uint32_t highest_symbol(const EventMatcher&) { return 0; }

template <class A, class Row>
void save_table(A& a, const Table<Row>& rows) {
    a(rows.counter(), static_cast<std::uint64_t>(rows.size()));
    for (const Row& row : rows) a(row);
}

// Passes each row to `add` once it is in the table, by ascending id. Truncated input ends the loop: every row takes
// some bytes.
template <class Row, class Add>
void load_table(ArchiveReader& a, Table<Row>& rows, std::size_t symbols, Add add) {
    std::uint32_t counter = 0;
    std::uint64_t size = 0;
    a(counter, size);
    std::uint32_t last = 0;
    for (std::uint64_t i = 0; i < size && a.ok(); ++i) {
        Row row;
        a(row);
        if (!a.ok()) return;
        if (row.id.value <= last || !is_sound(row) || highest_symbol(row) >= symbols) return a.fail();
        last = row.id.value;
        const auto id = row.id;
        rows.insert(std::move(row));
        add(*rows.find(id));
    }
    rows.set_counter(counter);
}

}  // namespace

template <class A>
void archive(A& a, Store& store) {
    if constexpr (A::kLoading) {
        Dialect dialect{};
        SymbolTable symbols;
        a(dialect, symbols);
        if (!is_known(dialect)) a.fail();
        store = Store(dialect, std::move(symbols));
        a(store.revision_);
        store.schedules_revision_ = store.keys_revision_ = store.revision_;
        const std::size_t known = store.symbols.size();
        const auto nothing = [](const auto&) {};
        load_table(a, store.schedules_, known, nothing);
        load_table(a, store.runs_, known,
                   [&](const Run& row) { store.run_index_.add(store.keys_of(row), store.run_dates()); });
        load_table(a, store.block_runs_, known, [&](const BlockRun& row) {
            const RunId run = row.pipeline_run_id;
            store.block_run_index_.add(run, row.id, store.block_runs_, store.runs_.edit(run));
        });
        load_table(a, store.backfills_, known, [&](const Backfill& row) {
            if (row.pipeline_schedule_id) store.backfill_index_.insert({row.pipeline_schedule_id, row.id});
        });
        load_table(a, store.event_matchers_, known, nothing);
    } else {
        a(store.dialect_, store.symbols, store.revision_);
        save_table(a, store.schedules_);
        save_table(a, store.runs_);
        save_table(a, store.block_runs_);
        save_table(a, store.backfills_);
        save_table(a, store.event_matchers_);
    }
}

template void archive(ArchiveWriter&, Store&);
template void archive(ArchiveReader&, Store&);
template void archive(ArchiveHasher&, Store&);

}  // namespace runsim

#include "api/block_runs/block_run_order.hpp"

#include <algorithm>
#include <limits>

#include "api/errors/database_error.hpp"
#include "base/text/text.hpp"
#include "store/kept_list_rule.hpp"

namespace runsim::api {

namespace {

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();

constexpr std::string_view kColumns[] = {"id",     "created_at", "updated_at",   "pipeline_run_id", "block_uuid",
                                         "status", "started_at", "completed_at", "metrics"};

Failure wrong_order() {
    return plain_exception(
        "Block run sort column/query is invalid. The sort column must be an attribute of the BlockRun model. The sort "
        "direction "
        "is either \"asc\" (ascending order) or \"desc\" (descending order).");
}

template <class T>
int three_way(const T& a, const T& b) {
    return a < b ? -1 : b < a ? 1 : 0;
}

// NULL sorts first on sqlite and last on postgres.
template <class T>
int with_null(const T& a, const T& b, bool a_null, bool b_null, bool null_is_largest) {
    if (!a_null && !b_null) return three_way(a, b);
    if (a_null == b_null) return 0;
    return a_null == null_is_largest ? 1 : -1;
}

}  // namespace

ResultOf<BlockRunOrder> BlockRunOrder::read(const Query& query, Dialect dialect) {
    BlockRunOrder order;
    const std::string* given = query.first("order_by");
    if (!given || !is_truthy(*given)) return order;
    if (*given == "true") return no_attribute("bool", "split");
    const auto words = split(*given, ' ');
    const std::string direction = words.size() >= 2 ? to_lower(words[1]) : "asc";
    if (words[0] == "pipeline_run") return Failure(Exception{"NotImplementedError", ""});
    const auto* column = std::find(std::begin(kColumns), std::end(kColumns), words[0]);
    if (column == std::end(kColumns) || (direction != "asc" && direction != "desc")) return wrong_order();
    order.items_ = {{static_cast<Column>(column - kColumns), direction == "desc"}};
    if (order.items_[0].column == Column::metrics && dialect == Dialect::postgres) {
        return refused({.error_class = "UndefinedFunction",
                        .message = "could not identify an ordering operator for type json",
                        .line = "LINE 2: ...ON b.pipeline_schedule_id = c.id ORDER BY a.metrics",
                        .caret = 54,
                        .sql = "SELECT * FROM block_run AS a ORDER BY a.metrics",
                        .parameters = {},
                        .code = "f405"});
    }
    return order;
}

int BlockRunOrder::compare(const Store& store, const BlockRun& a, const BlockRun& b, Column column) {
    const bool postgres = store.dialect() == Dialect::postgres;
    switch (column) {
        case Column::block_uuid: return three_way(store.symbols.text(a.block_uuid), store.symbols.text(b.block_uuid));
        case Column::status:
            // postgres: in the order of declaration; sqlite: by the stored name, which sorts like the spelling.
            return postgres ? three_way(a.status, b.status) : three_way(name_of(a.status), name_of(b.status));
        case Column::metrics:
            return with_null(a.metrics.json(), b.metrics.json(), !a.metrics.has_value(), !b.metrics.has_value(),
                             postgres);
        default: return three_way(number_of(store.dialect(), a, column), number_of(store.dialect(), b, column));
    }
}

std::int64_t BlockRunOrder::number_of(Dialect dialect, const BlockRun& row, Column column) {
    switch (column) {
        case Column::id: return row.id.value;
        case Column::created_at: return row.dates.created_at().us;
        case Column::updated_at: return row.dates.updated_at().us;
        case Column::pipeline_run_id:
            return row.pipeline_run_id || dialect == Dialect::sqlite ? row.pipeline_run_id.value : kLargest;
        case Column::started_at: return date_order(row.dates.started_at(), dialect);
        case Column::completed_at: return date_order(row.dates.completed_at(), dialect);
        case Column::block_uuid:
        case Column::status:
        case Column::metrics: return 0;
    }
    return 0;
}

bool BlockRunOrder::before(const Store& store, const BlockRun& a, const BlockRun& b) const {
    for (const Item& item : items_) {
        const int result = compare(store, a, b, item.column);
        if (result != 0) return item.descending ? result > 0 : result < 0;
    }
    return a.id < b.id;
}

void BlockRunOrder::sort(const Store& store, std::vector<const BlockRun*>& rows) const {
    // The first column nearly always decides: its number is read once per row.
    struct Keyed {
        std::int64_t number;
        const BlockRun* row;
    };
    const Item first = items_.front();
    std::vector<Keyed> keyed;
    keyed.reserve(rows.size());
    for (const BlockRun* row : rows) keyed.push_back({number_of(store.dialect(), *row, first.column), row});
    std::sort(keyed.begin(), keyed.end(), [&](const Keyed& a, const Keyed& b) {
        if (a.number == b.number) return before(store, *a.row, *b.row);
        return first.descending ? b.number < a.number : a.number < b.number;
    });
    std::transform(keyed.begin(), keyed.end(), rows.begin(), [](const Keyed& each) { return each.row; });
}

void BlockRunOrder::append_key(std::string& out) const { append_order(out, items_); }

}  // namespace runsim::api

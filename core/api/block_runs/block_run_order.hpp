#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "api/http/query.hpp"
#include "store/store.hpp"

namespace runsim::api {

// The order of the list of all block runs (http-api.md 9).
class BlockRunOrder {
public:
    // `order_by`: one column and a direction. The default is started_at, created_at, completed_at, each descending.
    static ResultOf<BlockRunOrder> read(const Query& query, Dialect dialect);

    // Equal rows are ordered by ascending id.
    bool before(const Store& store, const BlockRun& a, const BlockRun& b) const;
    void sort(const Store& store, std::vector<const BlockRun*>& rows) const;
    // Appends a text that no other order has.
    void append_key(std::string& out) const;

private:
    enum class Column : std::uint8_t {
        id,
        created_at,
        updated_at,
        pipeline_run_id,
        block_uuid,
        status,
        started_at,
        completed_at,
        metrics
    };
    struct Item {
        Column column;
        bool descending;
    };
    static int compare(const Store& store, const BlockRun& a, const BlockRun& b, Column column);
    // A number that ascends with the column, or the same for all rows if the column is no number.
    static std::int64_t number_of(Dialect dialect, const BlockRun& row, Column column);

    std::vector<Item> items_ = {{Column::started_at, true}, {Column::created_at, true}, {Column::completed_at, true}};
};

}  // namespace runsim::api

#pragma once

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

    // Sorts the first `most` rows to the front; the order of the rest is unspecified. Equal rows are sorted by
    // ascending id.
    void sort(const Store& store, std::vector<const BlockRun*>& rows, std::size_t most) const;

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
    int compare(const Store& store, const BlockRun& a, const BlockRun& b, Column column) const;

    std::vector<Item> items_ = {{Column::started_at, true}, {Column::created_at, true}, {Column::completed_at, true}};
};

}  // namespace runsim::api

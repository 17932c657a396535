#pragma once

#include "api/errors/failure.hpp"
#include "base/date/date_text.hpp"
#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// A run from a client's request, after all rules of the real server's constructor and of the database's types; not
// inserted yet.
struct NewRun {
    Run row;                    // with id and created_at if the client sets them
    bool takes_moment = false;  // its execution date is the next moment, which insert_run takes
};

// The record under which a run is created (http-api.md 8.1). It acts as a schedule.
struct RunParent {
    std::uint32_t id = 0;
    Symbol pipeline_uuid;
};

// Steps 1 to 4 of 8.1, then the row from all keys of `payload`. `execution_date` is the date if a parser has read it,
// else null. Changes nothing except the table of symbols.
ResultOf<NewRun> prepare_run(Instance& instance, const RunParent& parent, json::Object payload,
                             const WrittenDate* execution_date);

// Inserts it. Fails if the id is taken, or a reference leads nowhere (postgres).
ResultOf<RunId> insert_run(Instance& instance, NewRun run);

}  // namespace runsim::api

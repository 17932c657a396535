#pragma once

#include "api/errors/failure.hpp"
#include "base/date/date_text.hpp"
#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// A run that a client asks for, with every rule of the real server's constructor and of the database's types applied;
// not inserted yet.
struct NewRun {
    Run row;                    // with its id and its created_at where the client names them
    bool takes_moment = false;  // its execution date is the next moment, which insert_run takes
};

// The record under which a run is made (http-api.md 8.1): it stands for a schedule.
struct RunParent {
    std::uint32_t id = 0;
    Symbol pipeline_uuid;
};

// Steps 1 to 4 of 8.1, then the row from all keys of `payload`. `execution_date` is the date where a parser has read
// it, else null. Changes nothing but the table of symbols.
ResultOf<NewRun> prepare_run(Instance& instance, const RunParent& parent, json::Object payload,
                             const WrittenDate* execution_date);

// Inserts it. Failures: the id is taken, a reference leads nowhere (postgres).
ResultOf<RunId> insert_run(Instance& instance, NewRun run);

}  // namespace runsim::api

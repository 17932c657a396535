#pragma once

#include <optional>

#include "api/failure.hpp"
#include "base/date_text.hpp"
#include "json/value.hpp"
#include "lifecycle/instance.hpp"

namespace runsim::api {

// A run that a client asks for, with every rule of the real server's constructor and of the database applied; not inserted yet.
struct NewRun {
    Run row;                        // with its id where the client names one
    MaybeInstant created_at;        // where the client names them
    MaybeInstant updated_at;
    bool takes_moment = false;      // its execution date is the next moment, which insert_run takes
};

// What a client's payload is prepared with (http-api.md 8.1): the record it is under and that record's pipeline.
struct RunParent {
    std::uint32_t id = 0;
    Symbol pipeline_uuid;
};

// Steps 1 to 4 of 8.1, then the row from all keys of `payload`. `execution_date` is the date where a parser has read it, else null.
// Changes nothing but the table of symbols.
ResultOf<NewRun> prepare_run(Instance& instance, const RunParent& parent, json::Object payload,
                             const WrittenDate* execution_date);

// Inserts it. Failures: the id is taken, a reference leads nowhere (postgres).
ResultOf<RunId> insert_run(Instance& instance, NewRun run);

}  // namespace runsim::api

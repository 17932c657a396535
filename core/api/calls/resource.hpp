#pragma once

#include <span>
#include <string>
#include <string_view>

#include "api/calls/call.hpp"

namespace runsim::api {

// Performs one action: appends the value of the answer's key (an object; LIST: an array) to `out`, which must otherwise
// stay as it is, and sets call.metadata where the action has any. On failure what it appended is cut off again.
using Handler = Outcome (*)(Call& call, std::string& out);

// Finds a record by the text in the path, decoded (http-api.md 1.5). None: no such record, which is a 404 for the
// operated record and no parent for a nested route.
using Finder = ResultOf<std::optional<Record>> (*)(const Instance& instance, std::string_view pk);

// One resource of the generic API. To add a route: write its functions in a file, declare them in the room's
// handlers.hpp, add a row to frame/resources.cpp.
struct Resource {
    std::string_view class_name;  // PipelineRun: what the URL's name is made into (http-api.md 1.4)
    std::string_view plural;      // pipeline_runs: as messages name it
    std::span<const std::string_view>
        date_keys;          // of the payload, parsed leniently before the handler runs (http-api.md 2.4)
    Finder find = nullptr;  // null: it has no records
    // For records that depend on more than the path's text: sets call.record, or says why there is none.
    Outcome (*look_up)(Call& call) = nullptr;
    // Null: answered with "The <action> action is disabled for <plural>." For DETAIL, UPDATE and DELETE the record is
    // looked up before (http-api.md 1.6), so that a missing one is a 404 even then.
    Handler list = nullptr;
    Handler detail = nullptr;
    Handler create = nullptr;
    Handler update = nullptr;
    Handler remove = nullptr;

    Handler handler(Action action) const;
};

// A handler that says so: the real server performs the action, runsim does not.
Outcome not_simulated(Call& call, std::string& out);

// The resource of a class name, or nullptr when the real server has none of that name.
const Resource* find_resource(std::string_view class_name);

}  // namespace runsim::api

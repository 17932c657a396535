#pragma once

#include <span>
#include <string>
#include <string_view>

#include "api/calls/call.hpp"

namespace runsim::api {

// Performs one action. Appends the value of the answer's key (an object; for LIST an array) to `out`, must not change
// the rest of it, and sets call.metadata if the action has any. On failure the appended text is removed again.
using Handler = Outcome (*)(Call& call, std::string& out);

// Finds a record by its decoded text in the path (http-api.md 1.5). Returns nullopt if there is none: a 404 for the
// operated record, and no parent for a nested route.
using Finder = ResultOf<std::optional<Record>> (*)(const Instance& instance, std::string_view pk);

// One resource of the generic API. To add a route: write its functions in a file, declare them in the room's
// handlers.hpp, add a row to frame/resources.cpp.
struct Resource {
    std::string_view class_name;  // PipelineRun: made from the URL's name (http-api.md 1.4)
    std::string_view plural;      // pipeline_runs: its name in messages
    std::span<const std::string_view>
        date_keys;          // keys of the payload, parsed leniently before the handler runs (http-api.md 2.4)
    Finder find = nullptr;  // nullptr: it has no records
    // For records that depend on more than the path's text. Sets call.record, or fails.
    Outcome (*look_up)(Call& call) = nullptr;
    // nullptr: answered with "The <action> action is disabled for <plural>." DETAIL, UPDATE and DELETE first look the
    // record up (http-api.md 1.6), so a missing one is a 404 even then.
    Handler list = nullptr;
    Handler detail = nullptr;
    Handler create = nullptr;
    Handler update = nullptr;
    Handler remove = nullptr;

    Handler handler(Action action) const;
};

// Answers that the real server performs the action and runsim does not.
Outcome not_simulated(Call& call, std::string& out);

// Returns the resource of a class name, or nullptr if the real server has none.
const Resource* find_resource(std::string_view class_name);
// The same by the name that most paths have, at once. Other names may lead to the same class (resource_name.hpp).
const Resource* find_resource_by_plural(std::string_view plural);

}  // namespace runsim::api

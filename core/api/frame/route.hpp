#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace runsim::api {

// What answers a path (http-api.md 1.1). Each kind has its methods; every other method is a 405.
enum class RouteKind : std::uint8_t {
    none,            // 404, as HTML
    page,            // a page of the real server's own user interface, which there is none of here
    statuses,        // GET POST: the list of statuses under its two short names
    events,          // POST
    event_matchers,  // GET POST
    event_matcher,   // GET PUT DELETE
    trigger,         // POST
    block_run,       // POST: runs one block
    download,        // GET: the output of a block as a file
    list,            // GET POST of a resource
    detail,          // GET PUT DELETE of one record
    child_list,
    child_detail,
};

// A path that was matched, with its named parts. Parts are still percent-encoded and point into the path.
struct Route {
    struct Part {
        std::string_view name;  // resource, pk, child, child_pk, pipeline_schedule_id, token, event_matcher_id,
                                // pipeline_uuid, block_uuid
        std::string_view text;
    };
    RouteKind kind = RouteKind::none;
    std::array<Part, 4> parts;
    std::uint8_t parts_count = 0;

    std::string_view part(std::string_view name) const;  // "" where there is none
};

// The first row of the table that matches the raw path.
Route find_route(std::string_view path);

}  // namespace runsim::api

#pragma once

#include <cstdint>
#include <string_view>

#include "api/calls/routed_request.hpp"
#include "api/http/path_form.hpp"

namespace runsim::api {

enum class RouteKind : std::uint8_t {
    none,         // no such path: 404 in HTML
    page,         // a page of the real server's web UI, which runsim does not have
    statuses,     // the list of statuses under its two short names
    list,         // all records of a resource; nested if the path has a parent's parts
    detail,       // one record, likewise
    handwritten,  // the row has a handler
    download,     // the same, for a file
};

// HTTP methods as bits. Other methods have no bit.
enum Methods : std::uint8_t { kGet = 1, kPost = 2, kPut = 4, kDelete = 8 };
std::uint8_t method_bit(std::string_view method);

// A row of the route table.
struct RouteRow {
    std::string_view form;  // the path after /api/
    RouteKind kind;
    std::uint8_t methods;  // the supported ones, besides OPTIONS
    RouteHandler handler = nullptr;
};

// A path and its route.
struct Route {
    RouteRow row{{}, RouteKind::none, 0};
    PathParts parts;
};

// Returns the first row of the table (http-api.md 1.1) that matches the raw path.
Route find_route(std::string_view path);

}  // namespace runsim::api

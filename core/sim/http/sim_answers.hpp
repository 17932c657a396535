#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/query.hpp"
#include "sim/http/sim_routes.hpp"

namespace runsim {

// A request to /__sim as the handlers get it.
struct SimCall {
    const api::Request& request;
    api::Query query;
    // Parts of the path, still percent-encoded; "" if the path has no such part.
    std::string_view id;
    std::string_view uuid;
};
using SimHandler = api::Response (*)(const SimWorld& world, const SimCall& call);

// GET /__sim/...: these do not change the world.
api::Response show_project(const SimWorld& world, const SimCall& call);
api::Response list_transitions(const SimWorld& world, const SimCall& call);
api::Response show_run(const SimWorld& world, const SimCall& call);
api::Response show_block_run(const SimWorld& world, const SimCall& call);
// How a block behaves in one run. A PUT's body is an object like an entry of `blocks` in runsim.json. It replaces an
// earlier setting; {} removes it.
api::Response show_behaviour(const SimWorld& world, const SimCall& call);
api::Response change_behaviour(const SimWorld& world, const SimCall& call);

// The API's error envelope, with `status` as HTTP status.
api::Response sim_error(int status, std::string message);
// "There is no pipeline run '9'."
api::Response no_such_row(std::string_view what, std::string_view id);

// Returns a numeric parameter, or nullopt if it is absent. The error names the parameter and the value.
Result<std::optional<std::int64_t>> number_of(const api::Query& query, std::string_view name, std::int64_t least,
                                              std::int64_t most);
// Fails for a parameter that is not in `known`.
Outcome check_known(const api::Query& query, std::initializer_list<std::string_view> known);
// Returns the row id in a path (digits), or 0, which no row has, for any other text.
std::uint32_t row_id(std::string_view text);

// "2026-01-01T00:00:10.000012+00:00", the format of instants in /__sim/clock: always six digits.
std::string instant_text(Instant at);

}  // namespace runsim

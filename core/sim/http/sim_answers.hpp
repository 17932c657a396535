#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/query.hpp"
#include "sim/http/sim_routes.hpp"

namespace runsim {

// A request to /__sim as its answers see it.
struct SimCall {
    std::string_view id;  // what stands at the path's end, still percent-encoded; "" where the path has no such part
    api::Query query;
};

// A number among the parameters: none where it is absent; the error names parameter and value.
Result<std::optional<std::int64_t>> number_of(const api::Query& query, std::string_view name, std::int64_t least,
                                              std::int64_t most);
// An error for a parameter that `known` does not hold.
Outcome check_known(const api::Query& query, std::initializer_list<std::string_view> known);
// The row id that the call names: a number, without a sign.
std::optional<std::uint32_t> row_id(std::string_view text);

// "2026-01-01T00:00:10.000012+00:00", as /__sim/clock shows instants: six digits, always.
std::string instant_text(Instant at);

// One file each. They only look.
api::Response answer_project(const ShownWorld& world, const SimCall& call);
api::Response answer_transitions(const ShownWorld& world, const SimCall& call);
api::Response answer_run(const ShownWorld& world, const SimCall& call);
api::Response answer_block_run(const ShownWorld& world, const SimCall& call);

}  // namespace runsim

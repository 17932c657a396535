#pragma once

#include <optional>

#include "api/http/http_message.hpp"
#include "json/write.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// How a block behaves, as /__sim shows it.
void write_behaviour(json::Writer& w, const BlockBehaviour& model);

// GET and PUT /__sim/pipeline_runs/:id/blocks/:uuid: how a block behaves in one run. A PUT's body is an object as an
// entry of `blocks` in runsim.json; it replaces what was said before, and {} takes it back. None: the request is for
// another path.
std::optional<api::Response> answer_behaviour(Instance& instance, const api::Request& request);

}  // namespace runsim

#include "api/calls/resource.hpp"

#include "api/calls/call.hpp"

namespace runsim::api {

Outcome not_simulated(Call& call, std::string&) {
    return Failure(Exception{"NotImplementedError", "runsim does not simulate the " +
                                                        std::string(name_of(call.action)) + " action of " +
                                                        std::string(call.resource->plural) + "."});
}

}  // namespace runsim::api

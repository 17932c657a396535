#include "api/rows/relationship.hpp"

#include <string>

namespace runsim::api {

Outcome check_rows(const json::Value& value) {
    const json::Array* rows = value.array();
    if (!rows) {
        return type_error("Incompatible collection type: " +
                          std::string(value.is_null() ? "None" : value.python_type()) + " is not list-like");
    }
    if (rows->empty()) return Done{};
    return no_attribute(rows->front().python_type(), "_sa_instance_state");
}

}  // namespace runsim::api

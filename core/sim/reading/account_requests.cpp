#include "sim/reading/account_requests.hpp"

#include "api/frame/resource_name.hpp"
#include "api/frame/route.hpp"
#include "base/text/text.hpp"

namespace runsim {

bool is_about_accounts(std::string_view target) {
    const api::Route route = api::find_route(target.substr(0, target.find('?')));
    std::string_view name;  // of the operated resource: the child, if there is one
    for (const api::PathParts::Part& part : route.parts)
        if (part.name == "child" || (part.name == "resource" && name.empty())) name = part.text;
    const std::string resource = api::class_name_of(api::singularize(percent_decode(name, false)));
    return resource == "Session" || resource == "User";
}

}  // namespace runsim

#include "sim/reading/account_requests.hpp"

#include <algorithm>

#include "api/frame/resource_name.hpp"
#include "api/frame/route.hpp"
#include "api/http/http_message.hpp"
#include "base/text/text.hpp"

namespace runsim {

namespace {

// Every request is asked, and few need a closer look: names may be in capitals, or percent-encoded.
bool may_be_about_accounts(std::string_view path) {
    return path.find("user") != path.npos || path.find("session") != path.npos ||
           std::any_of(path.begin(), path.end(), [](char c) { return c == '%' || (c >= 'A' && c <= 'Z'); });
}

}  // namespace

bool is_about_accounts(std::string_view target) {
    const std::string_view path = api::split_target(target).path;
    if (!may_be_about_accounts(path)) return false;
    const api::Route route = api::find_route(path);
    std::string_view name;  // of the operated resource: the child, if there is one
    for (const api::PathParts::Part& part : route.parts)
        if (part.name == "child" || (part.name == "resource" && name.empty())) name = part.text;
    const std::string resource = api::class_name_of(api::singularize(percent_decode(name, false)));
    return resource == "Session" || resource == "User";
}

}  // namespace runsim

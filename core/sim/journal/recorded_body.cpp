#include "sim/journal/recorded_body.hpp"

#include "api/accounts/passwords.hpp"
#include "api/http/body.hpp"
#include "json/write.hpp"

namespace runsim {

namespace {

// Whether it is worth a look: JSON may also write a letter as \u0070.
bool may_have_passwords(std::string_view body) {
    return body.find("password") != std::string_view::npos || body.find("\\u00") != std::string_view::npos;
}

}  // namespace

void read_body(const api::Request& request, RecordedBody& keeper) {
    keeper.content_type = request.header("Content-Type");
    keeper.text = request.body;
    if (!may_have_passwords(request.body)) return;
    auto payload = api::parse_payload(request, api::body_arguments(request));
    if (!payload || !api::digest_passwords(*payload)) return;
    keeper.without_passwords = json::to_text(*payload);
    keeper.content_type = "application/json";
    keeper.text = keeper.without_passwords;
}

}  // namespace runsim

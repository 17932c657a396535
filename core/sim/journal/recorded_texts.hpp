#pragma once

#include <string>
#include <string_view>

#include "api/http/http_message.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The target and the body of a request as a journal keeps them: without passwords and tokens of sessions. The views are
// of the request, or of texts in here.
class RecordedTexts {
public:
    explicit RecordedTexts(const Instance& instance, const api::Request& request);
    RecordedTexts(const RecordedTexts&) = delete;
    RecordedTexts& operator=(const RecordedTexts&) = delete;

    std::string_view target;
    std::string_view content_type;
    std::string_view body;
    const bool is_about_accounts;  // see sim/reading/account_requests.hpp

private:
    std::string own_target_;
    std::string own_body_;
};

}  // namespace runsim

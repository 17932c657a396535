#pragma once

#include <string>
#include <string_view>

#include "api/http/http_message.hpp"

namespace runsim {

// The body of a request as a journal keeps it.
struct RecordedBody {
    std::string_view content_type;
    std::string_view text;
    std::string without_passwords;  // what `text` shows if the body had passwords: JSON
};

// Views into the request, or into `keeper.without_passwords`.
void read_body(const api::Request& request, RecordedBody& keeper);

}  // namespace runsim

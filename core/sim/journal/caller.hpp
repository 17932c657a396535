#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http/http_message.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Who made a call. A journal has this in place of the headers that prove it: whoever plays the journal makes headers of
// the same callers out of what the world itself knows.
struct Caller {
    // The key or the token was refused.
    static constexpr std::uint32_t kRefused = 0xffffffff;

    std::uint32_t session = 0;  // the caller's among the world's sessions, from 1; 0: not signed in; or kRefused
    std::uint32_t trigger = 0;  // the schedule whose token came in a header; 0: none did
    friend bool operator==(const Caller&, const Caller&) = default;
};

// To be asked before the request is answered.
Caller caller_of(const Instance& instance, const api::Request& request);

// The headers with which a caller makes a call.
struct CallerHeaders {
    std::string authorization;
    std::string oauth_token;

    // Appends them, as views into this object.
    void append_to(api::Request& request, const Instance& instance) const;
};
CallerHeaders headers_of(const Instance& instance, const Caller& caller);

}  // namespace runsim

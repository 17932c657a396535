#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace runsim::api {

// A request as received: the target is still percent-encoded, header names are as sent. Views into the caller's bytes.
struct Request {
    std::string_view method;
    std::string_view target;  // path and query
    std::vector<std::pair<std::string_view, std::string_view>> headers;
    std::string_view body;
    bool is_played = false;  // from a journal, which has digests in place of passwords

    // Returns the first header of that name (any case), or "".
    std::string_view header(std::string_view name) const;
};

// A target's path and query, without the question mark between them.
struct TargetParts {
    std::string_view path;
    std::string_view query;  // "": none
};
inline TargetParts split_target(std::string_view target) {
    const std::size_t question = target.find('?');
    if (question == std::string_view::npos) return {target, {}};
    return {target.substr(0, question), target.substr(question + 1)};
}

// Whether requests with this method can change anything: POST, PUT, DELETE.
bool may_write(std::string_view method);

enum class ContentType : std::uint8_t { none, json, html, csv, svg };

// An answer. The adapter adds Date, Etag, Content-Length and Server.
struct Response {
    int status = 200;
    ContentType content_type = ContentType::json;
    bool cors = true;  // carries the three Access-Control headers (http-api.md 1.3)
    std::string body;
    std::string file_name = {};  // name of the attachment; "": not an attachment
};

// The format of requests and answers at the module's boundary:
//   request   METHOD SP TARGET LF *(NAME ":" SP VALUE LF) LF BODY
//   answer    STATUS LF *(NAME ":" SP VALUE LF) LF            (the head; the body is separate)
// Limits: a head of 64 KiB, a body of kMaxBody bytes.
inline constexpr std::size_t kMaxHead = 64 * 1024;
inline constexpr std::size_t kMaxBody = 16 * 1024 * 1024;
// Fails with ErrorKind::too_large if a limit is exceeded.
Result<Request> parse_request(std::string_view bytes);
void append_head(std::string& out, const Response& response);

}  // namespace runsim::api

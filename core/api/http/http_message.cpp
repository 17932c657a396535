#include "api/http/http_message.hpp"

#include "base/text/text.hpp"

namespace runsim::api {

namespace {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

Error limit_error(std::string_view what, std::size_t limit) {
    std::string message = "request: ";
    message += what;
    message += " is longer than ";
    append_int(message, static_cast<std::int64_t>(limit));
    message += " bytes";
    return Error{std::move(message), ErrorKind::too_large};
}

// Moves the next line from `rest` to `line`, without its end. Returns false if there is no complete line left.
bool take_line(std::string_view& rest, std::string_view& line) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return false;
    line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return true;
}

}  // namespace

bool may_write(std::string_view method) { return method == "POST" || method == "PUT" || method == "DELETE"; }

std::string_view Request::header(std::string_view name) const {
    for (const auto& [header_name, value] : headers)
        if (equal_ignoring_case(header_name, name)) return value;
    return {};
}

Result<Request> parse_request(std::string_view bytes) {
    const std::string_view head = bytes.substr(0, kMaxHead + 1);
    Request request;
    std::string_view rest = head;
    std::string_view line;
    if (!take_line(rest, line)) {
        if (bytes.size() > kMaxHead) return limit_error("the request line", kMaxHead);
        return Error{"request: no line feed after METHOD TARGET"};
    }
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || space == 0 || space + 1 == line.size()) {
        return Error{"request: the first line is not METHOD TARGET but " + python_repr(line.substr(0, 100))};
    }
    request.method = line.substr(0, space);
    request.target = line.substr(space + 1);
    for (;;) {
        if (!take_line(rest, line)) {
            if (bytes.size() > kMaxHead) return limit_error("the head", kMaxHead);
            return Error{"request: no empty line after the headers"};
        }
        if (line.empty()) break;
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0) {
            return Error{"request: a header line is not NAME: VALUE but " + python_repr(line.substr(0, 100))};
        }
        request.headers.emplace_back(line.substr(0, colon), trim(line.substr(colon + 1)));
    }
    request.body = bytes.substr(head.size() - rest.size());
    if (request.body.size() > kMaxBody) return limit_error("the body", kMaxBody);
    return request;
}

}  // namespace runsim::api

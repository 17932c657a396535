#include "api/http/multipart.hpp"

#include "base/text/text.hpp"

namespace runsim::api {

namespace {

std::string_view without_quotes(std::string_view text) {
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') return text.substr(1, text.size() - 2);
    return text;
}

// Returns the value of `name` among the ;-separated parameters of a header, without quotes, or nullopt if it is absent.
std::optional<std::string_view> header_parameter(std::string_view header, std::string_view name) {
    for (const std::string_view field : split(header, ';')) {
        const std::string_view trimmed = trim(field);
        const std::size_t equals = trimmed.find('=');
        if (equals == std::string_view::npos || trimmed.substr(0, equals) != name) continue;
        return without_quotes(trimmed.substr(equals + 1));
    }
    return std::nullopt;
}

std::string_view disposition_of(std::string_view part_headers) {
    for (std::string_view line : split(part_headers, '\n')) {
        line = trim(line);
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos && to_lower(line.substr(0, colon)) == "content-disposition") {
            return trim(line.substr(colon + 1));
        }
    }
    return {};
}

void add_part(std::string_view part, std::vector<Parameter>& out) {
    const std::size_t end_of_headers = part.find("\r\n\r\n");
    if (end_of_headers == std::string_view::npos || !part.ends_with("\r\n")) return;
    const std::string_view disposition = disposition_of(part.substr(0, end_of_headers));
    if (!disposition.starts_with("form-data")) return;
    const auto name = header_parameter(disposition, "name");
    if (!name || name->empty() || header_parameter(disposition, "filename")) return;
    const std::size_t begin = end_of_headers + 4;
    const std::size_t end = part.size() - 2;
    add_parameter(out, std::string(*name),
                  std::string(begin < end ? part.substr(begin, end - begin) : std::string_view()));
}

}  // namespace

void parse_multipart(std::string_view content_type, std::string_view body, std::vector<Parameter>& out) {
    const auto boundary = header_parameter(content_type, "boundary");
    if (!boundary || boundary->empty()) return;
    const std::string dashed = "--" + std::string(*boundary);
    const std::size_t end = body.rfind(dashed + "--");
    if (end == std::string_view::npos) return;
    std::string_view rest = body.substr(0, end);
    const std::string separator = dashed + "\r\n";
    while (!rest.empty()) {
        const std::size_t next = rest.find(separator);
        const std::string_view part = rest.substr(0, next);
        if (!part.empty()) add_part(part, out);
        if (next == std::string_view::npos) break;
        rest.remove_prefix(next + separator.size());
    }
}

std::optional<std::string_view> multipart_line_after(std::string_view body, std::string_view line, int count) {
    bool found = false;
    for (;;) {
        const std::size_t end = body.find("\r\n");
        const std::string_view current = body.substr(0, end);
        if (found && --count == 0) return current;
        if (!found && current == line) found = true;
        if (end == std::string_view::npos) break;
        body.remove_prefix(end + 2);
    }
    if (found) return std::string_view();
    return std::nullopt;
}

}  // namespace runsim::api

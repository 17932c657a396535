#include "api/http/http_message.hpp"
#include "base/text/text.hpp"

namespace runsim::api {

void append_head(std::string& out, const Response& response) {
    append_int(out, response.status);
    out += '\n';
    if (response.content_type == ContentType::json) out += "Content-Type: application/json\n";
    if (response.content_type == ContentType::html) out += "Content-Type: text/html; charset=UTF-8\n";
    if (response.content_type == ContentType::csv) out += "Content-Type: text/csv\n";
    if (response.content_type == ContentType::svg) out += "Content-Type: image/svg+xml\n";
    if (!response.file_name.empty()) out += "Content-Disposition: attachment; filename=" + response.file_name + "\n";
    if (response.cors) {
        out +=
            "Access-Control-Allow-Headers: *\n"
            "Access-Control-Allow-Methods: DELETE, GET, PATCH, POST, PUT, OPTIONS\n"
            "Access-Control-Allow-Origin: *\n";
    }
    out += '\n';
}

}  // namespace runsim::api

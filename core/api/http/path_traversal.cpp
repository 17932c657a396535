#include "api/http/path_traversal.hpp"

#include "base/text/text.hpp"

namespace runsim::api {

namespace {

// ^(?!.*(\.\.\/|\.\.\\)).*$ where `.` stops at the end of a line and `$` allows a line end at the end of the text.
bool is_safe(std::string_view text) {
    const std::size_t line_end = text.find('\n');
    if (line_end != std::string_view::npos && line_end + 1 != text.size()) return false;
    const std::string_view line = text.substr(0, line_end);
    return line.find("../") == std::string_view::npos && line.find("..\\") == std::string_view::npos;
}

}  // namespace

ResultOf<std::optional<std::string>> unsafe_text(std::string_view raw_path, const std::vector<Parameter>& arguments) {
    using Text = std::optional<std::string>;
    const bool path_is_safe =
        raw_path.find('%') == std::string_view::npos ? is_safe(raw_path) : is_safe(percent_decode(raw_path, false));
    if (!path_is_safe) return Text("Error: Invalid path (path traversal detected)");
    for (const Parameter& argument : arguments) {
        const std::string& value = argument.values.front();
        if (auto error = python_utf8_error(value)) return Failure(Exception{"UnicodeDecodeError", std::move(*error)});
        const bool safe = value.find('%') == std::string::npos ? is_safe(value) : is_safe(percent_decode(value, false));
        if (safe) continue;
        return Text("Error: Invalid parameter value for '" + argument.name + "' (path traversal detected)");
    }
    return Text();
}

}  // namespace runsim::api

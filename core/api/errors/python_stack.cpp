#include "api/errors/python_stack.hpp"

#include <cstdint>

#include "base/text/text.hpp"

namespace runsim::api {

namespace {

struct Frame {
    std::string_view file;
    std::int32_t line;
    std::string_view function;
};

constexpr std::string_view kBin = "/usr/local/bin/";
constexpr std::string_view kLib = "/usr/local/lib/python3.11/";

constexpr Frame kHandlerStack[] = {
    {"mage", 8, "<module>"},
    {"site-packages/typer/main.py", 309, "__call__"},
    {"site-packages/click/core.py", 1157, "__call__"},
    {"site-packages/typer/core.py", 723, "main"},
    {"site-packages/typer/core.py", 193, "_main"},
    {"site-packages/click/core.py", 1688, "invoke"},
    {"site-packages/click/core.py", 1434, "invoke"},
    {"site-packages/click/core.py", 783, "invoke"},
    {"site-packages/typer/main.py", 692, "wrapper"},
    {"site-packages/mage_ai/cli/main.py", 150, "start"},
    {"site-packages/mage_ai/server/server.py", 779, "start_server"},
    {"asyncio/runners.py", 190, "run"},
    {"asyncio/runners.py", 118, "run"},
    {"asyncio/base_events.py", 640, "run_until_complete"},
    {"asyncio/base_events.py", 607, "run_forever"},
    {"asyncio/base_events.py", 1922, "_run_once"},
    {"asyncio/events.py", 80, "_run"},
    {"site-packages/mage_ai/server/server.py", 700, "main"},
    {"site-packages/mage_ai/server/subscriber.py", 20, "get_messages"},
    {"site-packages/jupyter_client/utils.py", 27, "wrapped"},
    {"site-packages/nest_asyncio.py", 95, "run_until_complete"},
    {"site-packages/nest_asyncio.py", 133, "_run_once"},
    {"asyncio/events.py", 80, "_run"},
    {"asyncio/tasks.py", 277, "__step"},
    {"site-packages/tornado/web.py", 1797, "_execute"},
    {"site-packages/tornado/web.py", 1870, "_handle_request_exception"},
    {"site-packages/tornado/web.py", 1282, "send_error"},
    {"site-packages/mage_ai/server/api/base.py", 67, "write_error"},
};
static_assert(std::size(kHandlerStack) == 28);

// The frames above the failing statement, as far as all errors share them.
constexpr Frame kFailing[] = {
    {"site-packages/tornado/web.py", 1788, "_execute"},
    {"site-packages/mage_ai/api/views.py", 79, "execute_operation"},
};

std::string frame_text(const Frame& frame) {
    std::string text = "  File \"";
    text += frame.file.find('/') == std::string_view::npos ? kBin : kLib;
    text += frame.file;
    text += "\", line ";
    append_int(text, frame.line);
    text += ", in ";
    text += frame.function;
    text += "\n    ...\n";
    return text;
}

}  // namespace

const std::vector<std::string>& handler_stack() {
    static const std::vector<std::string> kTexts = [] {
        std::vector<std::string> texts;
        for (const Frame& frame : kHandlerStack) texts.push_back(frame_text(frame));
        return texts;
    }();
    return kTexts;
}

std::string traceback_of(const Exception& exception) {
    std::string text = "Traceback (most recent call last):\n";
    for (const Frame& frame : kFailing) text += frame_text(frame);
    text += exception.type;
    text += ": ";
    text += exception.text;
    text += '\n';
    return text;
}

}  // namespace runsim::api

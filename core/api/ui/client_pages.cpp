#include <algorithm>
#include <iterator>

#include "api/ui/handlers.hpp"
#include "base/text/text.hpp"
#include "json/write.hpp"

// The contents of pages of the user interface: the same for everybody, as long as no feature changes them.
namespace runsim::api {

namespace {

struct ClientPage {
    std::string_view uuid;
    std::string_view resource;
    std::string_view operation;
    std::string_view disabled;    // JSON
    std::string_view components;  // JSON
};

constexpr std::string_view kNoComponents = "[]";
constexpr std::string_view kOfNewSchedule =
    R"([{"category": "button", "components": [], "disabled": null, "enabled": false, "metadata": {}, "operation": "create", )"
    R"("parent": null, "resource": "pipeline_schedule", "uuid": "create_with_interactions_component", "version": 1}, )"
    R"({"category": "form", "components": [], "disabled": null, "enabled": null, "metadata": {}, "operation": "update", )"
    R"("parent": null, "resource": "pipeline_schedule", "uuid": "pipeline_schedule:update:form", "version": 1}])";

constexpr ClientPage kPages[] = {
    {"pipeline_schedule:create", "pipeline_schedule", "create", "false", kOfNewSchedule},
    {"pipeline_schedule:list", "pipeline_schedule", "list", "null", kNoComponents},
    {"pipeline:detail", "pipeline", "detail", "null", kNoComponents},
    {"pipeline:list", "pipeline", "list", "null", kNoComponents},
};

void append_page(std::string& out, const ClientPage& page, bool detail) {
    json::Writer w(out);
    w.begin_object();
    w.raw_member("category", "null");
    w.raw_member("disabled", page.disabled);
    w.raw_member("enabled", "null");
    w.member("operation", page.operation);
    w.raw_member("parent", "null");
    w.member("resource", page.resource);
    w.member("uuid", page.uuid);
    w.raw_member("version", "1");
    if (detail) {
        w.raw_member("components", page.components);
        w.raw_member("metadata", "{}");
    }
    w.end_object();
}

}  // namespace

Outcome list_client_pages(Call&, std::string& out) {
    out += '[';
    for (const ClientPage& page : kPages) {
        if (&page != kPages) out += ", ";
        append_page(out, page, false);
    }
    out += ']';
    return Done{};
}

Outcome show_client_page(Call& call, std::string& out) {
    const std::string uuid = percent_decode(call.pk, false);
    const auto* page =
        std::find_if(std::begin(kPages), std::end(kPages), [&uuid](const ClientPage& p) { return p.uuid == uuid; });
    if (page == std::end(kPages)) return Failure(Exception{"KeyError", python_repr(uuid)});
    append_page(out, *page, call.format() == "detail");
    return Done{};
}

}  // namespace runsim::api

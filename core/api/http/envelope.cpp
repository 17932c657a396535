#include "api/http/envelope.hpp"

#include "api/errors/python_stack.hpp"
#include "json/write.hpp"

namespace runsim::api {

void write_api_error(Response& response, const ApiError& error, bool http_error_codes) {
    response.status = http_error_codes ? error.code : 200;
    response.content_type = ContentType::json;
    response.body.clear();
    json::Writer w(response.body);
    w.begin_object();
    w.key("error");
    w.begin_object();
    w.key("code");
    w.integer(error.code);
    w.key("message");
    w.string(error.message);
    w.key("type");
    w.string(error.type);
    if (!error.errors.empty()) {
        w.key("errors");
        w.raw(error.errors);
    }
    w.end_object();
    w.key("status");
    w.integer(response.status);
    w.end_object();
}

void write_exception(Response& response, const Exception& exception, const UrlParameters& parameters) {
    response.status = 200;
    response.content_type = ContentType::json;
    response.body.clear();
    json::Writer w(response.body);
    w.begin_object();
    w.key("error");
    w.begin_object();
    w.key("code");
    w.integer(500);
    w.key("errors");
    w.begin_array();
    for (const std::string& frame : handler_stack()) w.string(frame);
    w.end_array();
    w.key("exception");
    w.string(exception.text);
    w.key("message");
    w.string(traceback_of(exception));
    w.end_object();
    w.key("url_parameters");
    w.begin_object();
    for (const UrlParameter& parameter : parameters) {
        w.key(parameter.name);
        w.string(parameter.value);
    }
    w.end_object();
    w.end_object();
}

void write_as_exception(Response& response, const Failure& failure, const UrlParameters& parameters) {
    if (const auto* error = std::get_if<ApiError>(&failure)) {
        write_exception(response, Exception{"mage_ai.api.errors.ApiError", error->python_text()}, parameters);
    } else {
        write_exception(response, std::get<Exception>(failure), parameters);
    }
}

}  // namespace runsim::api

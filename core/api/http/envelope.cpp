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
    w.begin_object("error");
    w.member("code", error.code);
    w.member("message", error.message);
    w.member("type", error.type);
    if (!error.errors.empty()) w.raw_member("errors", error.errors);
    w.end_object();
    w.member("status", response.status);
    w.end_object();
}

Response refuse(const Error& error) {
    Response response;
    const int status = error.kind == ErrorKind::too_large ? 413 : 400;
    write_api_error(response, {status, "record_invalid", error.message, ""}, true);
    return response;
}

void write_exception(Response& response, const Exception& exception, UrlParameters parameters) {
    response.status = 200;
    response.content_type = ContentType::json;
    response.body.clear();
    json::Writer w(response.body);
    w.begin_object();
    w.begin_object("error");
    w.member("code", 500);
    w.begin_array("errors");
    for (const std::string& frame : handler_stack()) w.string(frame);
    w.end_array();
    w.member("exception", exception.text);
    w.member("message", traceback_of(exception));
    w.end_object();
    w.begin_object("url_parameters");
    for (const UrlParameter& parameter : parameters) w.member(parameter.name, parameter.value);
    w.end_object();
    w.end_object();
}

void write_as_exception(Response& response, const Failure& failure, UrlParameters parameters) {
    if (const auto* error = std::get_if<ApiError>(&failure)) {
        write_exception(response, Exception{"mage_ai.api.errors.ApiError", error->python_text()}, parameters);
    } else {
        write_exception(response, std::get<Exception>(failure), parameters);
    }
}

}  // namespace runsim::api

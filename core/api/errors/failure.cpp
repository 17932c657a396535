#include "api/errors/failure.hpp"

#include "base/text/text.hpp"

namespace runsim::api {

std::string ApiError::python_text() const {
    std::string out = "{'code': ";
    append_int(out, code);
    out += ", 'message': ";
    out += python_repr(message);
    out += ", 'type': ";
    out += python_repr(type);
    out += '}';
    return out;
}

Failure not_found() { return ApiError{404, "record_not_found", "Record not found.", ""}; }

Failure invalid(std::string message) { return ApiError{400, "record_invalid", std::move(message), ""}; }

Failure disabled(std::string_view action, std::string_view plural) {
    std::string message = "The ";
    message += action;
    message += " action is disabled for ";
    message += plural;
    message += '.';
    return ApiError{403, "unauthorized_access", std::move(message), ""};
}

Failure value_error(std::string text) { return Exception{"ValueError", std::move(text)}; }
Failure type_error(std::string text) { return Exception{"TypeError", std::move(text)}; }
Failure attribute_error(std::string text) { return Exception{"AttributeError", std::move(text)}; }
Failure index_error(std::string text) { return Exception{"IndexError", std::move(text)}; }
Failure lookup_error(std::string text) { return Exception{"LookupError", std::move(text)}; }
Failure plain_exception(std::string text) { return Exception{"Exception", std::move(text)}; }

Failure no_attribute(std::string_view type, std::string_view name) {
    std::string text = "'";
    text += type;
    text += "' object has no attribute '";
    text += name;
    text += '\'';
    return attribute_error(std::move(text));
}

Failure no_pipeline(std::string_view uuid, const Project& project) {
    return plain_exception(project.missing_pipeline(uuid));
}

Failure not_an_int(std::string_view text) {
    return value_error("invalid literal for int() with base 10: " + python_repr(text));
}

Failure python_failure(const Error& error) {
    if (error.kind == ErrorKind::no_attribute) return attribute_error(error.message);
    if (error.kind == ErrorKind::wrong_type) return type_error(error.message);
    return plain_exception(error.message);
}

}  // namespace runsim::api

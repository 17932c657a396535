#include "json/write.hpp"

#include <cmath>

#include "base/text/text.hpp"

namespace runsim::json {
namespace {

void append_python_float(std::string& out, double value) {
    if (std::isnan(value)) {
        out.append("nan");
    } else if (std::isinf(value)) {
        out.append(value < 0 ? "-inf" : "inf");
    } else {
        append_double(out, value);
    }
}

// The words in which JSON and Python's repr differ; everything else is written in the same way.
struct JsonWords {
    static constexpr std::string_view kNull = "null", kTrue = "true", kFalse = "false";
    static void text(std::string& out, std::string_view text) { append_string(out, text); }
    static void real(std::string& out, double value) { append_double(out, value); }
};

struct PythonWords {
    static constexpr std::string_view kNull = "None", kTrue = "True", kFalse = "False";
    static void text(std::string& out, std::string_view text) { out.append(runsim::python_repr(text)); }
    static void real(std::string& out, double value) { append_python_float(out, value); }
};

template <class Words>
void append_as(std::string& out, const Value& value) {
    if (const bool* boolean = value.boolean()) {
        out.append(*boolean ? Words::kTrue : Words::kFalse);
    } else if (const std::int64_t* integer = value.integer()) {
        append_int(out, *integer);
    } else if (const BigInteger* big = value.big_integer()) {
        out.append(big->digits);
    } else if (const double* real = value.real()) {
        Words::real(out, *real);
    } else if (const std::string* text = value.string()) {
        Words::text(out, *text);
    } else if (const Array* array = value.array()) {
        out.push_back('[');
        for (const Value& element : *array) {
            if (&element != array->data()) out.append(", ");
            append_as<Words>(out, element);
        }
        out.push_back(']');
    } else if (const Object* object = value.object()) {
        out.push_back('{');
        for (const Member& member : *object) {
            if (&member != object->begin()) out.append(", ");
            Words::text(out, member.key);
            out.append(": ");
            append_as<Words>(out, member.value);
        }
        out.push_back('}');
    } else {
        out.append(Words::kNull);
    }
}

}  // namespace

void append(std::string& out, const Value& value) { append_as<JsonWords>(out, value); }

std::string to_text(const Value& value) {
    static constexpr std::size_t kUsualText = 128;
    std::string out;
    out.reserve(kUsualText);
    append(out, value);
    return out;
}

std::string python_repr(const Value& value) {
    std::string out;
    append_as<PythonWords>(out, value);
    return out;
}

}  // namespace runsim::json

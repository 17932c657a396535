#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include "base/assert.hpp"

namespace runsim {

// What a caller may need to know about an error. The message is for people; code never compares it.
enum class ErrorKind : std::uint8_t {
    invalid,       // none of the others
    malformed,     // the text does not have the expected form at all
    too_large,     // larger than a limit allows
    too_deep,      // nested deeper than a limit allows
    no_attribute,  // Python raises an AttributeError
    wrong_type,    // Python raises a TypeError
};

// An expected failure. The message is for the person who caused it: it names the field and the value.
struct Error {
    std::string message;
    ErrorKind kind = ErrorKind::invalid;
    friend bool operator==(const Error&, const Error&) = default;
};

// A value, or why there is none. Reading the side that is not there is a bug.
template <class T, class E = Error>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit on purpose
    Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit on purpose

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    const T& value() const& { return checked(*this); }
    T& value() & { return checked(*this); }
    T&& value() && { return std::move(checked(*this)); }
    const T& operator*() const { return value(); }
    T& operator*() { return value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    const E& error() const {
        RUNSIM_ASSERT(!ok(), "error() of a Result that holds a value");
        return *std::get_if<1>(&state_);
    }

private:
    template <class Self>
    static auto& checked(Self& self) {
        RUNSIM_ASSERT(self.ok(), "value() of a Result that holds an error");
        return *std::get_if<0>(&self.state_);
    }
    std::variant<T, E> state_;
};

struct Done {
    friend bool operator==(Done, Done) = default;
};
// Success without a value, or an error.
using Outcome = Result<Done>;

}  // namespace runsim

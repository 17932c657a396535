#pragma once

#include <string>
#include <utility>
#include <variant>

#include "base/assert.hpp"

namespace runsim {

// An expected failure, in words for the person who caused it: they name the field and the value.
struct Error {
    std::string message;
    friend bool operator==(const Error&, const Error&) = default;
};

// A value, or why there is none. Asking for the side that is not there is a bug.
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
// Success without a value, or why not.
using Outcome = Result<Done>;

}  // namespace runsim

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "json/value.hpp"

namespace runsim::json {

// Reads the words of a JSON text as CPython's own scanner does. Each function reads on from `at()`. Once one returns
// false, the scanner holds the error and must not be used any more.
class PythonScanner {
public:
    // `text` is valid UTF-8 and outlives the scanner.
    explicit PythonScanner(std::string_view text) : text_(text) {}

    // The next byte, or NUL at the end (a NUL in the text is not valid JSON either).
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool at_end() const { return at_ == text_.size(); }
    void skip(std::size_t bytes) { at_ += bytes; }
    void skip_space() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) {
            ++at_;
        }
    }
    // Skips `word` if it comes next.
    bool take(std::string_view word) {
        if (!text_.substr(at_).starts_with(word)) return false;
        at_ += word.size();
        return true;
    }

    // A text. The opening quote comes next.
    bool string(std::string& out);
    // Anything but a text, a list or an object.
    bool scalar(Value& out);

    // Fails at this place, or at `byte`, with "<message>: line 1 column 5 (char 4)". Returns false.
    bool fail(std::string_view message) { return fail(message, at_); }
    bool fail(std::string_view message, std::size_t byte);
    // Fails with an error that has no position.
    bool fail_without_place(Error error);
    const Error& error() const { return *error_; }

private:
    bool number(Value& out);
    bool escape(std::string& out, std::size_t opening_quote);
    bool unicode_escape(std::string& out);
    bool hex_unit(std::size_t letter_u, char32_t& unit);

    std::string_view text_;
    std::size_t at_ = 0;
    std::optional<Error> error_;
};

}  // namespace runsim::json

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"

namespace runsim {

// A place in a project, in the words of the person who wrote it: a file, a part of it, a path of keys.
//
//   Place("runsim.json").key("history").key("calls").item(0)             runsim.json: history.calls[0]
//   Place("pipelines/x/metadata.yaml").part("block \"load\"").key("timeout")
//                                                       pipelines/x/metadata.yaml: block "load": timeout
class Place {
public:
    explicit Place(std::string file) : text_(std::move(file)) {}

    Place part(std::string_view words) const;
    Place key(std::string_view key) const;
    Place quoted_key(std::string_view key) const;  // for keys that are the project's own names: blocks."slow/*"
    Place item(std::size_t index) const;
    const std::string& text() const { return text_; }

private:
    std::string text_;
    bool in_keys_ = false;  // the last step was a key: the next one comes after a dot
};

// The mistakes of a project, one per line. All are collected, so that they can be fixed at once.
class Problems {
public:
    void add(const Place& place, std::string_view complaint);
    bool empty() const { return lines_.empty(); }
    std::size_t size() const { return lines_.size(); }
    // Returns all lines; after kMostLines only the number of further ones.
    std::string text() const;

    static constexpr std::size_t kMostLines = 100;

private:
    std::vector<std::string> lines_;
};

// Puts a text on one line: names in a project may contain anything.
std::string single_line(std::string_view text);
// Returns a value for a message: its JSON text, shortened if it is long.
std::string shown(const json::Value& value);
std::string quoted(std::string_view text);

}  // namespace runsim

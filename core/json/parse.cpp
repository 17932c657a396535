#include "json/parse.hpp"

#include <vector>

#include "base/text/text.hpp"
#include "json/key_index.hpp"
#include "json/python_scanner.hpp"

namespace runsim::json {
namespace {

constexpr char kByteOrderMark[] = "\xef\xbb\xbf";

// Keeps its own stack: the depth of a text costs memory, not the machine's stack.
class Parser {
public:
    explicit Parser(std::string_view text) : scanner_(text) {}

    Result<Value> run() {
        Value root;
        scanner_.skip_space();
        if (!read(root)) return scanner_.error();
        scanner_.skip_space();
        if (!scanner_.at_end()) {
            scanner_.fail("Extra data");
            return scanner_.error();
        }
        return root;
    }

private:
    // An open list or object. It is stored in its parent, which does not grow meanwhile.
    struct Open {
        Value* container;
        KeyIndex keys;
    };

    bool read(Value& root) {
        next_ = &root;
        for (;;) {
            if (next_ == nullptr) {
                if (open_.empty()) return true;
                if (!after_element()) return false;
            } else if (!value(*next_)) {
                return false;
            }
        }
    }

    // Reads the value that belongs in `slot`. For a list or object that is not empty, reads up to its first value.
    bool value(Value& slot) {
        next_ = nullptr;
        switch (scanner_.peek()) {
            case '"': slot = std::string(); return scanner_.string(*slot.string());
            case '[': return begin(slot, Array(), "array") && first_element();
            case '{': return begin(slot, Object(), "object") && first_member();
            default: return scanner_.scalar(slot);
        }
    }

    bool begin(Value& slot, Value empty, std::string_view kind) {
        if (open_.size() == kMaxDepth) {
            std::string message = "maximum recursion depth exceeded while decoding a JSON ";
            message += kind;
            message += " from a unicode string";
            return scanner_.fail_without_place(Error{std::move(message), ErrorKind::too_deep});
        }
        slot = std::move(empty);
        open_.push_back({&slot, {}});
        scanner_.skip(1);
        scanner_.skip_space();
        return true;
    }

    bool first_element() {
        if (close(']')) return true;
        next_ = &open_.back().container->array()->emplace_back();
        return true;
    }

    bool first_member() { return close('}') || key(); }

    bool close(char bracket) {
        if (scanner_.peek() != bracket) return false;
        scanner_.skip(1);
        open_.pop_back();
        return true;
    }

    bool after_element() {
        Array* const array = open_.back().container->array();
        scanner_.skip_space();
        if (close(array ? ']' : '}')) return true;
        if (scanner_.peek() != ',') return scanner_.fail("Expecting ',' delimiter");
        scanner_.skip(1);
        scanner_.skip_space();
        if (!array) return key();
        next_ = &array->emplace_back();
        return true;
    }

    // A key and its colon.
    bool key() {
        if (scanner_.peek() != '"') return scanner_.fail("Expecting property name enclosed in double quotes");
        std::string key;
        if (!scanner_.string(key)) return false;
        scanner_.skip_space();
        if (scanner_.peek() != ':') return scanner_.fail("Expecting ':' delimiter");
        scanner_.skip(1);
        scanner_.skip_space();
        Open& open = open_.back();
        next_ = &open.keys.slot(*open.container->object(), std::move(key));
        return true;
    }

    PythonScanner scanner_;
    std::vector<Open> open_;
    Value* next_ = nullptr;  // where the next value belongs; nullptr after an element
};

}  // namespace

Result<Value> parse(std::string_view text) {
    if (auto error = python_utf8_error(text)) return Error{std::move(*error)};
    if (text.starts_with(kByteOrderMark)) {
        return Error{"Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)"};
    }
    return Parser(text).run();
}

}  // namespace runsim::json

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace runsim::json {

class Value;
struct Member;
using Array = std::vector<Value>;

// An integer beyond 64 bits: its digits as written, with its sign.
struct BigInteger {
    std::string digits;
    friend bool operator==(const BigInteger&, const BigInteger&) = default;
};

// Members in the order in which their keys first appeared, as in Python's dict.
class Object {
public:
    Object();
    Object(const Object&);
    Object(Object&&) noexcept;
    Object& operator=(const Object&);
    Object& operator=(Object&&) noexcept;
    ~Object();

    const Value* find(std::string_view key) const;
    Value* find(std::string_view key);
    bool contains(std::string_view key) const { return find(key) != nullptr; }
    // Returns the content of `key`, or nullptr if there is no such key or its value is of another kind.
    const bool* boolean(std::string_view key) const;
    const std::int64_t* integer(std::string_view key) const;
    const std::string* text(std::string_view key) const;
    const Array* array(std::string_view key) const;
    const Object* object(std::string_view key) const;
    // Returns the value of `key`, appended as null if it is new.
    Value& operator[](std::string_view key);
    // Sets `key`, in its place if it exists, else at the end.
    void set(std::string_view key, Value value);
    // Append without a search for the key. For callers that know it is new: the others are slow with many members.
    Value& append(std::string key);  // null
    Value& append(std::string key, Value value);
    void reserve(std::size_t members);
    bool erase(std::string_view key);

    std::size_t size() const;
    bool empty() const { return size() == 0; }
    const Member* begin() const;
    const Member* end() const;
    Member* begin();
    Member* end();
    // The same members in the same order; see python_equal for Python's ==.
    friend bool operator==(const Object& a, const Object& b);

private:
    std::vector<Member> members_;
};

// The values that Python's json.loads can give: null, booleans, integers of any length, floats (NaN and infinities
// too), texts, lists, dicts.
class Value {
public:
    Value() = default;  // null
    Value(std::nullptr_t) {}
    Value(bool value) : data_(value) {}
    Value(std::int64_t value) : data_(value) {}
    Value(int value) : data_(std::int64_t{value}) {}
    Value(BigInteger value) : data_(std::move(value)) {}
    Value(double value) : data_(value) {}
    Value(std::string value) : data_(std::move(value)) {}
    Value(std::string_view value) : data_(std::string(value)) {}
    Value(const char* value) : data_(std::string(value)) {}
    Value(Array value) : data_(std::move(value)) {}
    Value(Object value) : data_(std::move(value)) {}

    bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
    // Returns the content, or nullptr if it is of another kind.
    const bool* boolean() const { return std::get_if<bool>(&data_); }
    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data_); }
    const BigInteger* big_integer() const { return std::get_if<BigInteger>(&data_); }
    const double* real() const { return std::get_if<double>(&data_); }
    const std::string* string() const { return std::get_if<std::string>(&data_); }
    const Array* array() const { return std::get_if<Array>(&data_); }
    const Object* object() const { return std::get_if<Object>(&data_); }
    std::string* string() { return std::get_if<std::string>(&data_); }
    Array* array() { return std::get_if<Array>(&data_); }
    Object* object() { return std::get_if<Object>(&data_); }
    // Returns the value of `key` in an object, or nullptr if this is not an object or has no such key.
    const Value* find(std::string_view key) const;

    // Python's bool(value): null, false, 0, 0.0, "", [] and {} are false.
    bool truthy() const;
    // Python's type(value).__name__: NoneType, bool, int, float, str, list, dict.
    std::string_view python_type() const;

    // Exact equality: 1 is not 1.0, and the order of members counts.
    friend bool operator==(const Value& a, const Value& b);

private:
    std::variant<std::monostate, bool, std::int64_t, BigInteger, double, std::string, Array, Object> data_;
};

struct Member {
    std::string key;
    Value value;
    friend bool operator==(const Member& a, const Member& b) { return a.key == b.key && a.value == b.value; }
};

// Python's a == b: True, 1 and 1.0 are equal, and the order of members does not count.
bool python_equal(const Value& a, const Value& b);

inline std::size_t Object::size() const { return members_.size(); }
inline const Member* Object::begin() const { return members_.data(); }
inline const Member* Object::end() const { return members_.data() + members_.size(); }
inline Member* Object::begin() { return members_.data(); }
inline Member* Object::end() { return members_.data() + members_.size(); }

}  // namespace runsim::json

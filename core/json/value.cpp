#include "json/value.hpp"

#include <algorithm>

namespace runsim::json {

Object::Object() = default;
Object::Object(const Object&) = default;
Object::Object(Object&&) noexcept = default;
Object& Object::operator=(const Object&) = default;
Object& Object::operator=(Object&&) noexcept = default;
Object::~Object() = default;

const Value* Object::find(std::string_view key) const {
    for (const Member& member : members_) {
        if (member.key == key) return &member.value;
    }
    return nullptr;
}

Value* Object::find(std::string_view key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

Value& Object::operator[](std::string_view key) {
    if (Value* value = find(key)) return *value;
    return append(std::string(key));
}

namespace {

template <class T>
const T* content(const Value* value, const T* (Value::*of_kind)() const) {
    return value != nullptr ? (value->*of_kind)() : nullptr;
}

}  // namespace

const bool* Object::boolean(std::string_view key) const { return content<bool>(find(key), &Value::boolean); }
const std::int64_t* Object::integer(std::string_view key) const {
    return content<std::int64_t>(find(key), &Value::integer);
}
const std::string* Object::text(std::string_view key) const { return content<std::string>(find(key), &Value::string); }
const Array* Object::array(std::string_view key) const { return content<Array>(find(key), &Value::array); }
const Object* Object::object(std::string_view key) const { return content<Object>(find(key), &Value::object); }

void Object::set(std::string_view key, Value value) { (*this)[key] = std::move(value); }

Value& Object::append(std::string key) {
    static constexpr std::size_t kUsualMembers = 4;
    if (members_.capacity() == 0) members_.reserve(kUsualMembers);
    Member& member = members_.emplace_back();
    member.key = std::move(key);
    return member.value;
}

Value& Object::append(std::string key, Value value) { return append(std::move(key)) = std::move(value); }

void Object::reserve(std::size_t members) { members_.reserve(members); }

bool Object::erase(std::string_view key) {
    const auto at = std::find_if(members_.begin(), members_.end(), [key](const Member& m) { return m.key == key; });
    if (at == members_.end()) return false;
    members_.erase(at);
    return true;
}

bool operator==(const Object& a, const Object& b) { return a.members_ == b.members_; }

bool operator==(const Value& a, const Value& b) { return a.data_ == b.data_; }

const Value* Value::find(std::string_view key) const {
    const Object* members = object();
    return members != nullptr ? members->find(key) : nullptr;
}

bool Value::truthy() const {
    if (const bool* value = boolean()) return *value;
    if (const std::int64_t* value = integer()) return *value != 0;
    if (const double* value = real()) return *value != 0;
    if (const std::string* value = string()) return !value->empty();
    if (const Array* value = array()) return !value->empty();
    if (const Object* value = object()) return !value->empty();
    return !is_null();  // an integer beyond 64 bits is not 0
}

std::string_view Value::python_type() const {
    static constexpr std::string_view kNames[] = {"NoneType", "bool", "int", "int", "float", "str", "list", "dict"};
    return kNames[data_.index()];
}

}  // namespace runsim::json

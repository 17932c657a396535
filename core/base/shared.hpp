#pragma once

#include <cstdint>
#include <utility>

namespace runsim {

// Base of objects with several owners (see Shared). Counts without atomics: a value and its copies belong to one
// thread.
struct Counted {
    Counted() = default;
    Counted(const Counted&) {}  // a copy starts without owners
    Counted& operator=(const Counted&) { return *this; }

    std::uint32_t owners = 0;
};

// An owning pointer that copies share until one of them writes. Leaner than std::shared_ptr: one word, one allocation.
template <class T>
class Shared {
public:
    Shared() = default;
    explicit Shared(T* made) : object_(made) { retain(); }
    Shared(const Shared& other) : object_(other.object_) { retain(); }
    Shared(Shared&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    Shared& operator=(const Shared& other) {
        Shared copy(other);
        std::swap(object_, copy.object_);
        return *this;
    }
    Shared& operator=(Shared&& other) noexcept {
        Shared taken(std::move(other));
        std::swap(object_, taken.object_);
        return *this;
    }
    ~Shared() {
        if (object_ != nullptr && --object_->owners == 0) delete object_;
    }

    explicit operator bool() const { return object_ != nullptr; }
    const T& operator*() const { return *object_; }
    const T* operator->() const { return object_; }
    const T* get() const { return object_; }

    // Returns the object for writing: clones it if others share it, creates it if there is none.
    T& edit() {
        if (object_ == nullptr) *this = Shared(new T());
        if (object_->owners > 1) *this = Shared(new T(*object_));
        return *object_;
    }
    // Returns whether edit() would return the object without cloning it.
    bool is_alone() const { return object_ != nullptr && object_->owners == 1; }
    // Returns whether two owners hold the same object (so they are equal without a comparison).
    friend bool same(const Shared& a, const Shared& b) { return a.object_ == b.object_; }

private:
    void retain() {
        if (object_ != nullptr) ++object_->owners;
    }
    T* object_ = nullptr;
};

}  // namespace runsim

#include "json/floats/natural.hpp"

#include <algorithm>
#include <bit>

#include "base/assert.hpp"

namespace runsim::json {

Natural::Natural(std::uint64_t value) {
    for (; value != 0; value >>= 32) set(size_, static_cast<std::uint32_t>(value));
}

void Natural::set(std::size_t index, std::uint32_t word) {
    RUNSIM_ASSERT(index < kWords, "a number of at most 3840 bits");
    words_[index] = word;
    size_ = std::max(size_, index + 1);
}

void Natural::drop_zeros() {
    while (size_ > 0 && words_[size_ - 1] == 0) --size_;
}

int Natural::bit_width() const {
    if (size_ == 0) return 0;
    return static_cast<int>(32 * (size_ - 1)) + static_cast<int>(std::bit_width(words_[size_ - 1]));
}

void Natural::shift_left(int bits) {
    if (size_ == 0) return;
    const auto words = static_cast<std::size_t>(bits / 32);
    const int rest = bits % 32;
    const std::size_t old_size = size_;
    set(old_size + words, 0);
    for (std::size_t i = old_size; i-- > 0;) {
        const std::uint64_t wide = std::uint64_t{words_[i]} << rest;
        words_[i + words + 1] |= static_cast<std::uint32_t>(wide >> 32);
        words_[i + words] = static_cast<std::uint32_t>(wide);
    }
    std::fill_n(words_.begin(), words, 0u);
    drop_zeros();
}

void Natural::multiply(std::uint32_t factor) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < size_; ++i) {
        carry += std::uint64_t{words_[i]} * factor;
        words_[i] = static_cast<std::uint32_t>(carry);
        carry >>= 32;
    }
    if (carry != 0) set(size_, static_cast<std::uint32_t>(carry));
}

void Natural::multiply_by_power_of_ten(int exponent) {
    constexpr std::uint32_t kBillion = 1'000'000'000;
    for (; exponent >= 9; exponent -= 9) multiply(kBillion);
    for (; exponent > 0; --exponent) multiply(10);
}

void Natural::add(const Natural& other) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < std::max(size_, other.size_) || carry != 0; ++i) {
        if (i < size_) carry += words_[i];
        if (i < other.size_) carry += other.words_[i];
        set(i, static_cast<std::uint32_t>(carry));
        carry >>= 32;
    }
}

void Natural::subtract(const Natural& other) {
    std::int64_t borrow = 0;
    for (std::size_t i = 0; i < size_; ++i) {
        borrow += words_[i];
        if (i < other.size_) borrow -= other.words_[i];
        words_[i] = static_cast<std::uint32_t>(borrow);
        borrow >>= 32;
    }
    drop_zeros();
}

int compare(const Natural& a, const Natural& b) {
    if (a.size_ != b.size_) return a.size_ < b.size_ ? -1 : 1;
    for (std::size_t i = a.size_; i-- > 0;) {
        if (a.words_[i] != b.words_[i]) return a.words_[i] < b.words_[i] ? -1 : 1;
    }
    return 0;
}

int compare_sum(const Natural& a, const Natural& b, const Natural& c) {
    Natural sum = a;
    sum.add(b);
    return compare(sum, c);
}

}  // namespace runsim::json

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace runsim::json {

// A natural number of up to 3840 bits: enough for every double scaled to a whole number, and for every decimal of
// kMostDigits digits that is no further from 1 than a double can be.
class Natural {
public:
    explicit Natural(std::uint64_t value);
    Natural(const Natural& other) : size_(other.size_) { std::copy_n(other.words_.begin(), size_, words_.begin()); }
    Natural& operator=(const Natural&) = default;

    int bit_width() const;
    void shift_left(int bits);
    void multiply(std::uint32_t factor);
    void multiply_by_power_of_ten(int exponent);
    void add(const Natural& other);
    void subtract(const Natural& other);  // other <= *this
    // Returns a negative number, 0 or a positive number if a is less than, equal to or greater than b.
    friend int compare(const Natural& a, const Natural& b);
    friend int compare_sum(const Natural& a, const Natural& b, const Natural& c);  // a + b with c

private:
    static constexpr std::size_t kWords = 120;
    void set(std::size_t index, std::uint32_t word);
    void drop_zeros();

    std::array<std::uint32_t, kWords> words_;  // the lowest first; unused from size_ on
    std::size_t size_ = 0;                     // the top word is not 0
};

}  // namespace runsim::json

// memcpy for the module. Emscripten's own copies single bytes unless both ends have the same alignment, which texts
// rarely have, and calls JavaScript for more than 512 bytes. Wasm allows unaligned words, and has an instruction for
// long copies.
//
// Compiled separately (no LTO, no builtins). Otherwise the compiler would turn every short copy of the module into that
// instruction, which is a call in V8, and the loop below into a call of memcpy.
#include <cstddef>
#include <cstdint>

namespace {

template <class Word>
void copy_word(char* to, const char* from) {
    Word word;
    __builtin_memcpy(&word, from, sizeof word);
    __builtin_memcpy(to, &word, sizeof word);
}

constexpr std::size_t kLong = 256;  // from here on the instruction is faster

}  // namespace

extern "C" void* memcpy(void* to, const void* from, std::size_t size) {
    auto* at = static_cast<char*>(to);
    auto* source = static_cast<const char*>(from);
    if (size >= kLong) return __builtin_memcpy(to, from, size);
    if (size >= 8) {
        // The last word may copy some bytes a second time.
        char* const last = at + size - 8;
        const char* const last_source = source + size - 8;
        for (; at < last; at += 8, source += 8) copy_word<std::uint64_t>(at, source);
        copy_word<std::uint64_t>(last, last_source);
    } else if (size >= 4) {
        copy_word<std::uint32_t>(at, source);
        copy_word<std::uint32_t>(at + size - 4, source + size - 4);
    } else {
        for (std::size_t i = 0; i < size; ++i) at[i] = source[i];
    }
    return to;
}

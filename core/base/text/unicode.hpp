#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace runsim {

// The characters of a text, as Python's str sees them. Texts are UTF-8; a lone surrogate has its three-byte form.

// The character that begins at `at`, which is moved behind it. at < text.size(). A byte that begins none gives
// kNoCharacter.
inline constexpr char32_t kNoCharacter = 0xffffffff;
char32_t next_character(std::string_view text, std::size_t& at);
void append_character(std::string& out, char32_t character);
// How many characters begin in `text`: Python's len(text) where `text` is whole.
std::size_t character_count(std::string_view text);

// str.isspace, str.isprintable and the value of a decimal digit of any script (-1 for others), as Unicode 14 has them.
bool is_space(char32_t character);
bool is_printable(char32_t character);
int decimal_digit(char32_t character);

}  // namespace runsim

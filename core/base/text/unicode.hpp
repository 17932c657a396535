#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace runsim {

// The characters of a text, as Python's str sees them. Texts are UTF-8; a lone surrogate has its three-byte form.

// Returns the character that begins at `at`, and moves `at` past it. at < text.size(). Returns kNoCharacter for a byte
// that does not begin a character.
inline constexpr char32_t kNoCharacter = 0xffffffff;
char32_t next_character(std::string_view text, std::size_t& at);
void append_character(std::string& out, char32_t character);
// Returns how many characters begin in `text`: Python's len(text) if `text` is valid.
std::size_t character_count(std::string_view text);

// str.isspace, str.isprintable and the value of a decimal digit of any script (-1 for others), as in Unicode 14.
bool is_space(char32_t character);
bool is_printable(char32_t character);
int decimal_digit(char32_t character);

}  // namespace runsim

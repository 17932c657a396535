#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/archive.hpp"
#include "base/shared.hpp"

namespace runsim {

// A text shared by many rows (pipeline uuid, block uuid, executor type), as a number. 0 is the empty text.
struct Symbol {
    std::uint32_t value = 0;
    friend constexpr auto operator<=>(Symbol, Symbol) = default;
};

template <>
inline constexpr bool kIsWord<Symbol> = true;
constexpr std::uint64_t word_of(Symbol symbol) { return symbol.value; }

// The texts of all symbols, numbered in order of first use. Copies share the texts until one of them adds a text.
class SymbolTable {
public:
    SymbolTable();  // contains the empty text
    Symbol intern(std::string_view text);
    std::optional<Symbol> find(std::string_view text) const;  // nullopt: no row has it
    std::string_view text(Symbol symbol) const;               // valid until the next intern()
    std::size_t size() const;

    // Same texts with the same numbers.
    friend bool operator==(const SymbolTable& a, const SymbolTable& b);

    template <class A>
    friend void archive(A& a, SymbolTable& table) {
        if constexpr (A::kLoading) {
            std::vector<std::string> texts;
            a(texts);
            table = SymbolTable();
            for (const auto& text : texts) table.intern(text);
            if (table.size() != texts.size() || !texts.front().empty())
                a.fail();  // a duplicate text, or no empty text first
        } else {
            a(table.texts_->by_number);
        }
    }

private:
    struct Texts : Counted {
        std::vector<std::string> by_number;
        std::vector<std::uint32_t> sorted;  // numbers, by text
    };
    std::size_t place_of(std::string_view text) const;  // its place in `sorted`, or where it belongs

    Shared<Texts> texts_;
};

}  // namespace runsim

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

// A text that many rows carry (pipeline uuid, block uuid, executor type), as a number. 0 is the empty text.
struct Symbol {
    std::uint32_t value = 0;
    friend constexpr auto operator<=>(Symbol, Symbol) = default;
};

// The texts of all symbols, numbered in the order in which they first came. Copies share the texts until one adds to
// them.
class SymbolTable {
public:
    SymbolTable();  // holds the empty text
    Symbol intern(std::string_view text);
    std::optional<Symbol> find(std::string_view text) const;  // none: no row can carry it
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
                a.fail();  // a text twice, or none to begin with
        } else {
            a(table.texts_->by_number);
        }
    }

private:
    struct Texts : Counted {
        std::vector<std::string> by_number;
        std::vector<std::uint32_t> sorted;  // numbers, by text
    };
    std::size_t place_of(std::string_view text) const;  // in `sorted`: where it is or belongs

    Shared<Texts> texts_;
};

}  // namespace runsim

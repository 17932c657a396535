#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/archive.hpp"

namespace runsim {

// A text that many rows carry (pipeline uuid, block uuid, executor type), as a number. 0 is the empty text.
struct Symbol {
    std::uint32_t value = 0;
    friend constexpr auto operator<=>(Symbol, Symbol) = default;
};

// The texts of all symbols, numbered in the order in which they first came. Copies share the texts until one adds to them.
class SymbolTable {
public:
    SymbolTable();
    Symbol intern(std::string_view text);
    std::optional<Symbol> find(std::string_view text) const;  // none: no row can carry it
    std::string_view text(Symbol symbol) const;               // valid until the next intern()
    std::size_t size() const;

    template <class A>
    friend void archive(A& a, SymbolTable& table) {
        if constexpr (A::kLoading) {
            std::vector<std::string> texts;
            a(texts);
            table = SymbolTable();
            for (const auto& text : texts) table.intern(text);
        } else {
            std::vector<std::string> texts = table.all();
            a(texts);
        }
    }

private:
    std::vector<std::string> all() const;
    struct Texts;
    std::shared_ptr<const Texts> texts_;
};

}  // namespace runsim

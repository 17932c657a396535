#include "model/symbol.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace runsim {

SymbolTable::SymbolTable() { intern(""); }

std::size_t SymbolTable::place_of(std::string_view text) const {
    const auto before = [this](std::uint32_t number, std::string_view wanted) {
        return std::string_view(texts_->by_number[number]) < wanted;
    };
    const std::vector<std::uint32_t>& sorted = texts_->sorted;
    return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), text, before) - sorted.begin());
}

std::optional<Symbol> SymbolTable::find(std::string_view text) const {
    const std::size_t place = place_of(text);
    if (place == texts_->sorted.size()) return std::nullopt;
    const std::uint32_t number = texts_->sorted[place];
    if (texts_->by_number[number] != text) return std::nullopt;
    return Symbol{number};
}

Symbol SymbolTable::intern(std::string_view text) {
    if (texts_)
        if (const auto known = find(text)) return *known;
    Texts& texts = texts_.edit();
    const auto number = static_cast<std::uint32_t>(texts.by_number.size());
    texts.sorted.insert(texts.sorted.begin() + static_cast<std::ptrdiff_t>(place_of(text)), number);
    texts.by_number.emplace_back(text);
    return Symbol{number};
}

std::string_view SymbolTable::text(Symbol symbol) const {
    RUNSIM_ASSERT(symbol.value < size(), "a symbol comes from this table");
    return texts_->by_number[symbol.value];
}

std::size_t SymbolTable::size() const { return texts_->by_number.size(); }

bool operator==(const SymbolTable& a, const SymbolTable& b) {
    return same(a.texts_, b.texts_) || a.texts_->by_number == b.texts_->by_number;
}

}  // namespace runsim

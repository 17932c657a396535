#include <cstring>

#include "base/text/text.hpp"

namespace runsim {
namespace {

// An undecodable sequence: `size` bytes at `position`, and Python's word for the fault.
struct Fault {
    std::size_t position;
    std::size_t size;
    std::string_view reason;
};

// Returns the position of the first byte beyond ASCII at or after `at`.
std::size_t skip_ascii(std::string_view text, std::size_t at) {
    std::uint64_t eight = 0;
    for (; text.size() - at >= sizeof eight; at += sizeof eight) {
        std::memcpy(&eight, text.data() + at, sizeof eight);
        if ((eight & 0x8080808080808080) != 0) break;
    }
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
    return at;
}

std::optional<Fault> first_fault(std::string_view text) {
    for (std::size_t at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at)) {
        const auto lead = static_cast<unsigned char>(text[at]);
        if (lead < 0xc2 || lead > 0xf4) return Fault{at, 1, "invalid start byte"};
        const std::size_t more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
        // The byte after the lead must not encode an overlong form, a surrogate, or a value beyond U+10FFFF.
        unsigned char low = 0x80;
        unsigned char high = 0xbf;
        if (lead == 0xe0) low = 0xa0;
        if (lead == 0xed) high = 0x9f;
        if (lead == 0xf0) low = 0x90;
        if (lead == 0xf4) high = 0x8f;
        for (std::size_t i = 1; i <= more; ++i, low = 0x80, high = 0xbf) {
            if (at + i == text.size()) return Fault{at, i, "unexpected end of data"};
            const auto byte = static_cast<unsigned char>(text[at + i]);
            if (byte < low || byte > high) return Fault{at, i, "invalid continuation byte"};
        }
        at += more + 1;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
    const auto fault = first_fault(text);
    return fault ? std::optional(fault->position) : std::nullopt;
}

std::optional<std::string> python_utf8_error(std::string_view text) {
    const auto fault = first_fault(text);
    if (!fault) return std::nullopt;
    std::string out = "'utf-8' codec can't decode byte";
    if (fault->size == 1) {
        append_hex(out += " 0x", static_cast<unsigned char>(text[fault->position]), 2);
    } else {
        out.push_back('s');
    }
    out += " in position ";
    append_int(out, static_cast<std::int64_t>(fault->position));
    if (fault->size > 1) {
        out.push_back('-');
        append_int(out, static_cast<std::int64_t>(fault->position + fault->size - 1));
    }
    out += ": ";
    out += fault->reason;
    return out;
}

}  // namespace runsim

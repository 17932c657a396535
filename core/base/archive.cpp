#include "base/archive.hpp"

namespace runsim {
namespace {

constexpr std::size_t kWordBytes = 8;

std::uint64_t load_word(const char* bytes, std::size_t count) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < count; ++i) word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    return word;
}

}  // namespace

void ArchiveWriter::append(std::uint64_t value) {
    std::array<char, kWordBytes> bytes;
    for (std::size_t i = 0; i < kWordBytes; ++i) bytes[i] = static_cast<char>((value >> (8 * i)) & 0xff);
    out_.append(bytes.data(), bytes.size());
}

void ArchiveWriter::words(const std::uint64_t* values, std::size_t count) {
    if (!keeps_hash_) {
        for (std::size_t i = 0; i < count; ++i) append(values[i]);
        return;
    }
    std::uint64_t hash = hash_;  // in a register
    for (std::size_t i = 0; i < count; ++i) hash = mixed(hash, values[i]);
    hash_ = hash;
}

void ArchiveWriter::bytes(std::string_view text) {
    std::uint64_t size = text.size();
    u64(size);
    if (!keeps_hash_) {
        out_.append(text);
        return;
    }
    std::size_t at = 0;
    for (; at + kWordBytes <= text.size(); at += kWordBytes)
        hash_ = mixed(hash_, load_word(text.data() + at, kWordBytes));
    if (at < text.size()) hash_ = mixed(hash_, load_word(text.data() + at, text.size() - at));
}

void ArchiveReader::u64(std::uint64_t& value) {
    value = 0;
    if (in_.size() < kWordBytes) {
        fail();
        return;
    }
    value = load_word(in_.data(), kWordBytes);
    in_.remove_prefix(kWordBytes);
}

void ArchiveReader::bytes(std::string& text) {
    text.clear();
    std::uint64_t size = 0;
    u64(size);
    if (size > in_.size()) {
        fail();
        return;
    }
    text.assign(in_.substr(0, static_cast<std::size_t>(size)));
    in_.remove_prefix(static_cast<std::size_t>(size));
}

}  // namespace runsim

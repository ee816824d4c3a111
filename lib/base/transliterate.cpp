#include "lib/base/transliterate.hpp"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

namespace paperclub {
namespace {

constexpr int32_t kMaxUnits = 300;  // of UTF-16; an id is far shorter

// Null where the system's ICU has no data for it.
const icu::Transliterator* transliterator() {
  static const std::unique_ptr<icu::Transliterator> instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
        icu::UnicodeString("Any-Latin; Latin-ASCII"), UTRANS_FORWARD, status));
    if (U_FAILURE(status) != 0) made.reset();
    return made;
  }();
  return instance.get();
}

}  // namespace

std::string in_ascii_letters(std::string_view text) {
  const bool is_ascii = std::all_of(text.begin(), text.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  const icu::Transliterator* rules = is_ascii ? nullptr : transliterator();
  if (rules == nullptr) return std::string(text);
  const auto bytes = static_cast<int32_t>(std::min<std::size_t>(text.size(), kMaxUnits * 4));
  icu::UnicodeString units = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), bytes));
  units.truncate(kMaxUnits);
  rules->transliterate(units);
  std::string out;
  units.toUTF8String(out);
  return out;
}

}  // namespace paperclub

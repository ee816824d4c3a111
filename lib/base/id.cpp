#include "lib/base/id.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/base/transliterate.hpp"

namespace paperclub {
namespace {

bool is_id_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool is_device_name(std::string_view text) {
  constexpr std::array<std::string_view, 4> kPlain = {"con", "prn", "aux", "nul"};
  if (std::find(kPlain.begin(), kPlain.end(), text) != kPlain.end()) return true;
  const bool port = text.substr(0, 3) == "com" || text.substr(0, 3) == "lpt";
  return port && text.size() == 4 && text[3] >= '1' && text[3] <= '9';
}

}  // namespace

std::optional<std::string> id_problem(std::string_view text) {
  if (text.empty()) return "it is empty";
  if (text.size() > kMaxIdBytes) return "it is longer than 100 bytes";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_id_character(text[i])) continue;
    if (text[i] != '-') return "it may hold only a-z, 0-9 and single hyphens";
    const bool at_end = i == 0 || i + 1 == text.size();
    if (at_end || text[i - 1] == '-')
      return "a hyphen may stand only between two letters or digits";
  }
  if (is_device_name(text)) return "Windows keeps that name for a device";
  return std::nullopt;
}

void require_id(std::string_view text) {
  const auto problem = id_problem(text);
  if (!problem) return;
  const std::string better = suggest_id(text);
  throw Error{ErrorKind::usage, fmt::format("{} cannot be an id: {}", quote(text), *problem)}.hint(
      better.empty() ? "write it with a-z, 0-9 and hyphens" : fmt::format("such as {}", better));
}

std::string suggest_id(std::string_view text) {
  std::string out;
  for (const std::string& word : words_of(in_ascii_letters(text))) {
    std::string kept;
    std::copy_if(word.begin(), word.end(), std::back_inserter(kept), is_id_character);
    if (kept.empty()) continue;
    const std::size_t hyphen = out.empty() ? 0 : 1;
    if (out.size() + kept.size() + hyphen > kMaxIdBytes) break;
    if (!out.empty()) out += '-';
    out += kept;
  }
  return id_problem(out) ? std::string() : out;
}

}  // namespace paperclub

#include "lib/yaml/scalar.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "lib/base/date.hpp"

namespace paperclub::yaml {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <std::size_t N>
bool is_any(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// Consumes digits and tells whether there were any.
bool take_digits(std::string_view& text) {
  const std::size_t before = text.size();
  while (!text.empty() && is_digit(text.front()))
    text.remove_prefix(1);
  return text.size() < before;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == any_of.npos) return false;
  text.remove_prefix(1);
  return true;
}

// JSON's grammar of numbers.
ScalarType json_number(std::string_view text) {
  take(text, "-");
  const bool leading_zero = text.starts_with('0');
  const std::size_t digits = text.size();
  if (!take_digits(text)) return ScalarType::string;
  if (leading_zero && digits - text.size() > 1) return ScalarType::string;
  if (text.empty()) return ScalarType::integer;
  if (take(text, ".") && !take_digits(text)) return ScalarType::string;
  if (take(text, "eE")) {
    take(text, "+-");
    if (!take_digits(text)) return ScalarType::string;
  }
  return text.empty() ? ScalarType::number : ScalarType::string;
}

bool all_of(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == text.npos;
}

// 0x1F, 0o17, 0b101, 017, 1_000: integers of YAML 1.1 or 1.2.
bool is_other_integer(std::string_view text) {
  take(text, "+-");
  if (text.starts_with("0x")) return all_of(text.substr(2), "0123456789abcdefABCDEF_");
  if (text.starts_with("0o")) return all_of(text.substr(2), "01234567");
  if (text.starts_with("0b")) return all_of(text.substr(2), "01_");
  return !text.empty() && is_digit(text.front()) && all_of(text, "0123456789_");
}

// +1.5, .5, 1., 1_0.5e+3, .inf: floats of YAML 1.1 or 1.2.
bool is_other_float(std::string_view text) {
  take(text, "+-");
  constexpr std::array<std::string_view, 6> kNames = {".inf", ".Inf", ".INF",
                                                      ".nan", ".NaN", ".NAN"};
  if (is_any(text, kNames)) return true;
  const std::size_t exponent = std::min(text.find_first_of("eE"), text.size());
  const std::string_view digits = text.substr(0, exponent);
  std::string_view power = text.substr(exponent);
  if (!all_of(digits, "0123456789._") || std::count(digits.begin(), digits.end(), '.') > 1)
    return false;
  if (!std::any_of(digits.begin(), digits.end(), is_digit) || digits.front() == '_') return false;
  if (power.empty()) return digits.find('.') != digits.npos;
  power.remove_prefix(1);
  take(power, "+-");
  return all_of(power, "0123456789");
}

// 12:30:45 and 1:30.5, which YAML 1.1 counts in sixties.
bool is_sexagesimal(std::string_view text) {
  take(text, "+-");
  const std::size_t colon = text.find(':');
  if (colon == text.npos || !all_of(text, "0123456789:._")) return false;
  return is_digit(text.front()) && colon + 1 < text.size() && is_digit(text[colon + 1]) &&
         text.back() != ':';
}

// 2001-12-14 and what follows it in YAML 1.1's timestamps, single digits included; the calendar
// does not matter to readers.
bool is_date_shaped(std::string_view text) {
  const auto takes_digits = [&text](std::size_t least, std::size_t most) {
    const std::size_t before = text.size();
    return take_digits(text) && before - text.size() >= least && before - text.size() <= most;
  };
  if (!takes_digits(4, 4) || !take(text, "-") || !takes_digits(1, 2)) return false;
  if (!take(text, "-") || !takes_digits(1, 2)) return false;
  if (text.empty()) return true;
  return take(text, "Tt ") && all_of(text, "0123456789-+:. Zz");
}

bool is_other_boolean(std::string_view text) {
  constexpr std::array<std::string_view, 22> kWords = {
      "y",  "Y",  "yes", "Yes", "YES", "n",   "N",    "no",   "No",    "NO",    "true",
      "on", "On", "ON",  "off", "Off", "OFF", "True", "TRUE", "false", "False", "FALSE"};
  return is_any(text, kWords);
}

}  // namespace

ScalarType core_type(std::string_view text) {
  constexpr std::array<std::string_view, 3> kNull = {"", "~", "null"};
  if (is_any(text, kNull)) return ScalarType::null;
  if (text == "true" || text == "false") return ScalarType::boolean;
  return json_number(text);
}

ScalarType core_type(const Node& node) {
  return node.style() == ScalarStyle::plain ? core_type(node.text()) : ScalarType::string;
}

std::optional<long long> integer_value(std::string_view text) {
  long long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::string_view> other_reading(std::string_view text) {
  constexpr std::array<std::string_view, 5> kNull = {"", "~", "null", "Null", "NULL"};
  if (is_any(text, kNull)) return "nothing (null)";
  if (is_other_boolean(text)) return "a boolean";
  if (json_number(text) != ScalarType::string || is_other_integer(text) || is_other_float(text) ||
      is_sexagesimal(text)) {
    return "a number";
  }
  if (is_date_shaped(text)) return "a date";
  return std::nullopt;
}

}  // namespace paperclub::yaml

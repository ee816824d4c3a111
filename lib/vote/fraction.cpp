#include "lib/vote/fraction.hpp"

#include <algorithm>

namespace paperclub::vote {
namespace {

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Fraction fraction(unsigned long numerator, unsigned long denominator) {
  Fraction value(numerator, denominator);
  value.canonicalize();
  return value;
}

std::string text_of(const Fraction& value) { return value.get_str(); }

std::optional<Fraction> parse_fraction(std::string_view text) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string numerator(text.substr(0, slash));
  const std::string denominator(slash == text.size() ? "1" : text.substr(slash + 1));
  if (!is_number(numerator) || !is_number(denominator)) return std::nullopt;
  const mpz_class below(denominator, 10);
  if (below == 0) return std::nullopt;
  Fraction value(mpz_class(numerator, 10), below);
  value.canonicalize();
  return value;
}

}  // namespace paperclub::vote

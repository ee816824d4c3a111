// Exact numbers: what ballots weigh and what candidates have is compared as fractions, never as
// floating point, so that a tie is a tie.
#pragma once

#include <gmpxx.h>

#include <optional>
#include <string>
#include <string_view>

namespace paperclub::vote {

// A fraction in lowest terms, of any size.
using Fraction = mpq_class;

// Returns `numerator` over `denominator`, which is not 0.
Fraction fraction(unsigned long numerator, unsigned long denominator = 1);

// Returns "42" for a whole number, else "p/q" in lowest terms.
std::string text_of(const Fraction& value);

// Returns the fraction that "p/q" or "p" says, in digits alone; nothing where it says none.
std::optional<Fraction> parse_fraction(std::string_view text);

}  // namespace paperclub::vote

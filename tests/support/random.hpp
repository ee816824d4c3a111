// Generated input for property tests: the same in every run, so that a failure can be repeated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace paperclub::tests {

// A small generator of pseudo-random numbers (SplitMix64): equal seeds give equal sequences.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  // Returns 64 random bits.
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  // Returns a number below `bound`, which is above 0.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
  // Returns true once in `n` times.
  bool one_in(std::size_t n) { return below(n) == 0; }
  // Returns one of `choices`.
  template <typename T>
  const T& pick(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }
  // Returns up to `most` characters of `alphabet`.
  std::string text(std::string_view alphabet, std::size_t most) {
    std::string out;
    for (std::size_t i = below(most + 1); i > 0; --i)
      out += alphabet[below(alphabet.size())];
    return out;
  }

 private:
  std::uint64_t state_;
};

}  // namespace paperclub::tests

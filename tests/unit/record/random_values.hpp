// Random values that records are made of, with texts that are hard to write in YAML.
#pragma once

#include <string>
#include <vector>

#include "lib/record/common.hpp"
#include "tests/support/random.hpp"

namespace paperclub::tests {

// Makes values, each different from the one before; equal seeds make equal sequences.
class RandomValues {
 public:
  explicit RandomValues(std::uint64_t seed) : random_(seed) {}

 protected:
  bool maybe() { return random_.one_in(2); }
  long long number(long long least, long long most);

  // A text of 1 to `most` characters.
  std::string text(std::size_t most);
  std::string paragraph();
  std::string id();
  std::string url();
  std::string hex(std::size_t digits);
  std::string share();
  Date date();
  Moment moment();

  std::vector<std::string> different_texts(std::size_t most_characters);
  std::vector<std::string> different_ids(std::size_t least);
  std::vector<PaperId> paper_ids(std::size_t least);
  std::vector<record::Link> links();

  // Anything, as it is read: numbers, booleans and null plain, the rest text.
  yaml::Value extra_value(std::size_t depth);
  yaml::Members extra(std::size_t depth = 0);

  Random random_;
};

}  // namespace paperclub::tests

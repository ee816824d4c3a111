// Any bytes, taken for a signature, its text and a key: the answer is the same each time and safe
// to print, nothing is read beyond its end, and what is good is good for that text, key and
// namespace alone.  The input is a key's line, a line of the text, and the armour.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "lib/git/ssh_signature.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace paperclub;
using fuzz::require;

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kSpace = "ballot@paperclub";
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const std::string key(take_line(rest));
  const std::string text = std::string(take_line(rest)) + "\n";
  const auto problem = git::ssh_signature_problem(rest, text, kSpace, {key});
  require(problem == git::ssh_signature_problem(rest, text, kSpace, {key}), "answers are the same");
  if (problem) {
    require(fuzz::is_safe(*problem), "a problem is safe to print", *problem);
    return 0;
  }
  require(git::ssh_signature_problem(rest, text + "x", kSpace, {key}).has_value(),
          "a good signature is of one text");
  require(git::ssh_signature_problem(rest, text, "git", {key}).has_value(),
          "a good signature has one namespace");
  require(git::ssh_signature_problem(rest, text, kSpace, {}).has_value(),
          "a good signature has one key");
  return 0;
}

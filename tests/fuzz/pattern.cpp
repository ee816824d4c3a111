// Any short pattern on any short text: it is refused or it matches, and equal patterns written in
// other ways agree.  The first line of the input is the pattern, the rest is the text.
#include "lib/schema/pattern.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lib/base/error.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace paperclub;
using fuzz::require;

constexpr std::size_t kMaxPattern = 64;
constexpr std::size_t kMaxText = 1024;

std::optional<schema::Pattern> read(const std::string& source) {
  try {
    return schema::Pattern(source);
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::usage, "a bad pattern is wrong usage", error.message());
    require(fuzz::is_safe(error.message()), "a message is safe to print", source);
    return std::nullopt;
  }
}

// Whether `source` matches; `otherwise` where it is outside of the dialect or too large.
bool matches(const std::string& source, std::string_view text, bool otherwise) {
  const auto pattern = read(source);
  return pattern ? pattern->matches(text) : otherwise;
}

void check(const std::string& source, std::string_view text) {
  const auto pattern = read(source);
  if (!pattern) return;
  const bool found = pattern->matches(text);
  const std::string group = "(?:" + source + ")";
  require(matches(group, text, found) == found, "a group changes nothing", source);
  require(matches(group + "{1}", text, found) == found, "once changes nothing", source);
  require(matches(source + "|" + source, text, found) == found, "a choice of equals", source);
  require(matches(group + "|[]", text, found) == found, "a choice of nothing", source);
  require(matches(group + "?", text, true), "what may be missing matches", source);
  const bool whole = matches("^" + group + "$", text, false);
  require(!whole || found, "what matches the whole matches a part", source);
  require(!found || matches("^[^]*" + group + "[^]*$", text, true),
          "what matches a part stands between two others", source);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(all.find('\n'), all.size());
  const std::string_view text = all.substr(std::min(end + 1, all.size()));
  check(std::string(all.substr(0, std::min(end, kMaxPattern))), text.substr(0, kMaxText));
  return 0;
}

#include "lib/base/line_endings.hpp"

namespace paperclub {

std::string without_returns(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') out += text[i];
  }
  return out;
}

std::string with_returns(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' && !out.ends_with('\r')) out += '\r';
    out += c;
  }
  return out;
}

bool has_returns(std::string_view text) {
  bool found = false;
  for (std::size_t end = text.find('\n'); end != text.npos; end = text.find('\n', end + 1)) {
    if (end == 0 || text[end - 1] != '\r') return false;
    found = true;
  }
  return found;
}

bool is_same_text(std::string_view file, std::string_view stored) {
  return file == stored || without_returns(file) == stored;
}

}  // namespace paperclub

#include "lib/yaml/outline.hpp"

#include <algorithm>
#include <vector>

#include "lib/yaml/spans.hpp"

namespace paperclub::yaml {
namespace {

bool is_break(char c) { return c == '\n' || c == '\r'; }

// Walks over tokens, remembering what is open.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text), line_end_(text.find('\n')) {}

  std::optional<std::size_t> run() {
    for (at_ = skip_trivia(text_, 0); at_ < text_.size(); at_ = skip_trivia(text_, at_)) {
      const std::size_t begin = at_;
      if (!step()) return begin;
    }
    if (brackets_.empty()) return std::nullopt;
    return brackets_.back();
  }

 private:
  // Goes past one token; false at a quote that is never closed.
  bool step() {
    const char c = text_[at_];
    if (c == '"' || c == '\'') return quoted();
    if (c == '[' || c == '{') {
      brackets_.push_back(at_++);
    } else if (c == ']' || c == '}') {
      if (!brackets_.empty()) brackets_.pop_back();
      ++at_;
    } else if (is_indicator()) {
      owner_ = c == '-' ? column(at_) : scalar_;
      ++at_;
    } else if (brackets_.empty() && (c == '|' || c == '>')) {
      block();
    } else {
      plain();
    }
    return true;
  }

  bool quoted() {
    scalar_ = column(at_);
    const auto end = find_closing_quote(text_, at_);
    if (end) at_ = *end;
    return end.has_value();
  }

  // A dash, question mark or colon with nothing behind it, or a comma between brackets.
  bool is_indicator() const {
    const char c = text_[at_];
    if (c == ',') return !brackets_.empty();
    if (c != '-' && c != '?' && c != ':') return false;
    return ends_word(at_ + 1) || (c == ':' && !brackets_.empty());
  }

  bool ends_word(std::size_t at) const {
    return at >= text_.size() || text_[at] == ' ' || is_break(text_[at]);
  }

  // A block's lines are indented more than the key or dash that it belongs to.
  void block() {
    at_ = std::min(text_.find('\n', at_), text_.size());
    while (at_ < text_.size()) {
      const std::size_t line = at_ + 1;
      const std::size_t first = std::min(text_.find_first_not_of(' ', line), text_.size());
      const bool blank = first == text_.size() || is_break(text_[first]);
      if (!blank && static_cast<long>(first - line) <= owner_) break;
      at_ = std::min(text_.find('\n', line), text_.size());
    }
  }

  // A plain text, with the further lines that belong to it.
  void plain() {
    scalar_ = column(at_);
    bool whole = plain_line();
    while (whole) {
      const std::size_t next = skip_trivia(text_, at_);
      const bool goes_on = brackets_.empty() && next < text_.size() && column(next) > owner_ &&
                           text_.substr(at_, next - at_).find('#') == text_.npos;
      if (!goes_on) return;
      at_ = next;
      whole = plain_line();
    }
  }

  // Goes to the end of the plain text on this line; true where the line ends there, too.
  bool plain_line() {
    for (; at_ < text_.size() && !is_break(text_[at_]); ++at_) {
      const char c = text_[at_];
      if (c == ':' && ends_word(at_ + 1)) return false;
      if (c == '#' && at_ > 0 && text_[at_ - 1] == ' ') return false;
      if (!brackets_.empty() && std::string_view(",[]{}").find(c) != std::string_view::npos)
        return false;
    }
    return true;
  }

  // The column of `at`, from 0; asked for places that never go back to an earlier line.
  long column(std::size_t at) {
    while (line_end_ < at) {
      line_ = line_end_ + 1;
      line_end_ = text_.find('\n', line_);
    }
    return static_cast<long>(at - line_);
  }

  std::string_view text_;
  std::size_t line_ = 0;
  std::size_t line_end_;
  std::size_t at_ = 0;
  std::vector<std::size_t> brackets_;  // where each open one stands
  long scalar_ = -1;  // column of the scalar read last: of a key, if a colon follows
  long owner_ = -1;   // column of the key or dash whose value is read
};

}  // namespace

std::optional<std::size_t> find_open_mark(std::string_view text) { return Walk(text).run(); }

}  // namespace paperclub::yaml

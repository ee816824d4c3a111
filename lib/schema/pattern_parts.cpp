#include "lib/schema/pattern_parts.hpp"

#include <fmt/format.h>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"

namespace paperclub::schema {
namespace {

using Ranges = std::vector<std::pair<char32_t, char32_t>>;

constexpr std::size_t kMaxDepth = 50;

class Reader {
 public:
  explicit Reader(std::string_view source) : source_(source) {}

  PatternPart read() {
    PatternPart all = choice(0);
    if (at_ < source_.size()) fail("a ')' without its '('");
    return all;
  }

 private:
  [[noreturn]] void fail(std::string_view why) const {
    throw Error{ErrorKind::usage, fmt::format("pattern {}: {}", quote(source_, 200), why)};
  }
  bool done() const { return at_ >= source_.size(); }
  bool next_is(char c) const { return !done() && source_[at_] == c; }
  bool take(char c) {
    if (!next_is(c)) return false;
    ++at_;
    return true;
  }
  char32_t take_character() {
    if (done()) fail("it ends too early");
    const CodePoint point = decode(source_, at_);
    at_ += point.length;
    return point.value;
  }

  PatternPart choice(std::size_t depth) {
    if (depth > kMaxDepth) fail("too many groups in one another");
    PatternPart part;
    part.kind = PatternPart::Kind::choice;
    do {
      part.parts.push_back(sequence(depth));
    } while (take('|'));
    return part;
  }

  PatternPart sequence(std::size_t depth) {
    PatternPart part;
    while (!done() && !next_is('|') && !next_is(')'))
      part.parts.push_back(repeated(depth));
    return part;
  }

  PatternPart repeated(std::size_t depth) {
    PatternPart inner = atom(depth);
    PatternPart part;
    part.kind = PatternPart::Kind::repeat;
    if (take('*')) {
      part.least = 0;
      part.unbounded = true;
    } else if (take('+')) {
      part.unbounded = true;
    } else if (take('?')) {
      part.least = 0;
    } else if (take('{')) {
      counts(part);
    } else {
      return inner;
    }
    if (next_is('?') || next_is('*') || next_is('+')) fail("two repetitions in a row");
    part.parts.push_back(std::move(inner));
    return part;
  }

  std::size_t number() {
    std::size_t value = 0;
    const std::size_t begin = at_;
    while (!done() && source_[at_] >= '0' && source_[at_] <= '9' && value < kMaxPatternSteps) {
      value = value * 10 + static_cast<std::size_t>(source_[at_++] - '0');
    }
    if (at_ == begin) fail("a '{' without a number");
    return value;
  }

  void counts(PatternPart& part) {
    part.least = number();
    part.most = part.least;
    if (take(',')) {
      part.unbounded = next_is('}');
      if (!part.unbounded) part.most = number();
    }
    if (!take('}') || (!part.unbounded && part.most < part.least)) fail("a faulty '{…}'");
  }

  PatternPart atom(std::size_t depth) {
    if (take('(')) return group(depth);
    if (take('[')) return set();
    PatternPart part;
    if (take('^')) {
      part.kind = PatternPart::Kind::begin;
    } else if (take('$')) {
      part.kind = PatternPart::Kind::end;
    } else if (take('.')) {
      part.kind = PatternPart::Kind::set;
      part.negated = true;
      part.ranges = {{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}};
    } else if (take('\\')) {
      part.kind = PatternPart::Kind::set;
      part.ranges = escape_ranges();
    } else {
      if (next_is('*') || next_is('+') || next_is('?') || next_is('{')) fail("nothing to repeat");
      part.kind = PatternPart::Kind::set;
      const char32_t c = take_character();
      part.ranges = {{c, c}};
    }
    return part;
  }

  PatternPart group(std::size_t depth) {
    if (take('?') && !take(':')) fail("look-around is not supported");
    PatternPart inner = choice(depth + 1);
    if (!take(')')) fail("a '(' without its ')'");
    return inner;
  }

  Ranges escape_ranges() {
    const char32_t c = take_character();
    switch (c) {
      case 'd': return {{'0', '9'}};
      case 'w': return {{'a', 'z'}, {'A', 'Z'}, {'0', '9'}, {'_', '_'}};
      case 's': return {{' ', ' '}, {'\t', '\r'}, {0xA0, 0xA0}, {0x2028, 0x2029}};
      case 'n': return {{'\n', '\n'}};
      case 't': return {{'\t', '\t'}};
      default: break;
    }
    const bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter) fail("an escape that is not supported");
    return {{c, c}};
  }

  PatternPart set() {
    PatternPart part;
    part.kind = PatternPart::Kind::set;
    part.negated = take('^');
    while (!take(']')) {
      const bool escaped = take('\\');
      Ranges ranges = escaped ? escape_ranges() : Ranges{};
      if (!escaped) {
        const char32_t c = take_character();
        ranges = {{c, c}};
      }
      const bool single = ranges.size() == 1 && ranges[0].first == ranges[0].second;
      const bool is_range = single && next_is('-') && source_.substr(at_ + 1, 1) != "]";
      if (is_range && take('-')) {
        ranges[0].second = take('\\') ? escape_ranges()[0].second : take_character();
        if (ranges[0].second < ranges[0].first) fail("a range that runs backwards");
      }
      part.ranges.insert(part.ranges.end(), ranges.begin(), ranges.end());
    }
    return part;
  }

  std::string_view source_;
  std::size_t at_ = 0;
};

}  // namespace

PatternPart parse_pattern(std::string_view source) { return Reader(source).read(); }

}  // namespace paperclub::schema

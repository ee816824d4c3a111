#include "lib/schema/pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"

namespace paperclub::schema {
namespace {

using Step = Pattern::Step;
using Ranges = std::vector<std::pair<char32_t, char32_t>>;

constexpr std::size_t kMaxSteps = 5'000;
constexpr std::size_t kMaxDepth = 50;

// A part of an expression; a repetition is read once and compiled as often as it may stand.
struct Part {
  enum class Kind { set, begin, end, sequence, choice, repeat } kind = Kind::sequence;
  Ranges ranges;
  bool negated = false;
  std::vector<Part> parts;
  std::size_t least = 1;
  std::size_t most = 1;
  bool unbounded = false;
};

class Reader {
 public:
  explicit Reader(std::string_view source) : source_(source) {}

  Part read() {
    Part all = choice(0);
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

  Part choice(std::size_t depth) {
    if (depth > kMaxDepth) fail("too many groups in one another");
    Part part;
    part.kind = Part::Kind::choice;
    do {
      part.parts.push_back(sequence(depth));
    } while (take('|'));
    return part;
  }

  Part sequence(std::size_t depth) {
    Part part;
    while (!done() && !next_is('|') && !next_is(')'))
      part.parts.push_back(repeated(depth));
    return part;
  }

  Part repeated(std::size_t depth) {
    Part inner = atom(depth);
    Part part;
    part.kind = Part::Kind::repeat;
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
    while (!done() && source_[at_] >= '0' && source_[at_] <= '9' && value < kMaxSteps) {
      value = value * 10 + static_cast<std::size_t>(source_[at_++] - '0');
    }
    if (at_ == begin) fail("a '{' without a number");
    return value;
  }

  void counts(Part& part) {
    part.least = number();
    part.most = part.least;
    if (take(',')) {
      part.unbounded = next_is('}');
      if (!part.unbounded) part.most = number();
    }
    if (!take('}') || (!part.unbounded && part.most < part.least)) fail("a faulty '{…}'");
  }

  Part atom(std::size_t depth) {
    if (take('(')) return group(depth);
    if (take('[')) return set();
    Part part;
    if (take('^')) {
      part.kind = Part::Kind::begin;
    } else if (take('$')) {
      part.kind = Part::Kind::end;
    } else if (take('.')) {
      part.kind = Part::Kind::set;
      part.negated = true;
      part.ranges = {{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}};
    } else if (take('\\')) {
      part.kind = Part::Kind::set;
      part.ranges = escape_ranges();
    } else {
      if (next_is('*') || next_is('+') || next_is('?') || next_is('{')) fail("nothing to repeat");
      part.kind = Part::Kind::set;
      const char32_t c = take_character();
      part.ranges = {{c, c}};
    }
    return part;
  }

  Part group(std::size_t depth) {
    if (take('?') && !take(':')) fail("look-around is not supported");
    Part inner = choice(depth + 1);
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

  Part set() {
    Part part;
    part.kind = Part::Kind::set;
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

class Compiler {
 public:
  explicit Compiler(std::vector<Step>& steps) : steps_(steps) {}

  void compile(const Part& part) {
    switch (part.kind) {
      case Part::Kind::set: {
        Step& step = add(Step::Kind::set);
        step.ranges = part.ranges;
        step.negated = part.negated;
        break;
      }
      case Part::Kind::begin: add(Step::Kind::begin); break;
      case Part::Kind::end: add(Step::Kind::end); break;
      case Part::Kind::sequence:
        for (const Part& inner : part.parts)
          compile(inner);
        break;
      case Part::Kind::choice: compile_choice(part.parts, 0); break;
      case Part::Kind::repeat: compile_repeat(part); break;
    }
  }

 private:
  Step& add(Step::Kind kind) {
    if (steps_.size() >= kMaxSteps) throw Error{ErrorKind::usage, "a pattern is too large"};
    steps_.push_back({kind, false, 0, 0, {}});
    return steps_.back();
  }

  std::size_t add_split() {
    const std::size_t index = steps_.size();
    add(Step::Kind::split).first = index + 1;
    return index;
  }

  void compile_choice(const std::vector<Part>& parts, std::size_t index) {
    if (index + 1 == parts.size()) {
      compile(parts[index]);
      return;
    }
    const std::size_t split = add_split();
    compile(parts[index]);
    add(Step::Kind::jump);
    const std::size_t jump = steps_.size() - 1;
    steps_[split].second = steps_.size();
    compile_choice(parts, index + 1);
    steps_[jump].first = steps_.size();
  }

  void compile_repeat(const Part& part) {
    const Part& inner = part.parts.front();
    for (std::size_t i = 0; i < part.least; ++i)
      compile(inner);
    if (part.unbounded) {
      const std::size_t split = add_split();
      compile(inner);
      add(Step::Kind::jump).first = split;
      steps_[split].second = steps_.size();
      return;
    }
    std::vector<std::size_t> splits;
    for (std::size_t i = part.least; i < part.most; ++i) {
      splits.push_back(add_split());
      compile(inner);
    }
    for (const std::size_t split : splits)
      steps_[split].second = steps_.size();
  }

  std::vector<Step>& steps_;
};

// The set of steps the machine is in; membership is by generation, so clearing is free.
class States {
 public:
  explicit States(std::size_t size) : seen_(size, 0) {}

  void clear() {
    list_.clear();
    ++generation_;
  }
  bool insert(std::size_t step) {
    if (seen_[step] == generation_) return false;
    seen_[step] = generation_;
    list_.push_back(step);
    return true;
  }
  const std::vector<std::size_t>& list() const { return list_; }

 private:
  std::vector<std::size_t> list_;
  std::vector<std::size_t> seen_;
  std::size_t generation_ = 1;
};

// Adds `start` and every step reached from it without a character; true where it accepts.
bool follow(const std::vector<Step>& steps, States& states, std::size_t start, bool at_begin,
            bool at_end) {
  std::vector<std::size_t> todo{start};
  while (!todo.empty()) {
    const std::size_t index = todo.back();
    todo.pop_back();
    if (!states.insert(index)) continue;
    const Step& step = steps[index];
    if (step.kind == Step::Kind::accept) return true;
    if (step.kind == Step::Kind::jump) todo.push_back(step.first);
    if (step.kind == Step::Kind::split) todo.insert(todo.end(), {step.first, step.second});
    if (step.kind == Step::Kind::begin && at_begin) todo.push_back(index + 1);
    if (step.kind == Step::Kind::end && at_end) todo.push_back(index + 1);
  }
  return false;
}

bool in_set(const Step& step, char32_t c) {
  const bool inside = std::any_of(step.ranges.begin(), step.ranges.end(), [c](const auto& range) {
    return c >= range.first && c <= range.second;
  });
  return inside != step.negated;
}

}  // namespace

Pattern::Pattern(std::string_view source) {
  Compiler(steps_).compile(Reader(source).read());
  steps_.push_back({Step::Kind::accept, false, 0, 0, {}});
}

bool Pattern::matches(std::string_view text) const {
  States now(steps_.size());
  States next(steps_.size());
  if (follow(steps_, now, 0, true, text.empty())) return true;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    at += point.length;
    const bool at_end = at == text.size();
    next.clear();
    for (const std::size_t index : now.list()) {
      if (steps_[index].kind != Step::Kind::set || !in_set(steps_[index], point.value)) continue;
      if (follow(steps_, next, index + 1, false, at_end)) return true;
    }
    // A match may begin at every character.
    if (follow(steps_, next, 0, false, at_end)) return true;
    std::swap(now, next);
  }
  return false;
}

}  // namespace paperclub::schema

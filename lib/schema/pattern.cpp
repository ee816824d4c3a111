#include "lib/schema/pattern.hpp"

#include <algorithm>

#include "lib/base/error.hpp"
#include "lib/base/utf8.hpp"
#include "lib/schema/pattern_parts.hpp"

namespace paperclub::schema {
namespace {

using Step = Pattern::Step;

// Each step costs some work, and each part that is compiled, though it may give no step.
constexpr std::size_t kMaxParts = 20 * kMaxPatternSteps;

class Compiler {
 public:
  explicit Compiler(std::vector<Step>& steps) : steps_(steps) {}

  void compile(const PatternPart& part) {
    if (++parts_ > kMaxParts) fail();
    switch (part.kind) {
      case PatternPart::Kind::set: {
        Step& step = add(Step::Kind::set);
        step.ranges = part.ranges;
        step.negated = part.negated;
        break;
      }
      case PatternPart::Kind::begin: add(Step::Kind::begin); break;
      case PatternPart::Kind::end: add(Step::Kind::end); break;
      case PatternPart::Kind::sequence:
        for (const PatternPart& inner : part.parts)
          compile(inner);
        break;
      case PatternPart::Kind::choice: compile_choice(part.parts, 0); break;
      case PatternPart::Kind::repeat: compile_repeat(part); break;
    }
  }

 private:
  [[noreturn]] static void fail() { throw Error{ErrorKind::usage, "a pattern is too large"}; }

  Step& add(Step::Kind kind) {
    if (steps_.size() >= kMaxPatternSteps) fail();
    steps_.push_back({kind, false, 0, 0, {}});
    return steps_.back();
  }

  std::size_t add_split() {
    const std::size_t index = steps_.size();
    add(Step::Kind::split).first = index + 1;
    return index;
  }

  void compile_choice(const std::vector<PatternPart>& parts, std::size_t index) {
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

  void compile_repeat(const PatternPart& part) {
    const PatternPart& inner = part.parts.front();
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
  std::size_t parts_ = 0;
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
  Compiler(steps_).compile(parse_pattern(source));
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

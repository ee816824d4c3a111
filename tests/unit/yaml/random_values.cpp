#include "tests/unit/yaml/random_values.hpp"

namespace paperclub::tests {

using yaml::Members;
using yaml::Value;

// What trips YAML readers, and what it is made of.
const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> kTexts = {"0",
                                                  "NO",
                                                  "null",
                                                  "1984",
                                                  "~",
                                                  "y",
                                                  "1.10",
                                                  "2001-01-01",
                                                  "12:30:45",
                                                  "true",
                                                  ".5",
                                                  "1e3",
                                                  "a: b",
                                                  "a #b",
                                                  ": ",
                                                  " #",
                                                  ":",
                                                  "#",
                                                  "@a",
                                                  "*a",
                                                  "[a",
                                                  "{a",
                                                  "> a",
                                                  "| a",
                                                  "'a",
                                                  "\"a",
                                                  "it's",
                                                  "- a",
                                                  "-",
                                                  "---",
                                                  "...",
                                                  "... a",
                                                  "--- a",
                                                  "? a",
                                                  "!a",
                                                  "%a",
                                                  "&a",
                                                  "`a",
                                                  ", a",
                                                  "a,",
                                                  "a]",
                                                  "a}",
                                                  "",
                                                  " ",
                                                  "  ",
                                                  " a",
                                                  "a ",
                                                  "a  b",
                                                  "a\nb",
                                                  "a\n",
                                                  "\na",
                                                  "\n",
                                                  "\n\n",
                                                  "a\n\n\nb",
                                                  "a \nb",
                                                  " a\nb",
                                                  "a\n b",
                                                  "a\n b\nc",
                                                  "a\n- b",
                                                  "a\n# b",
                                                  "a\n...",
                                                  "a\n---",
                                                  "é",
                                                  "日本語のタイトル",
                                                  "🎉",
                                                  "👩‍🔬 x",
                                                  "e\xCC\x81",
                                                  "\xC2\xA0",
                                                  "a\\b",
                                                  "\\",
                                                  "\\n",
                                                  "<<",
                                                  "=",
                                                  "Does it scale?",
                                                  "a?b",
                                                  "https://example.org/a?b=c&d",
                                                  "a\n\n",
                                                  "key: |\n  x",
                                                  "a\n\nb",
                                                  "//",
                                                  "C:\\",
                                                  "'",
                                                  "''",
                                                  "\"",
                                                  "#a",
                                                  "a#",
                                                  "a:b",
                                                  ".",
                                                  "/",
                                                  "(",
                                                  "_",
                                                  "+",
                                                  "\n b",
                                                  "a\nb\n",
                                                  "a\n \nb",
                                                  "a\n ",
                                                  "\xEF\xBF\xBD"};
  return kTexts;
}

namespace {

std::string random_text(Random& random) {
  switch (random.below(8)) {
    case 0:
    case 1:
    case 2: return random.pick(hostile_texts());
    case 3: return random.pick(hostile_texts()) + random.pick(hostile_texts());
    case 4: return random.text("ab:#-'\"\\,[]{} \n", 30);
    case 5: return std::string(random.below(400), 'w');
    case 6: {
      std::string text;
      for (std::size_t i = random.below(40); i > 0; --i)
        text += random.pick(hostile_texts()) + " ";
      return text;
    }
    default: return random.text("abcdefg ", 300);
  }
}

std::string random_key(Random& random) {
  return random.one_in(3) ? random.pick(hostile_texts()) : random.text("abcdef-", 110);
}

}  // namespace

Members random_members(Random& random, std::size_t depth) {
  Members members;
  for (std::size_t i = random.below(5); i > 0; --i) {
    std::string key = random_key(random) + std::to_string(i);
    members.emplace_back(std::move(key), random_value(random, depth + 1));
  }
  return members;
}

Value random_value(Random& random, std::size_t depth) {
  const std::size_t kind = random.below(depth > 4 ? 6 : 10);
  if (kind < 4) return random_text(random);
  if (kind == 4) return static_cast<long long>(random.next());
  if (kind == 5) return random.one_in(2);
  if (kind < 8) return random_members(random, depth);
  std::vector<Value> items;
  for (std::size_t i = random.below(6); i > 0; --i) {
    items.push_back(random_value(random, depth + 1));
  }
  return items;
}

}  // namespace paperclub::tests

#include "tests/unit/record/random_values.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lib/base/utf8.hpp"

namespace paperclub::tests {

using record::Link;
using Texts = std::vector<std::string>;

namespace {

const Texts& hard_texts() {
  static const Texts kTexts = {"0",
                               "NO",
                               "null",
                               "~",
                               "1984",
                               "1.10",
                               "true",
                               "y",
                               "2001-01-01",
                               "12:30:45",
                               ".5",
                               "1e3",
                               "017",
                               "a: b",
                               "a #b",
                               ": ",
                               " #",
                               "#",
                               ":",
                               "@a",
                               "*a*",
                               "[a]",
                               "{a}",
                               "> a",
                               "| a",
                               "'a'",
                               "\"a\"",
                               "it's",
                               "- a",
                               "-",
                               "--- a",
                               "? a",
                               "!a",
                               "%a",
                               "&a",
                               "`a`",
                               ", a",
                               " a",
                               "a ",
                               "a  b",
                               "a\nb",
                               "a\n",
                               "\na",
                               "\n",
                               "a\n\n\nb",
                               "a \nb",
                               " a\nb",
                               "a\n  b",
                               "a\n# b",
                               "a\\b",
                               "<<",
                               "=",
                               "Does it scale?",
                               "What? Why?",
                               "(a)",
                               "C++",
                               "_a_",
                               "é",
                               "日本語のタイトル",
                               "🎉 x",
                               "許家乐",
                               "e\xCC\x81",
                               "https://example.org/a?b=c#d",
                               "1,000",
                               "50 %",
                               "a/b",
                               "++",
                               "...",
                               "a\n\nb\n"};
  return kTexts;
}

bool contains(const Texts& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

}  // namespace

long long RandomValues::number(long long least, long long most) {
  return least + static_cast<long long>(random_.below(static_cast<std::size_t>(most - least + 1)));
}

std::string RandomValues::text(std::size_t most) {
  std::string text = random_.pick(hard_texts());
  while (random_.one_in(2))
    text += (maybe() ? " " : "") + random_.pick(hard_texts());
  if (random_.one_in(20)) text += std::string(most, 'w');
  std::string cut;
  for (std::size_t at = 0, count = 0; at < text.size() && count < most; ++count) {
    const std::size_t length = decode(text, at).length;
    cut += text.substr(at, length);
    at += length;
  }
  return cut;
}

std::string RandomValues::paragraph() {
  std::string text;
  for (std::size_t i = 1 + random_.below(80); i > 0; --i) {
    text += random_.one_in(10) ? random_.pick(hard_texts()) : random_.text("abcdef", 12);
    text += random_.one_in(15) ? "\n" : " ";
  }
  if (maybe()) text.pop_back();
  return text;
}

std::string RandomValues::id() {
  static const Texts kHard = {"no", "100", "1e2",  "2024", "null",
                              "y",  "007", "none", "true", "0x1f"};
  if (random_.one_in(4)) return random_.pick(kHard);
  if (random_.one_in(20)) return std::string(100, 'x');
  return fmt::format("p{}-{}", random_.below(1000), random_.below(1000));
}

std::string RandomValues::url() {
  return fmt::format("https://example.org/{}?v={}&w=[{}]#{}", random_.below(100), random_.below(9),
                     random_.below(9), random_.text("abc:-'", 120));
}

std::string RandomValues::hex(std::size_t digits) {
  static constexpr std::string_view kAny = "0123456789abcdef";
  const std::string_view alphabet = random_.one_in(4) ? kAny.substr(0, 10) : kAny;
  std::string out;
  while (out.size() < digits)
    out += alphabet[random_.below(alphabet.size())];
  return out;
}

std::string RandomValues::share() { return fmt::format("{}/{}", number(1, 9), number(1, 999)); }

Date RandomValues::date() { return date_from_days(number(-300'000, 2'900'000)); }

Moment RandomValues::moment() {
  return {date(), static_cast<int>(number(0, 23)), static_cast<int>(number(0, 59)),
          static_cast<int>(number(0, 59)), static_cast<int>(number(-1439, 1439))};
}

Texts RandomValues::different_texts(std::size_t most_characters) {
  Texts texts;
  for (std::size_t i = random_.below(6); i > 0; --i) {
    std::string next = text(most_characters);
    if (!contains(texts, next)) texts.push_back(std::move(next));
  }
  return texts;
}

Texts RandomValues::different_ids(std::size_t least) {
  Texts ids;
  const std::size_t count = least + random_.below(6);
  while (ids.size() < count) {
    std::string next = id();
    if (!contains(ids, next)) ids.push_back(std::move(next));
  }
  return ids;
}

std::vector<PaperId> RandomValues::paper_ids(std::size_t least) {
  std::vector<PaperId> ids;
  for (const std::string& text : different_ids(least))
    ids.push_back(*PaperId::parse(text));
  return ids;
}

std::vector<Link> RandomValues::links() {
  std::vector<Link> links;
  for (std::size_t i = random_.below(4); i > 0; --i) {
    links.push_back({maybe() ? text(500) : "", maybe() ? url() : "papers/a b/it's #1.pdf"});
  }
  return links;
}

yaml::Value RandomValues::extra_value(std::size_t depth) {
  static const Texts kPlain = {"5", "-1", "1.50", "true", "false", "null", "~", "1e3", "0"};
  const std::size_t kind = random_.below(depth > 3 ? 4 : 8);
  if (kind < 3) return maybe() ? text(100) : paragraph();
  if (kind == 3) return yaml::Value::plain(random_.pick(kPlain));
  if (kind < 6) return extra(depth + 1);
  std::vector<yaml::Value> items;
  for (std::size_t i = random_.below(4); i > 0; --i)
    items.push_back(extra_value(depth + 1));
  return items;
}

yaml::Members RandomValues::extra(std::size_t depth) {
  yaml::Members members;
  for (const std::string& key : different_texts(100)) {
    members.emplace_back(key, extra_value(depth + 1));
  }
  return members;
}

}  // namespace paperclub::tests

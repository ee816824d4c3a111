#include "lib/base/similar.hpp"

#include <algorithm>
#include <set>

#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

using namespace paperclub;

namespace {

// Optimal string alignment by its recursive definition.
std::size_t distance_by_definition(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.size() + b.size();
  const std::string_view x = a.substr(0, a.size() - 1);
  const std::string_view y = b.substr(0, b.size() - 1);
  std::size_t least = distance_by_definition(x, y) + (a.back() == b.back() ? 0U : 1U);
  least = std::min({least, distance_by_definition(x, b) + 1, distance_by_definition(a, y) + 1});
  if (!x.empty() && !y.empty() && a.back() == y.back() && b.back() == x.back()) {
    least = std::min(
        least, distance_by_definition(x.substr(0, x.size() - 1), y.substr(0, y.size() - 1)) + 1);
  }
  return least;
}

bool similar(const std::string& a, const std::string& b) { return !similar_titles({a, b}).empty(); }

}  // namespace

TEST_CASE("the edit distance counts insertions, deletions, replacements and swaps") {
  CHECK(edit_distance("", "", 9) == 0);
  CHECK(edit_distance("", "abc", 9) == 3);
  CHECK(edit_distance("abc", "", 9) == 3);
  CHECK(edit_distance("year", "year", 9) == 0);
  CHECK(edit_distance("year", "yaer", 9) == 1);
  CHECK(edit_distance("kitten", "sitting", 9) == 3);
  CHECK(edit_distance("ca", "abc", 9) == 3);
}

TEST_CASE("an edit distance above the limit is one more than the limit") {
  CHECK(edit_distance("kitten", "sitting", 3) == 3);
  CHECK(edit_distance("kitten", "sitting", 2) == 3);
  CHECK(edit_distance("kitten", "sitting", 0) == 1);
  CHECK(edit_distance("a", "aaaaaaaa", 2) == 3);
  CHECK(edit_distance("same", "same", 0) == 0);
}

TEST_CASE("the edit distance is that of its definition") {
  tests::Random random(16);
  for (int round = 0; round < 1500; ++round) {
    const std::string a = random.text("abc", 5);
    const std::string b = random.text("abc", 5);
    const std::size_t limit = random.below(7);
    const std::size_t expected = std::min(distance_by_definition(a, b), limit + 1);
    if (edit_distance(a, b, limit) != expected || edit_distance(b, a, limit) != expected) {
      CAPTURE(a, b, limit, expected);
      FAIL_CHECK("another distance");
    }
  }
  SUCCEED();
}

TEST_CASE("a mistyped word is led to the nearest known one") {
  const std::vector<std::string> known = {"title", "year", "authors", "arxiv", "published"};
  CHECK(nearest("yaer", known) == "year");
  CHECK(nearest("titel", known) == "title");
  CHECK(nearest("author", known) == "authors");
  CHECK(nearest("arXiv", known) == "arxiv");
  CHECK(nearest("title", known) == "title");
}

TEST_CASE("a word that is near to none is led nowhere") {
  CHECK(nearest("summary", {"title", "year"}) == "");
  CHECK(nearest("", {"a", "title"}) == "");
  CHECK(nearest("x", {"a", "b"}) == "");
  CHECK(nearest("title", {}) == "");
  CHECK(nearest(std::string(100000, 'a'), {std::string(100000, 'a') + "b"}) == "");
}

TEST_CASE("at most a third of a word's letters may differ") {
  CHECK(nearest("abcdef", {"abcdxy"}) == "abcdxy");
  CHECK(nearest("abcdef", {"abcxyz"}) == "");
  CHECK(nearest("abc", {"abx"}) == "abx");
  CHECK(nearest("ab", {"ax"}) == "");
}

TEST_CASE("of equally near words the first is named") {
  CHECK(nearest("rank", {"tank", "bank"}) == "tank");
  CHECK(nearest("rank", {"bank", "tank"}) == "bank");
  CHECK(nearest("rank", {"bank", "rank"}) == "rank");
}

TEST_CASE("titles that say the same are found") {
  const std::pair<std::string, std::string> pairs[] = {
      {"Attention Is All You Need", "attention is all you need"},
      {"Attention Is All You Need", "Attention is all you need!"},
      {"Attention Is All You Need", "Attention Is  All\nYou Need"},
      {"BERT: Pre-training", "BERT - pre training"},
      {"BERT: Pre-training", "BERT: Pretraining"},
      {"Pretraining of Things", "Pre Training of Things"},
      {"The Annotated Transformer", "Annotated Transformer"},
      {"A Survey of an Idea", "Survey of the Idea"},
      {"Über Träume", "Uber Traume"},
      {"Träume", "Tra\u0308ume"},
      {"ＢＥＲＴ", "bert"},
      {"Scaling Laws for Neural Language Models", "Scaling Laws for Neural Langauge Models"},
      {"Scaling Laws for Neural Language Models", "Scaling Laws for Neural Language Model"},
      {"Denoising Diffusion", "Denoissing Diffusion"},
  };
  for (const auto& [a, b] : pairs) {
    CAPTURE(a, b);
    CHECK(similar(a, b));
    CHECK(similar(b, a));
  }
}

TEST_CASE("titles of different papers are told apart") {
  const std::pair<std::string, std::string> pairs[] = {
      {"GPT-3", "GPT-4"},
      {"Llama 2: Open Models", "Llama 3: Open Models"},
      {"Model2vec", "Model3vec"},
      {"A Report, Part 1", "A Report, Part 2"},
      {"A Report from 2023", "A Report from 2024"},
      {"Results 1 12", "Results 11 2"},
      {"GPT 3.5", "GPT 35"},
      {"BERT", "RoBERTa"},
      {"Learning to See", "Learning to Sea"},
      {"Deep Learning", "Deep Learning for Graphs"},
      {"Learning Deep", "Deep Learning"},
      {"Denoissing Difusion", "Denoising Diffusion"},
      {"Attention", ""},
      {"The", "A"},
      {"!", "?"},
  };
  for (const auto& [a, b] : pairs) {
    CAPTURE(a, b);
    CHECK_FALSE(similar(a, b));
  }
}

TEST_CASE("a word's length is counted in letters, whatever the script") {
  CHECK_FALSE(similar("это кот", "это кит"));  // three letters: another word, not a slip
  CHECK_FALSE(similar("中国", "中图"));
  CHECK(similar("Обработка языка", "Обратка языка") ==
        similar("Obrabotka jazyka", "Obratka jazyka"));
  CHECK(similar("Внимание", "Внимаие"));  // one letter left out
}

TEST_CASE(
    "pairs of titles are told by their places, the smaller first, equal ones with the first") {
  const auto pairs = similar_titles({"BERT", "GPT", "bert", "The BERT", "gpt!"});
  const std::vector<std::pair<std::size_t, std::size_t>> expected = {{0, 2}, {0, 3}, {1, 4}};
  CHECK(pairs == expected);
  CHECK(similar_titles({}).empty());
  CHECK(similar_titles({"BERT"}).empty());
}

TEST_CASE("each of many equal titles is in some pair") {
  const std::vector<std::string> titles(60, "Attention Is All You Need");
  std::set<std::size_t> seen;
  for (const auto& [a, b] : similar_titles(titles)) {
    CHECK(a < b);
    seen.insert({a, b});
  }
  CHECK(seen.size() == titles.size());
}

TEST_CASE("two equal titles are found among thousands that share all words but one") {
  std::vector<std::string> titles;
  for (int i = 0; i < 5000; ++i)
    titles.push_back("Notes on Subject" + std::to_string(i));
  CHECK(similar_titles(titles).empty());
  titles.push_back("notes on subject4321");
  const std::vector<std::pair<std::size_t, std::size_t>> expected = {{4321, 5000}};
  CHECK(similar_titles(titles) == expected);
}

TEST_CASE("many long titles that are equal are compared once each") {
  std::string title;
  for (int i = 0; i < 249; ++i)
    title += "b ";
  CHECK(similar_titles(std::vector<std::string>(3000, title)).size() == 2999);
}

TEST_CASE("any titles may be compared") {
  tests::Random random(17);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> titles;
    for (std::size_t i = random.below(20); i > 0; --i)
      titles.push_back(random.text("ab \xc3\xa9\xff-1", 12));
    for (const auto& [a, b] : similar_titles(titles)) {
      if (a >= b || b >= titles.size()) FAIL_CHECK("no pair of places");
    }
  }
  SUCCEED();
}

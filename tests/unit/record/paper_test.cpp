#include "lib/record/paper.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::record {
namespace {

using tests::read;

// Every field, in the form in which the writer writes it.
constexpr const char* kFull =
    R"(title: 'BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding'
short: BERT
authors: [Jacob Devlin, Ming-Wei Chang]
published: 2018-10-11
venue: NAACL 2019
url: https://arxiv.org/abs/1810.04805
arxiv: '1810.04805'
doi: 10.18653/v1/N19-1423
summary: |-
  One line.
  Another one.
tags: [encoder, pre-training]
suggested: {by: ivan, 'on': 2024-01-20, why: it is short}
number: 3
discussion:
  big-idea: both sides at once
  open-questions: [one, two]
links:
  - title: Notes
    url: https://example.org/notes
aliases: [bert-paper]
withdrawn: {'on': 2024-03-01, why: read elsewhere}
extra:
  rating: 5
  words: ['5', x]
)";

Paper full() {
  Paper paper;
  paper.title = "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding";
  paper.short_title = "BERT";
  paper.authors = {"Jacob Devlin", "Ming-Wei Chang"};
  paper.published = PartialDate{2018, 10, 11};
  paper.venue = "NAACL 2019";
  paper.url = "https://arxiv.org/abs/1810.04805";
  paper.arxiv = "1810.04805";
  paper.doi = "10.18653/v1/N19-1423";
  paper.summary = "One line.\nAnother one.";
  paper.tags = {"encoder", "pre-training"};
  paper.suggested = Suggestion{"ivan", Date{2024, 1, 20}, "it is short"};
  paper.number = TimelineNumber{3};
  paper.discussion = {{"big-idea", {"both sides at once"}, false},
                      {"open-questions", {"one", "two"}, true}};
  paper.links = {{"Notes", "https://example.org/notes"}};
  paper.aliases = {*PaperId::parse("bert-paper")};
  paper.withdrawn = Withdrawal{Date{2024, 3, 1}, "read elsewhere"};
  paper.extra = {{"rating", yaml::Value::plain("5")},
                 {"words", std::vector<yaml::Value>{"5", "x"}}};
  return paper;
}

Paper paper_of(const std::string& text) { return paper_from(read(text)); }

TEST_CASE("a full paper is read with every field") { CHECK(paper_of(kFull) == full()); }

TEST_CASE("a full paper is written in the order of the schema") {
  CHECK(yaml::emit(to_yaml(full())) == kFull);
}

TEST_CASE("a paper with a title only has nothing else") {
  Paper paper;
  paper.title = "Raft";
  CHECK(paper_of("title: Raft\n") == paper);
  CHECK(yaml::emit(to_yaml(paper)) == "title: Raft\n");
}

TEST_CASE("an unquoted arXiv id keeps its last digit") {
  CHECK(paper_of("arxiv: 2401.10020\n").arxiv == "2401.10020");
  CHECK(paper_of("arxiv: 0704.0001\n").arxiv == "0704.0001");
}

TEST_CASE("titles that YAML takes for something else are read as they are written") {
  for (const char* title : {"0", "NO", "1984", "1.10", "true", "2001-01-01"}) {
    CHECK(paper_of(std::string("title: ") + title + "\n").title == title);
  }
}

TEST_CASE("a publication's date is known as far as it is written") {
  CHECK(paper_of("published: 2017\n").published == PartialDate{2017, 0, 0});
  CHECK(paper_of("published: '2017'\n").published == PartialDate{2017, 0, 0});
  CHECK(paper_of("published: 2018-10\n").published == PartialDate{2018, 10, 0});
  CHECK(paper_of("published: 2018-10-11\n").published == PartialDate{2018, 10, 11});
  CHECK_FALSE(paper_of("published: soon\n").published.has_value());
  CHECK_FALSE(paper_of("published: 2018-02-30\n").published.has_value());
}

TEST_CASE("a publication's date is written as far as it is known") {
  const auto written = [](const PartialDate& date) {
    Paper paper;
    paper.published = date;
    return yaml::emit(to_yaml(paper));
  };
  CHECK(written({2017, 0, 0}) == "published: 2017\n");
  CHECK(written({2018, 10, 0}) == "published: '2018-10'\n");
  CHECK(written({2018, 10, 11}) == "published: 2018-10-11\n");
}

TEST_CASE("numbers below one are no places on the timeline") {
  CHECK(paper_of("number: 1\n").number == TimelineNumber{1});
  for (const char* number : {"0", "-3", "'3'", "3.0", "99999999999999999999"}) {
    CHECK_FALSE(paper_of(std::string("number: ") + number + "\n").number.has_value());
  }
}

TEST_CASE("a suggestion and a withdrawal may say little, or nothing") {
  CHECK(paper_of("suggested: {by: ada}\n").suggested == Suggestion{"ada", std::nullopt, ""});
  CHECK(paper_of("withdrawn: {}\n").withdrawn == Withdrawal{});
  CHECK_FALSE(paper_of("suggested: ada\n").suggested.has_value());
  CHECK(yaml::emit(to_yaml(paper_of("withdrawn: {}\n"))) == "withdrawn: {}\n");
}

TEST_CASE("a single answer and a list of one are told apart") {
  const Paper paper = paper_of("discussion:\n  a: x\n  b: [x]\n  c: []\n  d: ''\n  e: {f: g}\n");
  CHECK(paper.discussion ==
        std::vector<Answer>{
            {"a", {"x"}, false}, {"b", {"x"}, true}, {"c", {}, true}, {"d", {""}, false}});
  CHECK(yaml::emit(to_yaml(paper)) == "discussion:\n  a: x\n  b: [x]\n  c: []\n  d: ''\n");
}

TEST_CASE("a paper is withdrawn, else on the timeline if it has a number, else suggested") {
  Paper paper;
  CHECK(state_of(paper) == PaperState::suggested);
  paper.suggested = Suggestion{};
  CHECK(state_of(paper) == PaperState::suggested);
  paper.number = TimelineNumber{1};
  CHECK(state_of(paper) == PaperState::on_timeline);
  paper.withdrawn = Withdrawal{};
  CHECK(state_of(paper) == PaperState::withdrawn);
  CHECK(state_name(PaperState::suggested) == "suggested");
  CHECK(state_name(PaperState::on_timeline) == "timeline");
  CHECK(state_name(PaperState::withdrawn) == "withdrawn");
}

TEST_CASE("lists show the short title where there is one") {
  Paper paper;
  paper.title = "Attention Is All You Need";
  CHECK(display_title(paper) == "Attention Is All You Need");
  paper.short_title = "Transformer";
  CHECK(display_title(paper) == "Transformer");
}

TEST_CASE("a paper is read at its url, else at arXiv, else where its DOI leads") {
  Paper paper;
  CHECK(reading_link(paper).empty());
  paper.doi = "10.1000/a<b>";
  CHECK(reading_link(paper) == "https://doi.org/10.1000/a%3Cb%3E");
  paper.doi = "doi:10.1000/a<b>";
  CHECK(reading_link(paper) == "https://doi.org/10.1000/a%3Cb%3E");
  paper.arxiv = "1706.03762v5";
  CHECK(reading_link(paper) == "https://arxiv.org/abs/1706.03762");
  paper.arxiv = "not an id";
  CHECK(reading_link(paper) == "https://doi.org/10.1000/a%3Cb%3E");
  paper.url = "https://example.org/";
  CHECK(reading_link(paper) == "https://example.org/");
}

TEST_CASE("numbers on the timeline are ordered as numbers") {
  CHECK(TimelineNumber{9} < TimelineNumber{10});
  CHECK(TimelineNumber{2} == TimelineNumber{2});
}

}  // namespace
}  // namespace paperclub::record

// What the built-in schema says about papers that people write.
#include <fmt/format.h>

#include "tests/support/catch.hpp"
#include "tests/unit/schema/judging.hpp"

namespace paperclub::schema {
namespace {

using tests::judge_record;
using Lines = std::vector<std::string>;

constexpr const char* kSuchAsId = " | such as attention-is-all-you-need";

// A paper that is complete, with `more` behind it from line 3 on.
Lines judge_paper(const std::string& more) {
  return judge_record("paper", "title: Raft\nurl: https://example.org/raft\n" + more);
}

TEST_CASE("an unquoted arXiv id is warned of and keeps its last digit") {
  CHECK(judge_paper("arxiv: 2401.10020\n") ==
        Lines{"3:8 ambiguous-scalar: other YAML readers take 2401.10020 for a number | put it in "
              "quotes: '2401.10020'"});
  CHECK(judge_paper("arxiv: 0704.0001\n") ==
        Lines{"3:8 ambiguous-scalar: other YAML readers take 0704.0001 for a number | put it in "
              "quotes: '0704.0001'"});
  CHECK(judge_paper("arxiv: '2401.10020'\n").empty());
  CHECK(judge_paper("arxiv: 1706.03762v5\n").empty());
}

TEST_CASE("titles that YAML takes for something else are titles, with a warning") {
  for (const char* title : {"0", "NO", "1984", "yes", "2001-01-01", "true", "1e5"}) {
    CAPTURE(title);
    const Lines found = judge_record("paper", fmt::format("title: {}\nurl: https://a.b/\n", title));
    REQUIRE(found.size() == 1);
    CHECK(found[0].starts_with(
        fmt::format("1:8 ambiguous-scalar: other YAML readers take {} for ", title)));
    CHECK(judge_record("paper", fmt::format("title: '{}'\nurl: https://a.b/\n", title)).empty());
  }
}

TEST_CASE("a title of blanks is no title, and an empty one is told once") {
  CHECK(judge_record("paper", "title: ' '\nshort: '  '\nurl: https://a.b/\n") ==
        Lines{"1:8 bad-format: 'title' must be a title, not ' '",
              "2:8 bad-format: 'short' must be a short title, not '  '"});
  CHECK(judge_record("paper", "title: ''\nurl: https://a.b/\n").size() == 1);
}

TEST_CASE("a paper needs a title, and a url, an arXiv id or a DOI") {
  CHECK(judge_record("paper", "title: Raft\n") ==
        Lines{"1:1 missing-key: missing key 'url', 'arxiv' or 'doi' | add one of them"});
  CHECK(judge_record("paper", "# x\ndoi: 10.1000/1\n") ==
        Lines{"2:1 missing-key: missing key 'title' | add it on a line of its own"});
  CHECK(judge_record("paper", "{}\n") ==
        Lines{"1:1 missing-key: missing key 'title' | add it on a line of its own",
              "1:1 missing-key: missing key 'url', 'arxiv' or 'doi' | add one of them"});
}

TEST_CASE("a misspelled key of a paper is corrected") {
  CHECK(judge_paper("publishd: 2017\n") ==
        Lines{"3:1 unknown-key: unknown key 'publishd' | did you mean 'published'?"});
  CHECK(judge_paper("Number: 1\n") ==
        Lines{"3:1 unknown-key: unknown key 'Number' | did you mean 'number'?"});
  CHECK(judge_paper("pages: 12\n") ==
        Lines{"3:1 unknown-key: unknown key 'pages' | put the club's own data under 'extra'"});
  CHECK(judge_paper("suggested: {bye: ada}\n") ==
        Lines{"3:13 unknown-key: unknown key 'bye' in 'suggested' | did you mean 'by'?"});
  CHECK(judge_paper("withdrawn: {who: ada}\n") ==
        Lines{"3:13 unknown-key: unknown key 'who' in 'withdrawn' | did you mean 'why'?"});
  CHECK(judge_paper("extra: {anything: [1, {goes: no}]}\n").empty());
}

TEST_CASE("identifiers and links are told their form") {
  CHECK(judge_paper("arxiv: https://arxiv.org/abs/1706.03762\n") ==
        Lines{"3:8 bad-format: 'arxiv' must be an arXiv id, not "
              "'https://arxiv.org/abs/1706.03762' | such as '1706.03762'"});
  CHECK(judge_paper("doi: https://doi.org/10.1000/1\n") ==
        Lines{"3:6 bad-format: 'doi' must be a DOI, not 'https://doi.org/10.1000/1' (write it "
              "without the resolver's address) | such as 10.18653/v1/N19-1423"});
  CHECK(judge_record("paper", "title: Raft\nurl: example.org\n") ==
        Lines{"2:6 bad-format: 'url' must be a link that begins with https:// or http://, not "
              "'example.org' | such as "
              "https://arxiv.org/abs/1706.03762"});
  CHECK(judge_paper("links: [{url: 'javascript:alert(1)'}]\n") ==
        Lines{"3:15 bad-format: 'url' must be a link or a path below the club's folder, not "
              "'javascript:alert(1)' (it must begin with http:// or https://) | such as "
              "https://example.org/slides.pdf"});
  CHECK(judge_paper("tags: [RLHF]\n") ==
        Lines{std::string("3:8 bad-format: an item of 'tags' must be an id, not 'RLHF'") +
              kSuchAsId});
}

TEST_CASE("a link without an address is a finding") {
  CHECK(judge_paper("links: [{title: Notes, url: ''}]\n").size() == 1);
}

TEST_CASE("dates and numbers of a paper are held to the calendar and to their range") {
  CHECK(judge_paper("published: 2018-02-30\n") ==
        Lines{"3:12 bad-format: 'published' must be a year, a year and month, or a date, not "
              "'2018-02-30' | such as 2018, 2018-10 or 2018-10-11"});
  CHECK(judge_paper("published: 17\n") == Lines{"3:12 out-of-range: 'published' must be at least "
                                                "1000, not 17 | write a number from 1000 to 9999"});
  for (const char* good : {"2017", "2018-10", "'2018-10'", "2018-10-11", "'2017'"}) {
    CHECK(judge_paper(fmt::format("published: {}\n", good)).empty());
  }
  CHECK(judge_paper("number: 0\n") == Lines{"3:9 out-of-range: 'number' must be at least 1, not 0 "
                                            "| write a number from 1 to 1000000"});
  CHECK(judge_paper("number: 1.5\n") == Lines{"3:9 wrong-type: 'number' must be a whole number, "
                                              "not the number 1.5 | write a whole number"});
  CHECK(judge_paper("number: '3'\n") ==
        Lines{"3:9 wrong-type: 'number' must be a whole number, not the text '3' | write "
              "a whole number in digits, without quotes"});
  CHECK(judge_paper("number: 017\n").size() == 1);
}

TEST_CASE("an upper bound of a schema is written in digits") {
  CHECK(judge_paper("number: 1000001\n") ==
        Lines{"3:9 out-of-range: 'number' must be at most 1000000, not 1000001 | write a number "
              "from 1 to 1000000"});
}

TEST_CASE("a single author or tag without brackets is shown how to write a list") {
  CHECK(judge_paper("authors: Ada\n") ==
        Lines{"3:10 wrong-type: 'authors' must be a list of names, not the text 'Ada' | put it in "
              "brackets: [Ada]"});
  CHECK(judge_paper("authors: [Ada, Ben, Ada]\n") ==
        Lines{"3:21 duplicate-item: 'authors' names 'Ada' twice | keep one of the two"});
}

TEST_CASE("empty values are findings at their key, not silent gaps") {
  CHECK(judge_paper("short:\n") ==
        Lines{"3:1 wrong-type: 'short' must be a short title, not nothing | write a value behind "
              "the colon, or remove the key; a text that begins with # needs quotes"});
  CHECK(judge_paper("venue: ''\n") == Lines{"3:8 wrong-length: 'venue' is empty | write a text; a "
                                            "key that is not required may be left out"});
  CHECK(
      judge_paper("suggested:\n") ==
      Lines{"3:1 wrong-type: 'suggested' must be a suggestion, not nothing | write a value behind "
            "the colon, or remove the key; a text that begins with # needs quotes"});
}

TEST_CASE("answers to the club's questions are texts or lists of texts under an id") {
  CHECK(judge_paper("discussion: {big-idea: x, open: [a, b]}\n").empty());
  CHECK(judge_paper("discussion: {big-idea: {a: b}}\n") ==
        Lines{"3:24 wrong-type: 'big-idea' must be a text or a list of texts, not a mapping | put "
              "the text in quotes if it begins with a bracket or brace"});
  CHECK(judge_paper("discussion: {Big Idea: x}\n") ==
        Lines{"3:14 bad-format: a key of 'discussion' must be an id, not 'Big Idea' | such as "
              "big-idea"});
}

TEST_CASE("a record with five faults has five findings, each at its line and column") {
  CHECK(judge_record("paper",
                     "titel: Raft\nurl: https://example.org/\nnumber: three\n"
                     "tags: [a, b, a]\npublished: 2018-13\n") ==
        Lines{"1:1 unknown-key: unknown key 'titel' | did you mean 'title'?",
              "1:1 missing-key: missing key 'title' | add it on a line of its own",
              "3:9 wrong-type: 'number' must be a whole number, not the text 'three' | "
              "write a whole number in digits, without quotes",
              "4:14 duplicate-item: 'tags' names 'a' twice | keep one of the two",
              "5:12 bad-format: 'published' must be a year, a year and month, or a date, not "
              "'2018-13' | such as 2018, 2018-10 or 2018-10-11"});
}

}  // namespace
}  // namespace paperclub::schema

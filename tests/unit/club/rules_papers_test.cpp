// Ids, identifiers, titles and answers; numbers are in rules_numbers_test.cpp.
#include "lib/club/rules.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

// A record with the title and nothing but the keys given.
std::string record(const std::string& title, const std::string& keys) {
  return fmt::format("title: '{}'\n{}", title, keys);
}

const std::string kTwoSubfolders = std::string(kClubYaml) + "papers: by-year\n";

// Two records of different titles with the keys given each.
Lines check_pair(const std::string& first, const std::string& second) {
  return TestClub{{"papers/a.yaml", record("Alpha", first)},
                  {"papers/b.yaml", record("Beta", second)}}
      .check();
}

}  // namespace

TEST_CASE("an id is taken by the first of two papers in different subfolders") {
  const TestClub club{{"club.yaml", kTwoSubfolders},
                      {"papers/2017/bert.yaml", paper("Alpha")},
                      {"papers/2018/bert.yaml", paper("Beta")}};
  CHECK(club.check() == Lines{"papers/2018/bert.yaml: the id 'bert' is taken by "
                              "papers/2017/bert.yaml [id-taken] | an id is unique over all "
                              "subfolders: rename one of the two"});
}

TEST_CASE("an alias that is an id or another paper's alias is told at the alias") {
  const TestClub club{{"papers/a.yaml", paper("Alpha", "aliases: [old-a, b]\n")},
                      {"papers/b.yaml", paper("Beta", "aliases:\n  - old-a\n")}};
  CHECK(club.check() ==
        Lines{"papers/a.yaml:4:18: the alias 'b' is taken by papers/b.yaml [id-taken] | rename "
              "papers/b.yaml, or remove the alias",
              "papers/b.yaml:5:5: the alias 'old-a' is taken by papers/a.yaml [id-taken] | rename "
              "papers/a.yaml, or remove the alias"});
}

TEST_CASE("a paper's alias that is its own id is told, and aliases of its own are no finding") {
  CHECK(TestClub{{"papers/a.yaml", paper("Alpha", "aliases: [old-a, older-a]\n")}}.check() ==
        Lines{});
  CHECK(TestClub{{"papers/a.yaml", paper("Alpha", "aliases: [a]\n")}}.check() ==
        Lines{"papers/a.yaml:4:11: the alias 'a' is taken by papers/a.yaml [id-taken] | remove the "
              "alias"});
}

TEST_CASE("two records of one arXiv paper are told, in whichever field and version it stands") {
  const std::string first =
      GENERATE(as<std::string>(), "arxiv: '1810.04805'\n", "arxiv: 1810.04805v2\n",
               "doi: 10.48550/arXiv.1810.04805\n", "url: https://arxiv.org/abs/1810.04805\n",
               "url: http://www.arxiv.org/pdf/1810.04805v3.pdf\n",
               "url: https://doi.org/10.48550/ARXIV.1810.04805\n");
  CAPTURE(first);
  CHECK(check_pair(first, "arxiv: '1810.04805'\n").size() == 1);
  CHECK(check_pair(first, "url: https://huggingface.co/papers/1810.04805\n").size() == 1);
  CHECK(check_pair(first, "arxiv: '1810.04806'\n").empty());
}

TEST_CASE("the same paper twice is told once, at the field that says so, with what both have") {
  CHECK(check_pair("arxiv: '1810.04805'\nurl: https://arxiv.org/abs/1810.04805\n",
                   "url: https://arxiv.org/abs/1810.04805\n") ==
        Lines{"papers/b.yaml:2:6: 'b' is the same paper as 'a' [duplicate-paper] | both have "
              "arxiv:1810.04805; keep one record"});
}

TEST_CASE("a DOI is the same whatever its case") {
  CHECK(check_pair("doi: 10.18653/v1/N19-1423\n", "doi: 10.18653/V1/n19-1423\n") ==
        Lines{"papers/b.yaml:2:6: 'b' is the same paper as 'a' [duplicate-paper] | both have "
              "doi:10.18653/v1/n19-1423; keep one record"});
  CHECK(check_pair("doi: 10.18653/v1/N19-1423\n", "url: https://dx.doi.org/10.18653/v1/N19-1423\n")
            .size() == 1);
  CHECK(check_pair("doi: 10.18653/v1/N19-1423\n", "doi: 10.18653/v1/N19-1424\n").empty());
}

TEST_CASE("a link is the same whatever its scheme, www, port, slash at the end and fragment") {
  const std::string same =
      GENERATE(as<std::string>(), "http://example.org/paper", "https://www.example.org/paper/",
               "https://EXAMPLE.org:443/paper#page=2");
  CAPTURE(same);
  CHECK(check_pair("url: https://example.org/paper\n", fmt::format("url: '{}'\n", same)) ==
        Lines{"papers/b.yaml:2:6: 'b' is the same paper as 'a' [duplicate-paper] | both have "
              "url:example.org/paper; keep one record"});
}

TEST_CASE("links that differ in path, query or port are two papers") {
  const std::string other =
      GENERATE(as<std::string>(), "https://example.org/Paper", "https://example.org/paper?id=2",
               "https://example.org:8443/paper", "https://papers.example.org/paper");
  CAPTURE(other);
  CHECK(check_pair("url: https://example.org/paper\n", fmt::format("url: {}\n", other)).empty());
}

TEST_CASE("nearly the same title is a warning at the title of the later record") {
  const TestClub club{
      {"papers/a.yaml", record("Attention is all you need", "url: https://example.org/a\n")},
      {"papers/b.yaml", record("Attention Is All You Need!", "url: https://example.org/b\n")}};
  CHECK(club.check() == Lines{"papers/b.yaml:1:8: nearly the same title as 'a' [similar-title] | "
                              "keep one record if it is the same paper"});
  CHECK(count_errors(club.findings()) == 0);
}

TEST_CASE("one slip of the pen makes titles similar, another number does not") {
  const auto titles = [](const std::string& first, const std::string& second) {
    return TestClub{{"papers/a.yaml", record(first, "url: https://example.org/a\n")},
                    {"papers/b.yaml", record(second, "url: https://example.org/b\n")}}
        .check();
  };
  CHECK(titles("Scaling Language Models", "Scaling Langauge Models").size() == 1);
  CHECK(titles("The Scaling of Language Models", "Scaling of Language Models").size() == 1);
  CHECK(titles("Technical Report of Model 2", "Technical Report of Model 3").empty());
  CHECK(titles("Scaling Language Models", "Scaling Vision Models").empty());
}

TEST_CASE("two records of one paper are not told again for their titles") {
  const TestClub club{{"papers/a.yaml", record("Alpha Beta", "arxiv: '1810.04805'\n")},
                      {"papers/b.yaml", record("Alpha Beta", "arxiv: '1810.04805'\n")}};
  const auto findings = club.findings();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].rule == Rule::duplicate_paper);
}

TEST_CASE("a link or DOI of another arXiv paper than the record says is told there") {
  CHECK(TestClub{{"papers/a.yaml", record("Alpha",
                                          "arxiv: '1810.04805'\n"
                                          "url: https://arxiv.org/abs/1706.03762v5\n"
                                          "doi: 10.48550/arXiv.1706.03762\n")}}
            .check() ==
        Lines{"papers/a.yaml:3:6: the link points at arXiv 1706.03762, the record says 1810.04805 "
              "[identifier-mismatch] | correct one of the two",
              "papers/a.yaml:4:6: the DOI is that of arXiv 1706.03762, the record says 1810.04805 "
              "[identifier-mismatch] | correct one of the two"});
}

TEST_CASE("a link to another DOI than the record says is told at the link") {
  CHECK(TestClub{
            {"papers/a.yaml", record("Alpha", "doi: 10.1000/a\nurl: https://doi.org/10.1000/b\n")}}
            .check() == Lines{"papers/a.yaml:3:6: the link points at the DOI '10.1000/b', the "
                              "record says '10.1000/a' [identifier-mismatch] | correct one of the "
                              "two"});
}

TEST_CASE("arXiv papers that a link and a DOI name are compared with what the record says") {
  const auto check = [](const std::string& keys) {
    return TestClub{{"papers/a.yaml", record("Alpha", keys)}}.check();
  };
  CHECK(check("url: https://arxiv.org/abs/1706.03762/\ndoi: 10.48550/arXiv.1810.04805\n") ==
        Lines{"papers/a.yaml:2:6: the link points at arXiv 1706.03762, the record says 1810.04805 "
              "[identifier-mismatch] | correct one of the two"});
  CHECK(check("url: https://doi.org/10.48550/arXiv.1706.03762\narxiv: '1810.04805'\n") ==
        Lines{"papers/a.yaml:2:6: the link points at arXiv 1706.03762, the record says 1810.04805 "
              "[identifier-mismatch] | correct one of the two"});
  const Lines lead = check("doi: doi:10.1234/x\nurl: https://doi.org/10.1234/x\n");
  for (const std::string& line : lead)
    CHECK(line.find("identifier-mismatch") == line.npos);
}

TEST_CASE("identifiers that agree are no finding, whatever version, case and place of reading") {
  for (const char* keys :
       {"arxiv: '1810.04805'\nurl: https://arxiv.org/pdf/1810.04805v2\n",
        "arxiv: '1810.04805'\ndoi: 10.48550/ARXIV.1810.04805\n",
        "arxiv: '1810.04805'\ndoi: 10.18653/v1/N19-1423\nurl: https://example.org/a.pdf\n",
        "doi: 10.18653/v1/N19-1423\nurl: https://doi.org/10.18653/V1/N19-1423\n",
        "arxiv: '1810.04805'\nurl: https://doi.org/10.18653/v1/N19-1423\n",
        "doi: 10.18653/v1/N19-1423\nurl: https://doi.org/10.48550/arXiv.1810.04805\n"}) {
    CAPTURE(keys);
    CHECK(TestClub{{"papers/a.yaml", record("Alpha", keys)}}.check() == Lines{});
  }
}

TEST_CASE("an answer to a question that the club does not ask is told, with the nearest one") {
  TestClub club{{"papers/a.yaml", paper("Alpha",
                                        "discussion:\n  big-idae: x\n  zzz: why\n"
                                        "  relevance: z\n")}};
  club.tree.put("club.yaml", std::string(kClubYaml) +
                                 "questions:\n  - {id: big-idea, title: A}\n"
                                 "  - {id: relevance, title: B}\n");
  CHECK(club.check() ==
        Lines{"papers/a.yaml:5:3: club.yaml has no question 'big-idae' [unknown-key] | did you "
              "mean 'big-idea'?",
              "papers/a.yaml:6:3: club.yaml has no question 'zzz' [unknown-key] | the club's "
              "questions are 'big-idea' or 'relevance'"});
}

TEST_CASE("a club without questions takes every answer") {
  CHECK(TestClub{{"papers/a.yaml", paper("Alpha", "discussion: {anything: x}\n")}}.check() ==
        Lines{});
}

}  // namespace paperclub::tests

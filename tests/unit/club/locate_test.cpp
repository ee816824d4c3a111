#include "lib/club/locate.hpp"

#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

TestClub some_papers() {
  return {{"papers/attention.yaml",
           "title: Attention\narxiv: '1706.03762'\nnumber: 1\naliases: [transformer, bert]\n"},
          {"papers/bert.yaml",
           "title: BERT\nurl: https://arxiv.org/abs/1810.04805\ndoi: 10.18653/v1/N19-1423\n"
           "number: 3\n"},
          {"papers/bert-large.yaml", "title: Large\nurl: https://example.org/paper/\n"},
          {"papers/old.yaml", "title: Old\narxiv: 'math/0611800'\naliases: [ancient]\n"},
          {"papers/mamba-2.yaml", "title: Second\ndoi: 10.48550/arXiv.2405.21060\n"},
          {"papers/mamba-3.yaml", "title: Third\nurl: https://doi.org/10.1000/A(b)c\n"}};
}

// The id of the paper that `name` means, or the failure with its hints.
std::string found(const std::string& name) {
  const club::Snapshot snapshot = some_papers().load();
  try {
    return club::find_paper(snapshot, name).id.str();
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    return fmt::format("{} | {}", error.message(), fmt::join(error.hints(), " | "));
  }
}

Lines keys_of(const std::string& text) {
  const club::Snapshot snapshot = TestClub{{"papers/a.yaml", "title: A\n" + text}}.load();
  Lines keys;
  for (const club::PaperKeys& key : club::keys_of(snapshot.papers.at(0).paper)) {
    keys.push_back(fmt::format("{} {}", key.field, key.text));
  }
  return keys;
}

}  // namespace

TEST_CASE("an exact id wins over an alias and over longer ids") {
  CHECK(found("bert") == "bert");
  CHECK(found("bert-large") == "bert-large");
}

TEST_CASE("an alias finds its paper") {
  CHECK(found("transformer") == "attention");
  CHECK(found("ancient") == "old");
}

TEST_CASE("the beginning of one id only finds it") {
  CHECK(found("att") == "attention");
  CHECK(found("bert-") == "bert-large");
}

TEST_CASE("the beginning of several ids names them") {
  CHECK(found("mamba") == "'mamba' is the beginning of 2 ids | write more of it: mamba-2, mamba-3");
  CHECK(found("b") == "'b' is the beginning of 2 ids | write more of it: bert, bert-large");
}

TEST_CASE("of very many ids the first six are named") {
  TestClub club{};
  for (int i = 0; i < 9; ++i)
    club.tree.put(fmt::format("papers/p{}.yaml", i), paper("P"));
  const club::Snapshot snapshot = club.load();
  try {
    club::find_paper(snapshot, "p");
    FAIL("found one all the same");
  } catch (const Error& error) {
    CHECK(error.message() == "'p' is the beginning of 9 ids");
    CHECK(error.hints() == Lines{"write more of it: p0, p1, p2, p3, p4, p5 …"});
  }
}

TEST_CASE("an arXiv id finds its paper in every spelling") {
  for (const char* name :
       {"1706.03762", "1706.03762v7", "arXiv:1706.03762", "arxiv:1706.03762v1",
        "https://arxiv.org/abs/1706.03762", "http://arxiv.org/pdf/1706.03762v5.pdf",
        "https://huggingface.co/papers/1706.03762", "10.48550/arXiv.1706.03762",
        "https://doi.org/10.48550/ARXIV.1706.03762"}) {
    CAPTURE(name);
    CHECK(found(name) == "attention");
  }
  CHECK(found("1810.04805") == "bert");
  CHECK(found("math.CA/0611800") == "old");
  CHECK(found("2405.21060") == "mamba-2");
}

TEST_CASE("a DOI finds its paper in any case and with its resolver") {
  for (const char* name :
       {"10.18653/v1/N19-1423", "10.18653/V1/n19-1423", "doi:10.18653/v1/n19-1423",
        "https://doi.org/10.18653/v1/N19-1423", "http://dx.doi.org/10.18653/v1/N19-1423"}) {
    CAPTURE(name);
    CHECK(found(name) == "bert");
  }
  CHECK(found("10.1000/a(B)C") == "mamba-3");
}

TEST_CASE("a link finds its paper whatever its scheme, www, slash and fragment") {
  CHECK(found("https://example.org/paper/") == "bert-large");
  CHECK(found("http://www.example.org/paper#page=3") == "bert-large");
}

TEST_CASE("a number finds the paper that has it on the timeline") {
  CHECK(found("#3") == "bert");
  CHECK(found("#1") == "attention");
  CHECK(found("#2") == "no paper '#2' | see 'paperclub list' for the ids");
  CHECK(found("#") == "no paper '#' | see 'paperclub list' for the ids");
  CHECK(found("#99999999999999999999").starts_with("no paper '#99999999999999999999'"));
}

TEST_CASE("a name that is near an id gets that id as a hint, another one the list") {
  CHECK(found("attenton") == "no paper 'attenton' | did you mean 'attention'?");
  CHECK(found("xyzzy-plugh") == "no paper 'xyzzy-plugh' | see 'paperclub list' for the ids");
  CHECK(found("1234.56789") == "no paper '1234.56789' | see 'paperclub list' for the ids");
  CHECK(found("") == "no paper '' | see 'paperclub list' for the ids");
}

TEST_CASE("what a person typed is safe to print and cut short") {
  CHECK(found("\x1b[31m\u202e") ==
        "no paper '\\x1b[31m\\u{202e}' | see 'paperclub list' for the ids");
  CHECK(found(std::string(1000, 'x')).size() < 120);
}

TEST_CASE("find_by_id takes ids and aliases, and nothing that is less") {
  const club::Snapshot snapshot = some_papers().load();
  CHECK(club::find_by_id(snapshot, "bert")->id.str() == "bert");
  CHECK(club::find_by_id(snapshot, "ancient")->id.str() == "old");
  CHECK(club::find_by_id(snapshot, "att") == nullptr);
  CHECK(club::find_by_id(snapshot, "1706.03762") == nullptr);
  CHECK(club::find_by_id(snapshot, "") == nullptr);
}

TEST_CASE("the identifiers of a paper are named once each, by the field they come from") {
  CHECK(keys_of("arxiv: 1810.04805v2\nurl: https://arxiv.org/abs/1810.04805\n"
                "doi: 10.18653/v1/N19-1423\n") ==
        Lines{"arxiv arxiv:1810.04805", "doi doi:10.18653/v1/n19-1423"});
  CHECK(keys_of("url: https://www.example.org/x/?a=1#b\n") == Lines{"url url:example.org/x?a=1"});
  CHECK(keys_of("doi: 10.48550/arXiv.2405.21060\n") == Lines{"doi arxiv:2405.21060"});
  CHECK(keys_of("url: https://doi.org/10.1000/X\n") == Lines{"url doi:10.1000/x"});
}

TEST_CASE("an identifier that is none is passed over") {
  CHECK(keys_of("arxiv: nonsense\ndoi: nonsense\nurl: ftp://example.org\n") == Lines{});
}

TEST_CASE(
    "a session is found by its id, the end of its serial id, and its day in the club's zone") {
  TestClub club{{"sessions/s0005.yaml", "date: 2024-02-15\n"},
                {"sessions/s0015.yaml", "date: 2024-02-22T20:00:00Z\n"},
                {"sessions/5.yaml", "note: odd\n"}};
  club.tree.put("club.yaml", fmt::format("{}timezone: Asia/Singapore\n", kClubYaml));
  const club::Snapshot snapshot = club.load();
  const auto id = [&snapshot](const char* name) {
    return club::find_session(snapshot, name).id.str();
  };
  CHECK(id("s0005") == "s0005");
  CHECK(id("5") == "5");  // an id wins
  CHECK(id("15") == "s0015");
  CHECK(id("2024-02-15") == "s0005");
  CHECK(id("2024-02-23") == "s0015");
  CHECK_THROWS_WITH(id("2024-02-22"), "no session '2024-02-22'");
  CHECK(id("0015") == "s0015");
  CHECK_THROWS_WITH(id("16"), "no session '16'");
}

TEST_CASE("two sessions of one day are named, not guessed") {
  const TestClub club{{"sessions/a.yaml", "date: 2024-02-15\n"},
                      {"sessions/b.yaml", "date: 2024-02-15\n"}};
  const club::Snapshot snapshot = club.load();
  CHECK_THROWS_WITH(club::find_session(snapshot, "2024-02-15"), "'2024-02-15' means 2 sessions");
}

TEST_CASE("a member is found by id, name, address and login in any case, an id before all") {
  const TestClub club{
      {"members/ada.yaml", "name: Grace\nemails: [Ada@example.org]\nlogin: ALovelace\n"},
      {"members/grace.yaml", "name: Ada\n"}};
  const club::Snapshot snapshot = club.load();
  const auto id = [&snapshot](const char* text) { return club::person_named(snapshot, text); };
  CHECK(id("ADA") == "ada");
  CHECK(id("grace") == "grace");
  CHECK(id("ada@EXAMPLE.org") == "ada");
  CHECK(id("alovelace") == "ada");
  CHECK(id("A Guest") == "A Guest");
  CHECK(club::find_member(snapshot, "") == nullptr);
}

}  // namespace paperclub::tests

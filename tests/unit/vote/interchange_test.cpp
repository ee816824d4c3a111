#include "lib/vote/interchange.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

namespace paperclub::tests {
namespace {

using vote::Candidate;
using vote::Choice;
using vote::Format;
using vote::Interchange;

// What ballots say, each with their number, in an order of its own.
std::map<std::string, std::uint64_t> said(const Interchange& what) {
  std::map<std::string, std::uint64_t> all;
  what.ballots.for_each([&](const Choice& choice, std::uint64_t count) {
    std::string text;
    if (choice.rank) {
      for (auto tier : *choice.rank) {
        std::sort(tier.begin(), tier.end());
        for (const Candidate one : tier)
          text += what.candidates[one] + "=";
        text += ">";
      }
    }
    if (choice.approve) {
      text += "approve ";
      for (const Candidate one : *choice.approve)
        text += what.candidates[one] + ",";
    }
    if (choice.score) {
      text += "score ";
      for (const auto& [one, score] : *choice.score)
        text += what.candidates[one] + "/" + std::to_string(score) + ",";
    }
    all[text] += count;
  });
  return all;
}

Interchange read(Format format, const std::string& text) {
  return vote::read_interchange(format, text);
}

std::string refusal(Format format, const std::string& text) {
  try {
    read(format, text);
  } catch (const Error& error) {
    return error.message();
  }
  return "";
}

// Random ballots: what `scores`, `ranks` and `approvals` allow, with equal ranks where `equal`.
Interchange random_election(Random& random, bool ranks, bool scores, bool approvals, bool equal) {
  const std::size_t size = 1 + random.below(6);
  Interchange out{{}, vote::Ballots(size)};
  for (std::size_t i = 0; i < size; ++i)
    out.candidates.push_back("c" + std::to_string(i));
  for (std::size_t i = random.below(12); i > 0; --i) {
    Choice choice;
    if (approvals) choice.approve.emplace();
    if (ranks) choice.rank.emplace();
    if (scores) choice.score.emplace();
    for (std::size_t one = 0; one < size; ++one) {
      const auto candidate = static_cast<Candidate>(one);
      if (random.one_in(3)) continue;
      if (approvals) choice.approve->push_back(candidate);
      if (scores) choice.score->emplace_back(candidate, static_cast<std::int32_t>(random.below(6)));
      if (!ranks) continue;
      if (choice.rank->empty() || !equal || random.one_in(2)) choice.rank->emplace_back();
      choice.rank->back().push_back(candidate);
    }
    // One alone with a score has no rank in ABIF, and none with nothing has a score.
    if (scores && choice.score->size() < 2) continue;
    out.ballots.add(choice, 1 + random.below(5));
  }
  return out;
}

}  // namespace

TEST_CASE("CEF: what its definition shows") {
  const Interchange from = read(Format::cef,
                                "#/Candidates: a ; b;c\n#/Number of Seats: 2\n# a comment\n"
                                "tag, other || a > b = c * 3 # behind\nb>a ; c\n"
                                "/EMPTY_RANKING/ * 2\nx > a > y > b\n");
  CHECK(from.candidates == std::vector<std::string>{"a", "b", "c"});
  CHECK(from.seats == 2);
  CHECK(said(from) == std::map<std::string, std::uint64_t>{
                          {"a=>b=c=>", 3}, {"b=>a=>", 1}, {"c=>", 1}, {"", 2}, {"a=>b=>", 1}});
  CHECK(from.notes == std::vector<std::string>{"2 names not among the candidates left out"});
  CHECK(read(Format::cef, "b > a\nc\n").candidates == std::vector<std::string>{"b", "a", "c"});
  CHECK(said(read(Format::cef, "#/Weight allowed: true\na ^3 * 2\n")).at("a=>") == 6);
  CHECK(said(read(Format::cef, "a ^3 * 2\n")).at("a=>") == 2);
}

TEST_CASE("CEF: a name with bars would be taken for tags") {
  const Interchange from = read(Format::cef, "tag||A|||B\n");
  CHECK(from.candidates == std::vector<std::string>{"A|||B"});
  CHECK_THROWS_AS(vote::write_interchange(Format::cef, from), Error);
}

TEST_CASE("PrefLib: rankings and categories") {
  const Interchange ranked = read(Format::preflib,
                                  "# FILE NAME: x.toi\n# NUMBER ALTERNATIVES: 3\n"
                                  "# ALTERNATIVE NAME 1: a\n# ALTERNATIVE NAME 2: b\n"
                                  "# ALTERNATIVE NAME 3: c\n4: 1,{2,3}\n1: 2\n");
  CHECK(said(ranked) == std::map<std::string, std::uint64_t>{{"a=>b=c=>", 4}, {"b=>", 1}});
  const Interchange approved = read(Format::preflib,
                                    "# NUMBER ALTERNATIVES: 2\n# NUMBER CATEGORIES: 2\n"
                                    "3: {1,2},{}\n2: {},{1,2}\n1: 2,1\n");
  CHECK(said(approved) == std::map<std::string, std::uint64_t>{
                              {"approve 1,2,", 3}, {"approve ", 2}, {"approve 2,", 1}});
}

TEST_CASE("PrefLib: a number of voters that is not that of the ballots is noted") {
  const auto notes = [](const char* voters) {
    return read(
               Format::preflib,
               fmt::format("# NUMBER ALTERNATIVES: 2\n# NUMBER VOTERS: {}\n3: 1,2\n1: 2\n", voters))
        .notes;
  };
  CHECK(notes("4").empty());
  CHECK(notes("1") ==
        std::vector<std::string>{"the file says 1 voter, and its lines are those of 4"});
}

TEST_CASE("ABIF: ranks, scores and both") {
  const Interchange from =
      read(Format::abif,
           "{\"version\": 1}\n=a: [Ann Lee]\n# a comment\n27: a/5 > b/3 = c/3\n"
           "3: a/1, b/0\n2: [Ann of C] > a\n1: b\n");
  CHECK(from.candidates == std::vector<std::string>{"a", "b", "c", "Ann of C"});
  CHECK(said(from) == std::map<std::string, std::uint64_t>{{"a=>b=c=>score a/5,b/3,c/3,", 27},
                                                           {"score a/1,b/0,", 3},
                                                           {"Ann of C=>a=>", 2},
                                                           {"b=>", 1}});
}

TEST_CASE("ABIF: a name may hold a colon") {
  const Interchange from =
      read(Format::abif, "=[Foo: Bar]: [Foo: Bar]\n=b: [b]\n2: [Foo: Bar] > b\n");
  CHECK(from.candidates == std::vector<std::string>{"Foo: Bar", "b"});
  CHECK(read(Format::abif, vote::write_interchange(Format::abif, from)).candidates ==
        from.candidates);
}

TEST_CASE("BLT: withdrawn candidates are gone") {
  const Interchange from = read(Format::blt,
                                "3 2\n-2\n5 1 2 3 0\n1 2=3 - 1 0\n2 0\n0\n\"Ann\"\n\"Bo\"\n\"Cy\"\n"
                                "\"A title\"\n");
  CHECK(from.candidates == std::vector<std::string>{"Ann", "Cy"});
  CHECK(from.seats == 2);
  CHECK(said(from) ==
        std::map<std::string, std::uint64_t>{{"Ann=>Cy=>", 5}, {"Cy=>Ann=>", 1}, {"", 2}});
}

TEST_CASE("Debian: a character an option, a hyphen leaves it unranked") {
  const Interchange from = read(Format::debian,
                                "  Option 1------->: Ann Lee\n /  Option 2----->: Bo\n"
                                " |/ Option 3---->: None Of The Above\n"
                                "V: 12-\tabc\nV: 313 def\nV: --- x\n");
  CHECK(from.candidates == std::vector<std::string>{"Ann Lee", "Bo", "None Of The Above"});
  CHECK(said(from) == std::map<std::string, std::uint64_t>{
                          {"Ann Lee=>Bo=>", 1}, {"Bo=>Ann Lee=None Of The Above=>", 1}, {"", 1}});
}

TEST_CASE("Debian: with or without a blank, in capitals or not, a ballot is one") {
  CHECK(read(Format::debian, "V:21\nv: 12\n").ballots.size() == 2);
}

TEST_CASE("a mark of the order of bytes at the beginning says nothing") {
  const std::vector<std::pair<Format, std::string>> texts = {
      {Format::cef, "#/Candidates: b ; a\na > b\n"},
      {Format::preflib, "# NUMBER ALTERNATIVES: 2\n1: 2,1\n"},
      {Format::abif, "1: b > a\n"},
      {Format::blt, "2 1\n1 2 1 0\n0\n\"b\"\n\"a\"\n\"t\"\n"},
      {Format::debian, "V: 21\n"}};
  for (const auto& [format, text] : texts) {
    const Interchange from = read(format, "\xEF\xBB\xBF" + text);
    CHECK(from.candidates == read(format, text).candidates);
    CHECK(said(from) == said(read(format, text)));
  }
}

TEST_CASE("what is not of the format is told with its line") {
  CHECK(refusal(Format::cef, "#/Number of Seats: 0\na\n") == "line 1: no seats are to be filled");
  CHECK(refusal(Format::blt, "2 0\n0\n") == "line 1: no seats are to be filled");
  CHECK(refusal(Format::blt, "2 1\n-1 12\n0\n") ==
        "line 2: a withdrawn candidate has a minus sign");
  CHECK(refusal(Format::cef, "#/Candidates: a;b\n\na > > b\n") ==
        "line 3: a name is missing between '>' and '='");
  CHECK(refusal(Format::cef, "a > b > a\n") == "line 1: 'a' stands twice");
  CHECK(refusal(Format::cef, "#/Candidates: a;b/c\na\n") ==
        "line 1: a name may hold neither ',' nor '/': 'b/c'");
  CHECK(refusal(Format::cef, "a\nb, c > a\n").starts_with("line 2: a name may hold neither"));
  CHECK(refusal(Format::cef, "a * x\n").starts_with("line 1: 'x' is no whole number"));
  CHECK(refusal(Format::cef, "a * 99999999999\n").starts_with("line 1:"));
  CHECK(refusal(Format::cef, "a * 50000000\na * 50000000\n") == "more than 50000000 ballots");
  CHECK(refusal(Format::cef, "#/Weight allowed: true\na ^50000000 * 3\n") ==
        "line 2: too many ballots");
  CHECK(refusal(Format::preflib, "# NUMBER ALTERNATIVES: 2\n1: 3\n") ==
        "line 2: no such alternative");
  CHECK(refusal(Format::preflib, "# NUMBER ALTERNATIVES: 99999\n") == "more than 1000 candidates");
  CHECK(refusal(Format::preflib, "# NUMBER ALTERNATIVES: 2\n1: {1\n") ==
        "line 2: a brace is not closed");
  CHECK(refusal(Format::abif, "a > b\n") == "line 1: a line of ballots is 'NUMBER: a > b = c'");
  CHECK(refusal(Format::abif, "1: a >\n") == "line 1: the name of a candidate is missing");
  CHECK(refusal(Format::abif, "1: [a\n") == "line 1: a bracket is not closed");
  CHECK(refusal(Format::blt, "2 1\n1 3 0\n0\n\"a\"\n\"b\"\n") == "line 2: no such candidate");
  CHECK(refusal(Format::blt, "2 1\n1 1 0\n") == "line 2: the ballots do not end with 0");
  CHECK(refusal(Format::debian, "V: 12 a\nV: 1 b\n") == "line 2: not 2 options");
}

TEST_CASE("every text is read or refused, whatever its bytes") {
  Random random(7);
  for (int i = 0; i < 6000; ++i) {
    const std::string text = random.text("ab1230 >=,;*^#/:{}[]|-\"V\n\t\xff", 60);
    for (const Format format :
         {Format::cef, Format::preflib, Format::abif, Format::blt, Format::debian}) {
      try {
        const Interchange from = read(format, text);
        CHECK(from.candidates.size() == from.ballots.candidates());
      } catch (const Error& error) {
        CHECK_FALSE(error.message().empty());
      }
    }
  }
}

TEST_CASE("what is written is read as the same") {
  struct Case {
    Format format;
    bool ranks, scores, approvals, equal;
  };
  Random random(11);
  for (const Case& one :
       {Case{Format::cef, true, false, false, true},
        Case{Format::preflib, true, false, false, true},
        Case{Format::preflib, false, false, true, false},
        Case{Format::abif, true, true, false, true}, Case{Format::abif, false, true, false, false},
        Case{Format::abif, true, false, false, true},
        Case{Format::blt, true, false, false, false}}) {
    for (int i = 0; i < 500; ++i) {
      const Interchange before =
          random_election(random, one.ranks, one.scores, one.approvals, one.equal);
      const std::string text = vote::write_interchange(one.format, before);
      CAPTURE(text);
      const Interchange after = read(one.format, text);
      CHECK(after.candidates == before.candidates);
      CHECK(said(after) == said(before));
    }
  }
}

TEST_CASE("a candidate called none is 'no paper'") {
  const Interchange from = read(Format::cef, "#/Candidates: a;none;b\na > none > b * 2\nnone\nb\n");
  CHECK(from.none);
  CHECK(from.candidates == std::vector<std::string>{"a", "b"});
  const vote::Rankings rows = from.ballots.rankings_with_none();
  CHECK(rows.total() == 4);
  CHECK(from.ballots.approvals().total() == 2);
  const Interchange again = read(Format::preflib, vote::write_interchange(Format::preflib, from));
  CHECK(again.candidates == from.candidates);
  CHECK(vote::write_interchange(Format::cef, again) == vote::write_interchange(Format::cef, from));
  const Interchange scored = read(Format::abif, "1: a/3, none/2\n");
  CHECK(said(scored).contains("score a/3,"));
}

TEST_CASE("what a format has no form for is refused") {
  const auto refused = [](Format format, const Interchange& what) {
    CHECK_THROWS_AS(vote::write_interchange(format, what), Error);
  };
  refused(Format::blt, read(Format::cef, "a = b\n"));
  refused(Format::cef, read(Format::abif, "1: a/1, b/2\n"));
  refused(Format::preflib, read(Format::abif, "1: a/1, b/2\n"));
  refused(Format::cef, read(Format::abif, "1: [a;b]\n"));
  // A name that ends in a return loses it at the end of a line.
  for (const Format format : {Format::cef, Format::preflib, Format::abif, Format::blt})
    refused(format, read(Format::cef, "\r\r\n"));
  refused(Format::debian, read(Format::cef, "a\n"));
}

TEST_CASE("the name of a file tells its format") {
  CHECK(vote::format_of_file("x/y.cvotes") == Format::cef);
  CHECK(vote::format_of_file("y.cat") == Format::preflib);
  CHECK(vote::format_of_file("vote_002_tally.txt") == Format::debian);
  CHECK_FALSE(vote::format_of_file("votes.txt"));
  CHECK(vote::format_called("blt") == Format::blt);
  CHECK_FALSE(vote::format_called("csv"));
}

}  // namespace paperclub::tests

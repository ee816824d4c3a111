#include "lib/publish/json.hpp"

#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

using Json = nlohmann::ordered_json;

Json parse(const std::string& text, const std::string& name) {
  CHECK(text.ends_with("}\n"));
  const Json json = Json::parse(text);
  CHECK(json.at("format") == "paperclub/" + name);
  CHECK(json.at("version") == 1);
  return json;
}

Lines keys_of(const Json& json) {
  Lines keys;
  for (const auto& [key, value] : json.items())
    keys.push_back(key);
  return keys;
}

// A club with one paper that says everything, one that says nothing, and two sessions.
TestClub full_club() {
  return {{"club.yaml", "format: 1\nid: club\nname: 'Club \"X\"'\ntimezone: Asia/Singapore\n"},
          {"papers/a.yaml",
           "title: Alpha\nshort: A\nauthors: [Ada, Ben]\npublished: 2017-06\nvenue: V\n"
           "url: https://example.org/a\narxiv: '1706.03762'\ndoi: 10.1000/a\nsummary: S\n"
           "tags: [x, y]\nnumber: 1\naliases: [old-a]\n"
           "discussion:\n  big-idea: I\n  open: [P, Q]\n  none: []\n"
           "suggested: {by: ada, on: 2024-01-20, why: W}\n"
           "links: [{title: Notes, url: 'https://example.org/n'}, {url: x.pdf}]\n"},
          {"papers/a.md", "x"},
          {"papers/b.yaml", "title: Beta\nnumber: 2\nwithdrawn: {}\n"},
          {"papers/c.yaml", "title: Gamma\nnumber: 3\nsuggested: {}\n"},
          {"sessions/s1.yaml",
           "papers: [a]\ndate: 2024-02-16T16:30:00Z\npresenters: [ada]\n"
           "recordings: [{url: 'https://example.org/v'}]\nslides: [{title: T, url: s.pdf}]\n"},
          {"sessions/s2.yaml", "papers: [a]\ncancelled: ill\n"}};
}

Json timeline_of(const club::Snapshot& snapshot, const timeline::Filter& filter = {}) {
  const auto papers = timeline::filter_timeline(timeline::timeline_of(snapshot), filter);
  return parse(publish::timeline_json(papers, snapshot.settings, {2, 3}), "timeline");
}

Json paper_of(const club::Snapshot& snapshot, std::size_t index) {
  std::vector<const club::SessionRecord*> sessions;
  for (const auto& session : snapshot.sessions)
    sessions.push_back(&session);
  return parse(publish::paper_json(snapshot.papers.at(index), sessions, snapshot.settings.timezone),
               "paper");
}

}  // namespace

TEST_CASE("the timeline is a document of papers, with the club and the counts of findings") {
  const club::Snapshot snapshot = full_club().load();
  const Json json = timeline_of(snapshot);
  CHECK(keys_of(json) ==
        Lines{"format", "version", "club", "papers", "sessions", "undated", "errors", "warnings"});
  CHECK(json["club"] == Json{{"id", "club"}, {"name", "Club \"X\""}});
  CHECK(json["papers"].size() == 2);
  CHECK(json["undated"] == 0);
  CHECK(json["errors"] == 2);
  CHECK(json["warnings"] == 3);
}

TEST_CASE("a paper of the timeline has date, links and sessions") {
  const Json paper = timeline_of(full_club().load())["papers"][0];
  CHECK(paper["id"] == "a");
  CHECK(paper["state"] == "timeline");
  CHECK(paper["number"] == 1);
  CHECK(paper["title"] == "Alpha");
  CHECK(paper["short"] == "A");
  CHECK(paper["authors"] == Json{"Ada", "Ben"});
  CHECK(paper["published"] == "2017-06");
  CHECK(paper["url"] == "https://example.org/a");
  CHECK(paper["arxiv"] == "1706.03762");
  CHECK(paper["doi"] == "10.1000/a");
  CHECK(paper["tags"] == Json{"x", "y"});
  CHECK(paper["date"] == "2024-02-17");
  CHECK(paper["summary"] == "S");
  CHECK(paper["notes"] == Json::parse(R"([{"title": null, "url": "papers/a.md"},
                        {"title": "Notes", "url": "https://example.org/n"}])"));
  CHECK(paper["recordings"] == Json::parse(R"([{"title": null, "url": "https://example.org/v"}])"));
}

TEST_CASE("a timeline holds a session once, and its id at each of its papers") {
  const tests::TestClub club{
      {"papers/a.yaml", "title: Alpha\nurl: https://example.org/a\nsummary: S\nnumber: 1\n"},
      {"papers/b.yaml", "title: Beta\nurl: https://example.org/b\nsummary: S\nnumber: 2\n"},
      {"sessions/s1.yaml", "date: 2024-02-16\npapers: [b]\n"},
      {"sessions/s2.yaml", "date: 2024-02-23\npapers: [a, b]\n"},
      {"sessions/s3.yaml", "date: 2024-03-01\nkind: no-meeting\n"}};
  const Json json = timeline_of(club.load());
  CHECK(json["papers"][0]["sessions"] == Json{"s2"});
  CHECK(json["papers"][1]["sessions"] == Json{"s1", "s2"});
  REQUIRE(json["sessions"].size() == 2);
  CHECK(json["sessions"][0]["id"] == "s2");
  CHECK(json["sessions"][1]["id"] == "s1");
}

TEST_CASE("a session has the moment as written and the day in the club's time zone") {
  const Json sessions = timeline_of(full_club().load())["sessions"];
  REQUIRE(sessions.size() == 2);
  CHECK(sessions[0]["id"] == "s1");
  CHECK(sessions[0]["date"] == "2024-02-16T16:30:00Z");
  CHECK(sessions[0]["day"] == "2024-02-17");
  CHECK(sessions[0]["presenters"] == Json{"ada"});
  CHECK(sessions[1]["id"] == "s2");
  CHECK(sessions[1]["date"].is_null());
  CHECK(sessions[1]["day"].is_null());
  CHECK(sessions[1]["cancelled"] == "ill");
  CHECK(sessions[0]["cancelled"].is_null());
}

TEST_CASE("what is not known is null, and an empty list is a list") {
  const Json paper = timeline_of(full_club().load())["papers"][1];
  CHECK(paper["id"] == "c");
  for (const char* key : {"short", "published", "url", "arxiv", "doi", "date", "summary"}) {
    CAPTURE(key);
    CHECK(paper.at(key).is_null());
  }
  for (const char* key : {"authors", "tags", "notes", "recordings", "sessions"}) {
    CAPTURE(key);
    CHECK(paper.at(key) == Json::array());
  }
}

TEST_CASE("papers left out for want of a date are counted") {
  timeline::Filter filter;
  filter.since = parse_date("2024-01-01");
  const Json json = timeline_of(full_club().load(), filter);
  CHECK(json["papers"].size() == 1);
  CHECK(json["undated"] == 1);
}

TEST_CASE("a list has every paper given, in that order, with its state") {
  const club::Snapshot snapshot = full_club().load();
  const Json json =
      parse(publish::list_json({&snapshot.papers[1], &snapshot.papers[0]}, {1, 0}), "list");
  REQUIRE(json["papers"].size() == 2);
  CHECK(json["papers"][0]["id"] == "b");
  CHECK(json["papers"][0]["state"] == "withdrawn");
  CHECK(json["papers"][1]["id"] == "a");
  CHECK(json["errors"] == 1);
  CHECK(parse(publish::list_json({}, {}), "list")["papers"] == Json::array());
}

TEST_CASE("one paper has everything its record says") {
  const Json json = paper_of(full_club().load(), 0);
  CHECK(json["venue"] == "V");
  CHECK(json["discussion"] == Json::parse(R"({"big-idea": "I", "open": ["P", "Q"], "none": []})"));
  CHECK(json["suggested"] == Json::parse(R"({"by": "ada", "on": "2024-01-20", "why": "W"})"));
  CHECK(json["withdrawn"].is_null());
  CHECK(json["links"].size() == 2);
  CHECK(json["links"][1] == Json::parse(R"({"title": null, "url": "x.pdf"})"));
  CHECK(json["aliases"] == Json{"old-a"});
  CHECK(json["file"] == "papers/a.yaml");
  CHECK(json["sessions"].size() == 2);
  CHECK(json["sessions"][0]["slides"] == Json::parse(R"([{"title": "T", "url": "s.pdf"}])"));
}

TEST_CASE("a suggestion or a withdrawal without words is there, with what is not known null") {
  const club::Snapshot snapshot = full_club().load();
  CHECK(paper_of(snapshot, 1)["withdrawn"] == Json::parse(R"({"on": null, "why": null})"));
  CHECK(paper_of(snapshot, 2)["suggested"] ==
        Json::parse(R"({"by": null, "on": null, "why": null})"));
  CHECK(paper_of(snapshot, 2)["discussion"] == Json::object());
}

TEST_CASE("findings have rule, severity, place, message and hint") {
  Finding finding{Rule::number_gap, "papers/a.yaml", {}, "message", "hint"};
  finding.where.line = 3;
  finding.where.column = 5;
  finding.where.end_line = 4;
  finding.where.end_column = 6;
  const Json json = parse(
      publish::check_json({finding, {Rule::bad_id, "papers/B.yaml", {}, "m", ""}}, 7), "check");
  CHECK(json["findings"][0] ==
        Json::parse(R"({"rule": "number-gap", "severity": "warning", "file": "papers/a.yaml",
                        "line": 3, "column": 5, "end_line": 4, "end_column": 6,
                        "message": "message", "hint": "hint"})"));
  CHECK(json["findings"][1] ==
        Json::parse(R"({"rule": "bad-id", "severity": "error", "file": "papers/B.yaml",
                        "line": null, "column": null, "end_line": null, "end_column": null,
                        "message": "m", "hint": null})"));
  CHECK(json["records"] == 7);
  CHECK(json["errors"] == 1);
  CHECK(json["warnings"] == 1);
}

TEST_CASE("a file name that is not UTF-8 is replaced, so that the document is valid") {
  const Json json =
      parse(publish::check_json({{Rule::bad_id, "a\xff\xc3(.yaml", {}, "m", ""}}, 1), "check");
  CHECK(json["findings"][0]["file"] == "a\uFFFD\uFFFD(.yaml");
}

TEST_CASE("a failure is a document of message, place and hints") {
  CHECK(parse(publish::error_json(Error{ErrorKind::io, "what"}.at("where").hint("one").hint("two")),
              "error") ==
        Json::parse(R"({"format": "paperclub/error", "version": 1, "message": "what",
                        "place": "where", "hints": ["one", "two"]})"));
  CHECK(parse(publish::error_json(Error{ErrorKind::io, "what\xff"}), "error")["place"].is_null());
}

TEST_CASE("the version is a document of program and parts") {
  CHECK(parse(publish::version_json("1.2.3", {{"compiler", "x"}}), "version")["program"] ==
        "1.2.3");
}

TEST_CASE("the rules are a document of every rule") {
  const Json json = parse(publish::rules_json(), "rules");
  REQUIRE(json["rules"].size() == all_rules().size());
  CHECK(json["rules"][0] == Json::parse(R"({"name": "invalid-encoding", "severity": "error",
                                            "summary": "the file is not UTF-8"})"));
}

TEST_CASE("findings are counted by severity") {
  const std::vector<Finding> findings = {{Rule::bad_id, "a", {}, "", ""},
                                         {Rule::number_gap, "a", {}, "", ""},
                                         {Rule::bad_id, "b", {}, "", ""}};
  CHECK(publish::count_findings(findings).errors == 2);
  CHECK(publish::count_findings(findings).warnings == 1);
}

}  // namespace paperclub::tests

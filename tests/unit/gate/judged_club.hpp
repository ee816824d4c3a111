// A small club, changes that somebody asks for, and what the gate says of them.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "lib/gate/gate.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/club/club_repository.hpp"

namespace paperclub::tests {

using git::ObjectId;

// A day after s0001 and before s0002.
inline const Moment kNow{{2024, 2, 17}, 12, 0, 0, 0};

inline const std::string kClub = "format: 1\nid: club\nname: Club\n";
inline const std::string kPaper = "title: A paper\nurl: https://example.org/new\n";
inline const std::string kHeld = "date: 2024-02-09\npapers: [bert]\n";
inline const std::string kVideo = "recordings: [{url: https://example.org/video}]\n";
inline const std::string kPlanned = "date: 2024-03-01\n";
inline const std::string kOld =
    "method: approval\nelectorate: members\ncandidates: [mamba, rwkv]\n";
inline const std::string kResult =
    "result:\n  counted: a000000000000000000000000000000000000001\n  method: approval/1\n"
    "  ballots: 1\n  winners: [mamba]\n";
inline const std::string kOpen = "method: approval\nelectorate: open\ncandidates: [mamba]\n";
inline const std::string kOurs = "method: approval\nelectorate: members\ncandidates: [mamba]\n";
inline const std::string kYes = "approve: [mamba]\n";
inline const std::string kNo = "approve: []\n";

inline std::string paper(const std::string& name, const std::string& more = "") {
  return fmt::format("title: Paper {0}\nurl: https://example.org/{0}\n{1}", name, more);
}
inline std::string member(const std::string& name, const std::string& more = "") {
  return fmt::format("name: {0}\nemails: [{0}@example.org]\nlogin: {0}-at-forge\n{1}", name, more);
}
inline std::string readme(const std::string& around = "") {
  return "# Club\n\n<!-- paperclub timeline -->\n<!-- /paperclub timeline -->\n" + around;
}

inline Files below(const std::string& folder, Files files) {
  for (FileText& file : files)
    file.path = folder + file.path;
  return files;
}

// A club of the organiser ada and the members ben and cy; sam has voted as a stranger in the round
// open, ben in the round ours.  bert has number 1 and a session that was held.
class Judged : public ClubRepository {
 public:
  explicit Judged(const std::string& prefix = "") : prefix_(prefix) {
    const std::string folder = club::beginning_below(prefix);
    Files files{{"club.yaml", kClub},
                {"papers/bert.yaml", paper("bert", "number: 1\n")},
                {"papers/mamba.yaml", paper("mamba")},
                {"papers/rwkv.yaml", paper("rwkv")},
                {"papers/bert.md", "# Notes\n"},
                {"sessions/s0001.yaml", kHeld + kVideo},
                {"sessions/s0002.yaml", kPlanned},
                {"members/ada.yaml", member("ada", "roles: [organiser]\n")},
                {"members/ben.yaml", member("ben")},
                {"members/cy.yaml", member("cy")},
                {"votes/old.yaml", kOld},
                {"votes/open.yaml", kOpen},
                {"votes/ours.yaml", kOurs}};
    if (prefix.empty()) files = with_readme({}, files, readme());
    base = commit({}, below(folder, files) + Files{{"outside", "1"}});
    base = commit({base}, below(folder, {{"votes/old.yaml", kOld + kResult}}));
    base = commit({base}, below(folder, {{"votes/ours/ben.yaml", kYes}}), "ben");
    base = commit({base}, below(folder, {{"votes/open/sam.yaml", kYes}}), "sam");
  }

  gate::Judgement judge(const ObjectId& head, const std::string& actor) const {
    gate::Request request{base, head, actor, "", false, kNow, {}};
    return judge(request);
  }
  gate::Judgement judge(const gate::Request& request) const {
    return gate::judge_change({path(), {}}, prefix_, request);
  }

  ObjectId base = git::blob_id("");

 private:
  std::string prefix_;
};

// Returns a `rule file` for each error.
inline std::string told(const gate::Judgement& judgement) {
  std::string text;
  for (const Finding& finding : judgement.findings) {
    const RuleInfo& rule = rule_info(finding.rule);
    if (rule.severity != Severity::error) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", rule.name, finding.file);
  }
  return text;
}

// What somebody asks for in one commit, and what is said of it: "" where it is good.
struct Change {
  const char* name;
  std::string actor;
  Files files;
  std::string refused = "";
};

inline void judge_each(const std::vector<Change>& changes) {
  Judged club;
  for (const Change& one : changes) {
    CAPTURE(one.name, one.actor);
    const ObjectId head =
        club.commit({club.base}, one.files, one.actor.empty() ? "eve" : one.actor);
    CHECK(told(club.judge(head, one.actor)) == one.refused);
  }
}

}  // namespace paperclub::tests

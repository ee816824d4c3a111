#include "lib/club/history.hpp"

#include <fmt/format.h>

#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/club/git_folder.hpp"

namespace paperclub::tests {
namespace {

// A repository whose commits are told as `message: paths`, newest first.
class Club : public TempFolder {
 public:
  Club() { git(path(), "init --quiet --initial-branch=main"); }

  void commit(const std::string& message) const {
    git(path(), "add --all");
    git(path(), fmt::format("commit --quiet --allow-empty --message '{}'", message));
  }
  std::string told(const std::set<std::string>& papers = {}, const std::string& prefix = "",
                   std::size_t count = 100) const {
    std::string out;
    for (const club::HistoryEvent& event : club::history_of(path(), "HEAD", prefix, papers, count))
      out += fmt::format("{}: {}\n", event.subject, fmt::join(event.paths, " "));
    return out;
  }
  // The paths that an undo would write and remove, or why there is none.
  std::string undone(const std::string& prefix = "") const {
    std::string out;
    try {
      for (const club::Change& change : club::undo_of(path(), prefix).changes)
        out += fmt::format("{}{}\n", change.path, change.bytes ? "=" + *change.bytes : " gone");
    } catch (const Error& error) {
      return error.message();
    }
    return out;
  }
};

constexpr const char* kOurs = "papers: x\n\nPaperclub-Action: edit";

}  // namespace

TEST_CASE("history tells the commits that changed the club, with the action of ours") {
  const Club club;
  club.write("papers/a.yaml", "title: A\n");
  club.commit("one");
  club.commit("nothing");
  club.write("papers/a.yaml", "title: B\n");
  club.write("papers/b.yaml", "title: B\n");
  club.commit(kOurs);
  CHECK(club.told() == "papers: x: papers/a.yaml papers/b.yaml\none: papers/a.yaml\n");
  CHECK(club.told({}, "", 1) == "papers: x: papers/a.yaml papers/b.yaml\n");
  const auto events = club::history_of(club.path(), "HEAD", "", {}, 9);
  CHECK(events.front().action == "edit");
  CHECK(events.back().action.empty());
}

TEST_CASE("of one paper its record, notes, pictures and sessions are told, and no namesake's") {
  const Club club;
  club.write("papers/bert.yaml", "x\n");
  club.commit("record");
  club.write("papers/roberta.yaml", "x\n");
  club.write("papers/roberta.md", "bert\n");
  club.commit("namesake");
  club.write("papers/bert.md", "x\n");
  club.write("papers/bert/a.png", "x\n");
  club.commit("notes");
  club.write("sessions/s0001.yaml", "papers: [roberta]\nnote: bert\n");
  club.commit("another session");
  club.write("sessions/s0001.yaml", "papers: [roberta, bert]\n");
  club.commit("joins");
  club.write("sessions/s0001.yaml", "papers: [roberta]\n");
  club.commit("leaves");
  CHECK(club.told({"bert"}) ==
        "leaves: sessions/s0001.yaml\njoins: sessions/s0001.yaml\n"
        "notes: papers/bert.md papers/bert/a.png\nrecord: papers/bert.yaml\n");
}

TEST_CASE("a club below the top of its repository has the history of its own files") {
  const Club club;
  club.write("club/papers/a.yaml", "x\n");
  club.write("papers/a.yaml", "x\n");
  club.commit("both");
  club.write("papers/a.yaml", "y\n");
  club.commit("elsewhere");
  CHECK(club.told({}, "club") == "both: papers/a.yaml\n");
}

TEST_CASE("an undo puts every file of the last commit back, and removes what it added") {
  const Club club;
  club.write("a", "old\n");
  club.write("gone", "was\n");
  club.commit("start");
  club.write("a", "new\n");
  club.write("b/c", "new\n");
  git(club.path(), "rm --quiet gone");
  club.commit(kOurs);
  CHECK(club.undone() == "a=old\n\nb/c gone\ngone=was\n\n");
  CHECK(club.undone("b") == "the last commit holds more than paperclub can put back: 'a'");
}

TEST_CASE("an undo is for commits of ours with one parent, and for files of our size") {
  const Club club;
  CHECK(club.undone() == "there is no commit to take back");
  club.commit(kOurs);
  CHECK(club.undone() == "the club's first commit cannot be taken back");
  club.write("big", std::string(17 * 1024 * 1024, 'x'));
  club.commit("by hand");
  CHECK(club.undone() == "the last commit was not made by paperclub: 'by hand'");
  club.write("big", "small\n");
  club.commit(kOurs);
  CHECK(club.undone() == "'big' is too large to be put back");
}

}  // namespace paperclub::tests

// Two sides of a club that went on apart, and what comes of putting one's own work on top of what
// the others did.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "lib/sync/replay.hpp"
#include "tests/unit/club/club_repository.hpp"

namespace paperclub::tests {

using sync::Prefer;

// A Saturday; the club meets on Fridays.
inline const Moment kNow{{2024, 2, 17}, 12, 0, 0, 0};

// What comes of all own commits.
struct Joined {
  git::ObjectId tip;
  std::string told;                   // a line for each conflict, note and loss
  std::vector<std::string> messages;  // of the commits on top of theirs, without line breaks
};

// A club at the beginning of both sides, and what each of them did since.
class TwoSides : public ClubRepository {
 public:
  explicit TwoSides(std::string prefix = "")
      : prefix_(std::move(prefix)), theirs_(commit({}, begin())), mine_(theirs_) {}

  // Before anybody went on.
  void both_begin_with(const Files& files) { theirs_ = mine_ = commit({theirs_}, files); }
  void they_do(const Files& files, const std::string& author = "ben") {
    theirs_ = commit({theirs_}, files, author, "theirs");
  }
  void i_do(const Files& files, const std::string& message = "mine") {
    mine_ = commit({mine_}, files, "ada", message);
  }

  const git::ObjectId& theirs() const { return theirs_; }
  const git::ObjectId& mine() const { return mine_; }

  // Puts the own commits on top of theirs; a close becomes a commit with the files `remade`.
  Joined join(Prefer prefer = Prefer::neither, const Files& remade = {}) {
    club::Chain chain(path(), prefix_, theirs_, std::nullopt);
    sync::Replay replay(chain, prefix_, prefer, kNow);
    Joined joined{theirs_, {}, {}};
    for (const sync::OwnCommit& own : sync::own_work(repository(), prefix_, theirs_, mine_)) {
      const sync::Step step = own.closes ? made_anew(chain, remade) : replay.step(own);
      tell(step, joined.told);
      if (!step.conflicts.empty()) continue;
      if (chain.add(step.changes, {own.info.text.author, person("ada"), step.message}))
        joined.messages.push_back(step.message.substr(0, step.message.find('\n')));
      if (own.closes) replay.relocate(own);
    }
    joined.tip = chain.tip();
    return joined;
  }

 private:
  Files begin() const {
    const std::string folder = club::beginning_below(prefix_);
    return {
        {folder + "club.yaml", "format: 1\nid: club\nname: Club\nschedule:\n  weekday: friday\n"},
        {folder + "papers/one.yaml", "title: One\nurl: https://example.org/one\n"},
        {folder + "papers/two.yaml", "title: Two\nurl: https://example.org/two\n"},
        {folder + "papers/old.yaml", "title: Old\nurl: https://example.org/old\nnumber: 1\n"},
        {folder + "sessions/s0001.yaml", "date: 2024-02-09\npapers: [old]\n"}};
  }

  static sync::Step made_anew(club::Chain& chain, const Files& files) {
    sync::Step step;
    step.message = "closed anew";
    for (const FileText& file : files)
      step.changes.push_back({file.path, chain.write_blob(file.text.value())});
    return step;
  }

  static void tell(const sync::Step& step, std::string& told) {
    for (const sync::Conflict& one : step.conflicts)
      told += fmt::format("conflict {} [{}]: {} | {}\n", one.path, one.what, one.mine, one.theirs);
    for (const std::string& note : step.notes)
      told += "note " + note + "\n";
    for (const std::string& lost : step.lost)
      told += "lost " + lost + "\n";
  }

  std::string prefix_;
  git::ObjectId theirs_;
  git::ObjectId mine_;
};

}  // namespace paperclub::tests

// One step of a replay: what one commit becomes on top of the others.  For this room only.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "lib/club/layout.hpp"
#include "lib/club/snapshot.hpp"
#include "lib/sync/replay.hpp"
#include "lib/yaml/document.hpp"

namespace paperclub::sync {

using MaybeEntry = std::optional<git::TreeEntry>;

// Returns whether the entry is a file.
inline bool is_file(const MaybeEntry& entry) {
  return entry && entry->kind == git::EntryKind::file;
}

// Returns whether the place is that of a record of the kind.
inline bool is_record(const club::Place& place, club::RecordKind kind) {
  return place.place == club::PlaceKind::record && place.kind == kind;
}

class Replay::Work {
 public:
  Work(Replay& replay, const OwnCommit& own);

  Step run();

 private:
  // What one file becomes; by its text where that is new.
  struct File {
    std::optional<git::ObjectId> blob;  // nothing, and no text: taken away
    std::optional<std::string> text;
    std::optional<unsigned> mode;
  };

  // --- replay.cpp: the files of one commit, and the timeline in README.md ------------------------

  // The path below the club's folder; "" for one outside.
  std::string path_in_club(const std::string& path) const;
  std::string club_folder() const;
  // What the own commit says, with the ids that its sessions have now.
  std::string message() const;
  std::string text_of(const MaybeEntry& entry) const;
  std::optional<yaml::Document> document_of(const std::string& path, const MaybeEntry& entry) const;
  // The club as the others have it.
  const club::Snapshot& theirs();
  void take(const git::FileDifference& change);
  // The club as it is with this step.
  club::Snapshot joined_club();
  // Whether the list in the text is what the own commit has.
  bool is_fresh(const std::string& text) const;
  // The list is made anew: of both sides only what stands around it is joined.
  void take_readme(const git::FileDifference& change);

  // --- replay_join.cpp: what both sides changed --------------------------------------------------

  void conflict(const std::string& path, std::string what, std::string mine, std::string other);
  // Takes one side of the whole file, where the person says which; returns whether it is mine.
  bool settle(const std::string& path, const std::string& mine, const std::string& other);
  void tell_taken(const std::string& path, const std::string& what);
  void tell_joined(const std::string& path);
  // Joins what both sides made of the file; returns whether it is to be written.
  bool join(const git::FileDifference& change, const std::string& path, const club::Place& place,
            const MaybeEntry& other, File& file);
  // Both edits line by line, comments and all, where the text that comes of it says what both say.
  std::optional<std::string> joined_lines(const git::FileDifference& change,
                                          const std::string& path, const MaybeEntry& other) const;
  bool settle_added(const git::FileDifference& change, const std::string& path,
                    const MaybeEntry& other);
  bool join_record(const git::FileDifference& change, const std::string& path,
                   const club::Place& place, const MaybeEntry& other, File& file);
  // What was decided or opened stays, whichever side one prefers.
  bool join_round(const git::FileDifference& change, const std::string& path,
                  const club::Place& place, const MaybeEntry& other);
  // Whether the others closed the round of the ballot.
  bool is_closed(const club::Place& place) const;
  // Whether they did before the vote, or that the ballot was taken away, reached them: tells it.
  bool is_late(const club::Place& place);
  bool stays(const club::Place& place);
  // Who cast the first ballot of that name, by the address, as the others have it; "" for nobody.
  std::string owner_of(const club::Place& place) const;
  // Whether somebody else owns the name in an open round, and the ballot of it is there.
  bool is_of_another(const club::Place& place);
  // Whether the others took the round away, and this commit does not open it.
  bool is_given_up(const club::Place& place);
  // Whether the vote was cast in a round of one's own that gave way to one of the same name.
  bool is_of_lost_round(const club::Place& place);
  // Of a voter's two votes the one that is sent last counts; a signed one names the one before it.
  bool join_ballot(const git::FileDifference& change, const club::Place& place);

  // --- replay_schedule.cpp: numbers and sessions that both sides gave ----------------------------

  static std::string number_of(const std::optional<yaml::Document>& document);
  // Gives the paper another number where the one given here is taken.
  void number(const git::FileDifference& change, const std::string& path, File& file);
  bool is_number_taken(const std::string& number, const std::string& id);
  // Whether the session is for papers alone that have one already, by the others.
  bool is_superfluous(const git::FileDifference& change);
  // Whether the commit gives one of the papers its number: it schedules it for the first time.
  bool gives_number(const std::vector<PaperId>& papers) const;
  // The path of the session under an id that is free.
  std::string renamed(const std::string& path);
  // Gives a new session the next free day where another one is held then.
  void date(const std::string& path, File& file);
  // The club of the others with the new sessions of the commit, as they are placed or were made.
  club::Snapshot with_own_sessions();
  bool is_held(const SessionDate& date);

  Replay& replay_;
  const OwnCommit& own_;
  const git::Repository& repository_;
  git::ObjectId tree_;
  std::unique_ptr<club::FileTree> tip_files_;
  std::optional<club::Snapshot> snapshot_;
  std::map<std::string, File> files_;
  std::set<long long> numbers_;              // given in this step, or kept
  std::vector<club::SessionRecord> placed_;  // new ones of this step
  Step step_;
};

}  // namespace paperclub::sync

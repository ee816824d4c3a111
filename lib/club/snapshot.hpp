// A snapshot: the whole club at one moment, immutable.  A record that is wrong becomes a finding,
// and the rest is still read.
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "lib/base/finding.hpp"
#include "lib/base/id.hpp"
#include "lib/club/file_tree.hpp"
#include "lib/club/layout.hpp"
#include "lib/record/ballot.hpp"
#include "lib/record/club_settings.hpp"
#include "lib/record/member.hpp"
#include "lib/record/paper.hpp"
#include "lib/record/round.hpp"
#include "lib/record/session.hpp"

namespace paperclub::club {

// A paper with its place; `notes` is the path of its notes, or "".
struct PaperRecord {
  PaperId id;
  std::string file;
  record::Paper paper;
  std::string notes;
};

// A session with its place.
struct SessionRecord {
  SessionId id;
  std::string file;
  record::Session session;
};

// A round with its place.
struct RoundRecord {
  RoundId id;
  std::string file;
  record::Round round;
};

// A ballot with its place; the member's id is not checked against the roll here.
struct BallotRecord {
  std::string round;
  MemberId member;
  std::string file;
  record::Ballot ballot;
};

// A member with its place.
struct MemberRecord {
  MemberId id;
  std::string file;
  record::Member member;
};

// Everything that was read, each list sorted by the path of its file.
struct Snapshot {
  record::ClubSettings settings;
  std::vector<PaperRecord> papers;
  std::vector<SessionRecord> sessions;
  std::vector<RoundRecord> rounds;
  std::vector<BallotRecord> ballots;
  std::vector<MemberRecord> members;
  std::vector<TreeFile> files;    // all below the club's folders, but ignored ones
  std::vector<Finding> findings;  // of bytes and schema, unsorted
};

// What to read: all of it, what the timeline needs, or what a new paper is compared with.
enum class Scope { everything, papers_and_sessions, papers_and_members };

// How to read.
struct LoadOptions {
  Scope scope = Scope::everything;
  unsigned threads = 1;  // at least 1
  // Called now and then on the calling thread with the number of records done and in all.
  std::function<void(std::size_t, std::size_t)> progress;
};

// Reads the club.  Throws Error{not_a_club} where there is no club.yaml, and what the file tree
// throws, and Error{io} for a file that the system does not let be read.  What a record says never
// makes it throw.
Snapshot load_snapshot(const FileTree& files, const LoadOptions& options);

// Returns the club as `files` have it now, which differ from those of `before` in `changed` only:
// no other record is read again.  `scope` is that of `before`.  Throws as load_snapshot() does.
Snapshot reload_snapshot(const Snapshot& before, const FileTree& files,
                         const std::set<std::string>& changed, Scope scope);

// Returns the positions of the papers, those first that were there first: by number, then those
// that a session names, then by the day of their suggestion, then by id.  Where two records clash,
// the later one gives way.
std::vector<std::size_t> by_seniority(const Snapshot& snapshot);

// Returns the number of threads that reading gains from, given the number of processors.
unsigned useful_threads(unsigned processors);

}  // namespace paperclub::club

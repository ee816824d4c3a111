// One change on its way through the gate: what is asked of each of its files and commits.  For this
// room only.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "lib/club/layout.hpp"
#include "lib/club/report.hpp"
#include "lib/club/round_history.hpp"
#include "lib/gate/gate.hpp"
#include "lib/gate/standing.hpp"
#include "lib/git/history.hpp"
#include "lib/vote/who_counts.hpp"
#include "lib/yaml/document.hpp"

namespace paperclub::gate {

inline constexpr std::string_view kOrganiserHint = "an organiser of the club can make this change";
inline constexpr std::string_view kHistoryHint = "what was decided stays; add to it instead";

// Returns the record called `id`, or null.
template <typename Record>
const Record* with_id(const std::vector<Record>& records, const std::string& id) {
  const auto found = std::find_if(records.begin(), records.end(),
                                  [&id](const Record& one) { return one.id.str() == id; });
  return found == records.end() ? nullptr : &*found;
}

class Gate {
 public:
  Gate(const git::RepositoryPlace& place, const std::string& prefix, const Request& request);

  Judgement run();

 private:
  using FileDifference = git::FileDifference;
  using ObjectId = git::ObjectId;
  using Place = club::Place;

  // A round as the change has it, judged.
  struct Votes {
    club::RoundHistory history;
    vote::Judged judged;
  };

  // --- gate.cpp: the change as a whole -----------------------------------------------------------

  static ObjectId fork_of(const git::Repository& repository, const Request& request);
  std::unique_ptr<club::FileTree> tree_at(const ObjectId& commit) const;
  // What others added since is there: whoever brings the same file changes it.
  void add_what_came(std::vector<FileDifference>& differences) const;
  bool is_organiser() const { return actor_.standing == Standing::organiser; }
  bool is_member() const { return actor_.standing != Standing::stranger; }
  void refuse(Rule rule, const std::string& file, const club::KeyPath& at, std::string message,
              std::string_view hint);
  void protect(const std::string& file, std::string message, const club::KeyPath& at = {}) {
    refuse(Rule::protected_file, file, at, std::move(message), kOrganiserHint);
  }
  void keep(const std::string& file, std::string message, const club::KeyPath& at = {}) {
    refuse(Rule::append_only, file, at, std::move(message), kHistoryHint);
  }
  // The record that a side of a change holds, or nothing where there is none that can be read.
  std::optional<yaml::Document> document_of(const std::optional<git::TreeEntry>& entry) const;
  void judge(const FileDifference& change);
  // Whether README.md differs in its timeline alone, which is what it should be.
  bool is_fresh_timeline(const FileDifference& change) const;
  void judge_record(const FileDifference& change, const std::string& path, const Place& place);
  void judge_messages();
  // What check says of the club as it would be: of the changed files, and what is new in others.
  void add_check(std::vector<FileDifference> differences, Judgement& judgement);

  // --- gate_records.cpp: papers, sessions, rounds, members ---------------------------------------

  void judge_paper(const FileDifference& change, const std::string& path, const Place& place);
  // A number is given once, to one paper, whatever becomes of its record.
  void judge_numbers();
  bool is_past(const record::Session& session) const;
  void judge_session(const FileDifference& change, const std::string& path);
  void keep_past(const std::string& path, const record::Session& before,
                 const std::optional<record::Session>& after);
  void judge_round(const FileDifference& change, const std::string& path, const Place& place);
  // Whether the history of the base has a round of the name.
  bool was_ever_opened(const std::string& round);
  void judge_result(const std::string& path, const Place& place);
  club::RoundHistory history_of(const RoundId& id) const;
  void judge_member(const FileDifference& change, const std::string& path, const Place& place);

  // --- gate_ballots.cpp: votes, commit by commit -------------------------------------------------

  // The round as the change has it, judged once; nothing, with the reason, where it cannot be.
  const std::optional<Votes>& votes_of(const RoundId& id, std::string& why);
  void judge_ballot(const FileDifference& change, const std::string& path, const Place& place);
  // Whether the change takes an open round away, ballots and all: one that could not be decided.
  bool is_given_up(const std::string& round) const;
  // Why none of the versions that the change brings counts.
  std::optional<std::string> void_reason(const Votes& votes, const ObjectId& blob,
                                         const std::string& member) const;
  // Votes count by history: what one commit of the change brings and another takes away again is in
  // no difference of the whole.
  void judge_votes_of(const ObjectId& commit);
  void judge_passing_vote(const FileDifference& change);
  // Refuses a ballot that bears another name than one to vote by: the own one; a stranger's is
  // none of a member's, nor one that somebody else has voted by, and one in a round.
  void judge_voter(const std::string& path, const Place& place);
  // Whether nothing that was cast by the name before the change counts any more: in an open round
  // another first ballot, from a branch of its own, would own it.
  bool takes_name(const Place& place);
  // The address of another login, or of anybody else, by which the change casts the ballot; nothing
  // where there is none, or nobody knows.
  std::optional<std::string> forged_address(const Place& place);
  // Whether who asks cast the ballot that is there: by the address that the server knows, or by the
  // one that the host gives to a login.
  bool is_owner(const Place& place);

  git::Repository repository_;
  const git::RepositoryPlace& place_;
  std::string club_;    // the way to the club, "" for the top
  std::string prefix_;  // the same with a slash behind it
  const Request& request_;
  ObjectId fork_;  // where the change left the history of the base
  std::unique_ptr<club::FileTree> base_files_;
  club::Snapshot rules_;   // the club at the base
  club::Snapshot before_;  // at the fork
  std::unique_ptr<club::FileTree> head_files_;
  club::Snapshot head_;
  Actor actor_;
  club::Report report_;
  std::unordered_set<ObjectId, git::ObjectIdHash> commits_;  // of the change
  std::optional<std::vector<RoundId>> rounds_;               // that ever were
  std::map<RoundId, std::pair<std::optional<Votes>, std::string>> votes_;
  std::vector<std::string> changed_;           // sorted, as trees are compared
  std::map<std::string, std::string> voters_;  // whose ballot a stranger casts, by the round
  std::set<std::string> passing_;  // votes that the commits change and the whole does not
  std::vector<PaperId> added_;
};

}  // namespace paperclub::gate

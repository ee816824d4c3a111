// What waits at the club's remote, seen from this clone: suggestions straight from its references;
// no host is asked.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/club.hpp"
#include "cli/remote.hpp"
#include "cli/writing.hpp"
#include "lib/gate/gate.hpp"
#include "lib/git/history.hpp"
#include "lib/sync/suggestions.hpp"

namespace paperclub::cli {

// One suggestion, looked at.
struct Looked {
  sync::Waiting waiting;
  git::CommitText commit;                 // of its head
  std::optional<gate::Judgement> judged;  // nothing: it cannot be judged
  std::string why;                        // and why not
  std::vector<std::string> hints;         // what can be done then
  bool is_there = false;                  // the club has all of it already
  std::vector<std::string> near;          // suggestions of the same paper
};

// The suggestions at one remote.
class Exchange {
 public:
  // Fetches the club's branch and all that waits; `remote` is "" for the usual one.  Throws what
  // ClubRemote throws.
  Exchange(Context& context, const std::string& remote);

  // Returns the suggestion that `name` means.  Throws Error{usage} that says which there are, and
  // Error{unacceptable} with the answer where it was declined.
  const sync::Waiting& named(const std::string& name) const;
  // Judges the suggestion as a stranger's.
  Looked look_at(const sync::Waiting& waiting) const;
  // Judges all of them; those that the club has already are left out.
  std::vector<Looked> look_at_all() const;

  // Merges the suggestion into the club's branch and sends it, so that the host sees it merged;
  // returns the merge.  Throws Error{unacceptable} where it is not good or the remote refuses.
  git::ObjectId accept(const std::string& name, const WriteFlags& flags);
  // Keeps at the remote that the suggestion is declined, and closes its pull request where that can
  // be done.  Throws Error{unacceptable} where the remote refuses.
  void decline(const sync::Waiting& waiting, const std::string& why, const WriteFlags& flags);

  // Returns the names of the remote and of the club's branch there.
  const std::string& remote_name() const { return at_.upstream.remote; }
  std::string branch() const { return git::short_branch(at_.upstream.branch); }

 private:
  void fetch();
  void fetch_some(const std::vector<std::string>& refspecs) const;
  bool is_commit(const sync::Waiting& one) const;
  bool is_part(const sync::Waiting& one) const;
  // Whether the club had all of it and went on: it was squashed into it, and changed since.
  bool was_taken(const sync::Waiting& one) const;
  // What it changes since it left the club; nothing where that cannot be told.
  std::vector<git::FileDifference> changes_of(const sync::Waiting& one) const;
  // A paper that a suggestion adds, not read yet.
  struct AddedPaper {
    PaperId id;
    git::ObjectId blob;
  };
  // The papers that it adds; nothing where they are too many to be one person's.
  std::vector<AddedPaper> papers_of(const sync::Waiting& one) const;
  // What these are known by, as far as they can be read; nothing is judged.
  const std::vector<std::string>& keys_of(const sync::Waiting& one) const;
  // The suggestion that adds the paper, or null.
  const sync::Waiting* adding(const std::string& paper) const;
  // The suggestions by what their papers are known by.
  std::multimap<std::string, std::string> names_by_key() const;
  void add_twins(const std::multimap<std::string, std::string>& names, Looked& looked) const;
  [[noreturn]] void tell_answer(const sync::Waiting& declined) const;
  Looked look(const sync::Waiting& waiting) const;
  void refuse_bad(const Looked& looked) const;
  git::ObjectId merged(const Looked& looked, const Identity& identity, const WriteFlags& flags);

  Context& context_;
  ClubRemote at_;
  std::optional<git::ObjectId> tip_;
  std::vector<sync::Waiting> waiting_;
  std::vector<sync::Waiting> declined_;
  mutable std::map<std::string, std::vector<std::string>> keys_;  // by the name, when asked for
};

}  // namespace paperclub::cli

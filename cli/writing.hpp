// What every command that writes has in common: who writes, the flags, and telling what was done.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/club.hpp"
#include "cli/command.hpp"
#include "cli/identity.hpp"
#include "cli/signing.hpp"
#include "lib/club/transaction.hpp"
#include "lib/yaml/document.hpp"
#include "lib/yaml/edit.hpp"

namespace paperclub::cli {

// The flags of every command that writes.
struct WriteFlags {
  bool dry_run = false;
  bool quiet = false;
  bool no_input = false;
  bool push = false;
  SignFlags signing;
  std::string format = "text";
};

// Adds all but --push, and all of them.
void add_commit_flags(Arguments& args, WriteFlags& flags);
void add_write_flags(Arguments& args, WriteFlags& flags);

// The club as the branch has it, for a command that is about to change it.  Valid while the command
// computes what it changes.
struct Desk {
  Context& context;
  const club::FileTree& files;
  const club::Snapshot& snapshot;
  const git::Person& author;
  Moment now;                                   // in the club's zone, or where the person is
  club::Scope scope = club::Scope::everything;  // of the snapshot
};

// What a command changes.
struct Outcome {
  std::string id;                       // of the record that it is about
  std::vector<club::Change> changes;    // none: nothing is to be done
  std::string subject;                  // of the commit, ids and words of ours only
  std::string next;                     // the command that is likely to follow, or ""
  bool timeline = false;                // README.md's timeline follows, where it was up to date
  std::vector<std::string> notes = {};  // what there is to say besides, told when it is written
  std::vector<std::string> hints = {};
  std::vector<std::string> lines = {};  // data, printed behind what was written
};

// Computes the outcome on the club as it is; called again where somebody else was faster.
using Work = std::function<Outcome(const Desk&)>;

// Returns the presenters among `names`, as records name them, that are not in `known`; each once.
std::vector<std::string> new_presenters(const Desk& desk, const std::vector<std::string>& names,
                                        const std::vector<std::string>& known);

// Returns how records name the author of the commit: a member's id, or a name.
std::string author_named(const Desk& desk);

// Changes the club at or above the folder of `context` by one commit in which `action` is named,
// and tells what was written.  No record may be in error afterwards that was not before.  `scope`
// is what `work` looks at, and what is judged.  Throws what open_club(), identity_of(),
// write_commit() and `work` throw.
int change_club(Context& context, const WriteFlags& flags, const std::string& action,
                const Work& work, club::Scope scope = club::Scope::everything);

// Judges the changes and adds what follows from them: the timeline in README.md.  Throws
// Error{unacceptable} where a record would be lost, or be in error that was not before.
void follow_up(const Desk& desk, Outcome& outcome);

// Computes what is written from the files of a club that may not be one yet.
using FileWork = std::function<Outcome(const club::FileTree&, const Identity&)>;

// Makes the commit in the repository of `folder` (absolute), `prefix` below its top, and tells what
// was written.  Throws what identity_of(), write_commit() and `work` throw.
// `author` is who else than the person made the change (an organiser records a vote).
int write_files(Context& context, const WriteFlags& flags, const std::string& action,
                const std::string& folder, const std::string& prefix, const FileWork& work,
                const std::optional<git::Person>& author = std::nullopt);

// Tells what would be written where there is no repository yet.
void tell_plan(Context& context, const WriteFlags& flags, const std::string& action,
               const Outcome& outcome);

// Returns what time it is in the club's zone, or where the person is.
Moment now_of(const Context& context, const record::ClubSettings& settings);

// Throws Error{unacceptable} where a record of the kind is not good: `what` (a number, a day) may
// stand in it, and is not given twice.
void refuse_unread(const Desk& desk, club::RecordKind kind, const char* what);

// Throws Error{unacceptable} where the paper is a candidate of an open round, which stays as it is;
// `verb` is what cannot be done to it now.
void refuse_candidate(const Desk& desk, const club::PaperRecord& paper, const std::string& verb);

// Tells the findings of `text`, the record of `kind` that would stand at `path`, where one is an
// error; returns whether one is.
bool tell_record_findings(Context& context, std::string_view kind, const std::string& path,
                          const std::string& text);

// The same, and throws Error{unacceptable} where one is an error.
void refuse_findings(Context& context, std::string_view kind, const std::string& path,
                     const std::string& text);

// Returns the record at `path` as it is.  Throws Error{unacceptable} where it cannot be read.
yaml::Document record_at(const Desk& desk, const std::string& path);

// Returns the line that tells editors which schema the record of `kind` at `path` follows.
std::string schema_line(std::string_view kind, const std::string& path);

// Returns the change that makes the new record `members` of `kind` at `path`.  Throws
// Error{unacceptable} where it would not be good.
club::Change made(Context& context, std::string_view kind, const std::string& path,
                  const yaml::Members& members);

// Returns the change that the edits make to the record at `path`, which stays as it is but for
// them.  Throws Error{unacceptable} where it cannot be read or would not be good any more.
club::Change edited(const Desk& desk, std::string_view kind, const std::string& path,
                    const std::vector<yaml::Edit>& edits);

// Reads a line from the person where there is one to ask; else throws Error{usage} that names
// `flag`.
std::string ask(Context& context, const WriteFlags& flags, const std::string& question,
                const std::string& flag);

}  // namespace paperclub::cli

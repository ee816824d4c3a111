// What every command that writes has in common: who writes, the flags, and telling what was done.
#pragma once

#include <string>

#include "cli/club.hpp"
#include "cli/command.hpp"
#include "lib/club/transaction.hpp"
#include "lib/yaml/edit.hpp"

namespace paperclub::cli {

// The flags of every command that writes.
struct WriteFlags {
  bool dry_run = false;
  bool quiet = false;
  bool no_input = false;
  std::string format = "text";
};

// Adds them to `app`.
void add_write_flags(CLI::App& app, WriteFlags& flags);

// Makes the write in `club`, as the person whom git's configuration and GIT_AUTHOR_* and
// GIT_COMMITTER_* name.  Throws Error{repository} with the remedy where nobody is named, and what
// write_commit() throws.
club::Written write(const Context& context, const OpenClub& club, const WriteFlags& flags,
                    const club::Planner& planner);

// Returns the person whom commits will name as their author.
git::Person author_of(const Context& context, const OpenClub& club);

// Tells what was written: `id` is that of the record, `next` the command that is likely to follow.
void tell_written(Context& context, const WriteFlags& flags, const std::string& command,
                  const std::string& id, const club::Written& written, const std::string& next);

// Returns the club as `files` have it, all of it.
club::Snapshot snapshot_of(const Context& context, const club::FileTree& files);

// Returns the day that it is in the club's zone, or where the person is.
Date today_of(const Context& context, const record::ClubSettings& settings);

// Tells the findings of `text`, the record of `kind` that would stand at `path`, and throws
// Error{unacceptable} where one is an error.
void refuse_findings(Context& context, std::string_view kind, const std::string& path,
                     const std::string& text);

// Returns the change that the edits make to the record at `path`, which stays as it is but for
// them.  Throws Error{unacceptable} where it cannot be read or would not be good any more.
club::Change edited(Context& context, const club::FileTree& files, std::string_view kind,
                    const std::string& path, const std::vector<yaml::Edit>& edits);

// Reads a line from the person where there is one to ask; else throws Error{usage} that names
// `flag`.
std::string ask(Context& context, const WriteFlags& flags, const std::string& question,
                const std::string& flag);

}  // namespace paperclub::cli

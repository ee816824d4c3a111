// Where a club's files lie.  Every path of the layout is spelled here and nowhere else.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace paperclub::club {

inline constexpr std::string_view kClubFile = "club.yaml";
inline constexpr std::string_view kPapersFolder = "papers";
inline constexpr std::string_view kSessionsFolder = "sessions";
inline constexpr std::string_view kVotesFolder = "votes";
inline constexpr std::string_view kMembersFolder = "members";
inline constexpr std::string_view kReadmeFile = "README.md";

// Files larger than this are none that the program writes.
inline constexpr std::size_t kMaxFileBytes = 16 * 1024 * 1024;

// The kinds of record.
enum class RecordKind { club, paper, session, round, ballot, member };

// Returns the name of the kind, which is also the name of its schema.
std::string_view kind_name(RecordKind kind);

// What a file is, judged by its path alone.
enum class PlaceKind {
  record,     // a record of `kind`
  notes,      // the Markdown notes of the paper `id`
  asset,      // a picture or other file that belongs to the paper `id`
  stray,      // nothing of ours, in a folder of ours
  elsewhere,  // outside of the club's folders
};

// The place of one file.
struct Place {
  PlaceKind place = PlaceKind::elsewhere;
  RecordKind kind = RecordKind::paper;
  std::string id;     // as spelled in the path; it may be no valid id.  A ballot: the member's
  std::string round;  // of a ballot: the round's id
  std::string year;   // of a paper, its notes and assets: the subfolder, or ""
};

// Returns how paths below the club's folder begin in its repository: `prefix`, from the top to that
// folder, with a slash behind it; "" where they are one.
std::string beginning_below(std::string_view prefix);
// Returns the path in the repository of the file at `path` of the club.
std::string repository_path(std::string_view prefix, std::string_view path);

// Returns where the record of a paper lies; `year` is its subfolder, or "".
std::string paper_path(std::string_view id, std::string_view year);
// Returns where the notes of the paper whose record is `record` (a path) lie.
std::string notes_path(std::string_view record);
// Returns where the records of a session and of a member lie.
std::string session_path(std::string_view id);
std::string member_path(std::string_view id);
// Returns where the record of a round and a member's ballot in it lie.
std::string round_path(std::string_view id);
std::string ballot_path(std::string_view round, std::string_view member);

// Returns what the file at `path` (below the club's folder, `/`-separated) is.
Place place_of(std::string_view path);

// Returns whether the file is passed over without a word: names that begin with a dot, but not
// below votes/, where everything counts but .gitkeep and what a killed write left behind (.X.tmp).
bool is_ignored(std::string_view path);

}  // namespace paperclub::club

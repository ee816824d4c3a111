// Finding records by what people call them; of papers: id, former id, unique beginning of an id,
// arXiv id, DOI, link, or number on the timeline (`#3`, or `3` where no id begins so).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lib/club/snapshot.hpp"

namespace paperclub::club {

// Returns the paper that `name` means.  An exact id wins over everything, then aliases, `#3`,
// identifiers, the beginning of an id if only one has it, and last a number alone.  Throws
// Error{usage} that names what is near, where none or several fit, and Error{unacceptable} where
// the record of that id cannot be read.
const PaperRecord& find_paper(const Snapshot& snapshot, std::string_view name);

// Returns the paper that has the id or, failing that, the alias `id`; null where there is none.
const PaperRecord* find_by_id(const Snapshot& snapshot, std::string_view id);

// Returns whether a paper has or had the id, or a record of that id is there that cannot be read.
bool is_id_taken(const Snapshot& snapshot, std::string_view id);

// Returns every id and alias with the paper that it stands for; ids win over aliases.  Points into
// the snapshot, which must outlive it.
std::unordered_map<std::string, const PaperRecord*> papers_by_id(const Snapshot& snapshot);

// Returns the session that `name` means: its id, the end of its serial id (`5` for s0005), or the
// only one on that day.  Throws as find_paper() does.
const SessionRecord& find_session(const Snapshot& snapshot, std::string_view name);

// Returns the member whose id, address, login or name `text` is, or null.  Throws Error{usage}
// where several have the name.
const MemberRecord* find_member(const Snapshot& snapshot, std::string_view text);

// The same.  Throws as find_paper() does.
const MemberRecord& named_member(const Snapshot& snapshot, std::string_view name);

// What two members cannot both have, and who has it.
struct Owned {
  const MemberRecord* owner;
  std::string what;  // such as "address 'ada@example.org'"
};

// Returns the first address, login or key of `member` (whose id is `id`) that another one has.
std::optional<Owned> owned_by_another(const Snapshot& snapshot, std::string_view id,
                                      const record::Member& member);

// Returns how records name the person `text`: the member's id, or the text itself.
std::string person_named(const Snapshot& snapshot, const std::string& text);

// The identifiers under which two records are the same paper.
struct PaperKeys {
  std::string text;   // such as "arxiv:1706.03762", "doi:10.1/x", "url:example.org/paper"
  const char* field;  // the key of the record it came from
};

// Returns the identifiers of `paper`.  The link counts only where it is no page of arXiv or of a
// DOI's resolver, which give the identifier instead.
std::vector<PaperKeys> keys_of(const record::Paper& paper);

}  // namespace paperclub::club

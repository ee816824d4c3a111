// Ids: the names of papers, sessions, rounds and members.  An id is the name of a record's file
// without `.yaml`; it is permanent, and safe as a file name everywhere.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace paperclub {

inline constexpr std::size_t kMaxIdBytes = 100;

// Returns why `text` cannot be an id, as the end of a sentence, or nothing where it can be one.
// An id is `[a-z0-9]+(-[a-z0-9]+)*`, at most kMaxIdBytes long, and no device name of Windows.
std::optional<std::string> id_problem(std::string_view text);

// Returns the nearest id to `text` ('Foo Bar' gives foo-bar; other scripts are transliterated), or
// "" where nothing of `text` can stand in an id.
std::string suggest_id(std::string_view text);

// Throws Error{usage} that says why `text` cannot be an id, with the nearest one, where it cannot.
void require_id(std::string_view text);

// An id of one kind of record; kinds do not mix.
template <typename Kind>
class Id {
 public:
  // Returns the id, or nothing where `text` is none (id_problem says why).
  static std::optional<Id> parse(std::string_view text) {
    if (id_problem(text)) return std::nullopt;
    return Id(std::string(text));
  }

  // Returns the text of the id.
  const std::string& str() const { return text_; }

  auto operator<=>(const Id&) const = default;

 private:
  explicit Id(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

using PaperId = Id<struct PaperKind>;
using SessionId = Id<struct SessionKind>;
using RoundId = Id<struct RoundKind>;
using MemberId = Id<struct MemberKind>;

}  // namespace paperclub

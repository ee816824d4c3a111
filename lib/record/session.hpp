// A session: the record sessions/ID.yaml, one meeting of the club.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/date.hpp"
#include "lib/base/id.hpp"
#include "lib/record/common.hpp"

namespace paperclub::record {

// The most items of its lists, as in the schema.  A session stands with each of its papers wherever
// they are printed, so what is longer is cut: the product must not be what a stranger can make big.
inline constexpr std::size_t kMaxSessionPapers = 20;
inline constexpr std::size_t kMaxSessionItems = 100;  // presenters, recordings, slides: of each

// One session.  Empty texts and lists mean that the key is not there.
struct Session {
  std::optional<SessionDate> date;  // nothing: not known
  std::vector<PaperId> papers;
  std::vector<std::string> presenters;  // members' ids, or names
  std::vector<Link> recordings;
  std::vector<Link> slides;
  std::string note;
  std::string cancelled;    // why it does not take place
  bool no_meeting = false;  // kind: no-meeting
  yaml::Members extra;

  bool operator==(const Session&) const = default;
};

// Returns the session that the root mapping of `document` is, longer lists cut to the limits above:
// the schema's finding has told it.
Session session_from(const yaml::Document& document);
// Returns the record in the order of the schema.
yaml::Members to_yaml(const Session& session);

// Returns whether the club meets then: the session is not cancelled and not one without a meeting.
bool takes_place(const Session& session);

// Returns the date that `text` is, as sessions write it, or nothing.
std::optional<SessionDate> parse_session_date(std::string_view text);

// Returns the date as sessions write it.
std::string format_session_date(const SessionDate& date);

}  // namespace paperclub::record

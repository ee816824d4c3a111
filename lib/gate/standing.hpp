// Who somebody is in a club, and so what they may do there.
#pragma once

#include <string>

#include "lib/club/snapshot.hpp"

namespace paperclub::gate {

enum class Standing { stranger, member, organiser };

// Who asks for a change.
struct Actor {
  Standing standing = Standing::stranger;
  std::string member;  // the id, or "" where it is no member
};

// Returns who has the member's id or address `name` ("" for nobody known).
Actor actor_called(const club::Snapshot& club, const std::string& name);

// Returns who has the login at the forge.  One that is also somebody's id means nothing: logins are
// chosen by those who have them.
Actor actor_with_login(const club::Snapshot& club, const std::string& login);

// Returns whether the club has named anybody who answers for its rules.
bool has_organisers(const club::Snapshot& club);

}  // namespace paperclub::gate

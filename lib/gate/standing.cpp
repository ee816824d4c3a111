#include "lib/gate/standing.hpp"

#include <algorithm>

#include "lib/base/text.hpp"
#include "lib/vote/who_counts.hpp"

namespace paperclub::gate {
namespace {

constexpr std::string_view kOrganiser = "organiser";

bool is_organiser(const record::Member& member) {
  return std::find(member.roles.begin(), member.roles.end(), kOrganiser) != member.roles.end();
}

// The first member that fits.
template <typename Fits>
Actor actor_that(const club::Snapshot& club, Fits fits) {
  for (const club::MemberRecord& record : club.members) {
    if (!fits(record)) continue;
    const Standing standing = is_organiser(record.member) ? Standing::organiser : Standing::member;
    return {standing, record.id.str()};
  }
  return {};
}

}  // namespace

Actor actor_called(const club::Snapshot& club, const std::string& name) {
  if (name.empty()) return {};
  return actor_that(club, [&name](const club::MemberRecord& record) {
    return record.id.str() == name || vote::owns_address(record.member, name);
  });
}

Actor actor_with_login(const club::Snapshot& club, const std::string& login) {
  if (login.empty()) return {};
  return actor_that(club, [&login](const club::MemberRecord& record) {
    return fold(record.member.login) == fold(login);
  });
}

bool has_organisers(const club::Snapshot& club) {
  return std::any_of(club.members.begin(), club.members.end(),
                     [](const club::MemberRecord& one) { return is_organiser(one.member); });
}

}  // namespace paperclub::gate

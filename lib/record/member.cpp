#include "lib/record/member.hpp"

namespace paperclub::record {

std::string key_body(const std::string& key) {
  const std::size_t first = key.find(' ');
  return key.substr(0, first == key.npos ? key.npos : key.find(' ', first + 1));
}

Member member_from(const yaml::Document& document) {
  const Fields fields(document.root());
  Member member;
  member.name = fields.text("name");
  member.emails = fields.texts("emails");
  member.login = fields.text("login");
  member.keys = fields.texts("keys");
  member.roles = fields.texts("roles");
  member.extra = fields.extra();
  return member;
}

yaml::Members to_yaml(const Member& member) {
  MemberList members;
  members.add("name", member.name);
  members.add("emails", member.emails);
  members.add("login", member.login);
  members.add("keys", member.keys);
  members.add("roles", member.roles);
  members.add("extra", member.extra);
  return std::move(members).take();
}

}  // namespace paperclub::record

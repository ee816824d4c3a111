#include "lib/record/member.hpp"

#include "lib/base/text.hpp"

namespace paperclub::record {

std::optional<std::string> login_of_address(const std::string& address) {
  const std::string given = fold(address);
  if (!given.ends_with(kPrivateAddress)) return std::nullopt;
  std::string login = given.substr(0, given.size() - kPrivateAddress.size());
  const std::size_t plus = login.find('+');
  if (plus != login.npos) {
    const bool number = plus > 0 && login.find_first_not_of("0123456789") == plus;
    if (!number) return std::nullopt;
    login.erase(0, plus + 1);
  }
  if (login.empty()) return std::nullopt;
  return login;
}

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

// A member: the record members/MEMBER.yaml.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/record/common.hpp"

namespace paperclub::record {

// One member.  Empty texts and lists mean that the key is not there.
struct Member {
  std::string name;
  std::vector<std::string> emails;  // the addresses of the member's commits
  std::string login;                // at the forge
  std::vector<std::string> keys;    // SSH public keys, in the form of authorized_keys
  std::vector<std::string> roles;
  yaml::Members extra;

  bool operator==(const Member&) const = default;
};

// What follows a login in the private address that GitHub gives to it.
inline constexpr std::string_view kPrivateAddress = "@users.noreply.github.com";

// Returns the login, in small letters, whose private address (`LOGIN@…` or `NUMBER+LOGIN@…`) this
// is; nothing where it is none.
std::optional<std::string> login_of_address(const std::string& address);

// Returns type and body of a public key, without its comment: what makes two keys the same.
std::string key_body(const std::string& key);

// Returns the member that the root mapping of `document` is.
Member member_from(const yaml::Document& document);
// Returns the record in the order of the schema.
yaml::Members to_yaml(const Member& member);

}  // namespace paperclub::record

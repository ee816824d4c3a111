#include "lib/record/member.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::record {
namespace {

constexpr const char* kFull =
    "name: Ada\n"
    "emails: [ada@example.org, 12+ada@users.noreply.example.com]\n"
    "login: ada-l\n"
    "keys: [ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx "
    "ada]\n"
    "roles: [organiser]\n"
    "extra: {room: 7}\n";

Member full() {
  Member member;
  member.name = "Ada";
  member.emails = {"ada@example.org", "12+ada@users.noreply.example.com"};
  member.login = "ada-l";
  member.keys = {
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx ada"};
  member.roles = {"organiser"};
  member.extra = {{"room", yaml::Value::plain("7")}};
  return member;
}

TEST_CASE("a full member is read with every field") {
  CHECK(member_from(tests::read(kFull)) == full());
}

TEST_CASE("a full member is written in the order of the schema") {
  CHECK(yaml::emit(to_yaml(full())) == kFull);
}

TEST_CASE("a member with a name only has nothing else") {
  Member member;
  member.name = "Ada";
  CHECK(member_from(tests::read("name: Ada\n")) == member);
  CHECK(yaml::emit(to_yaml(member)) == "name: Ada\n");
}

}  // namespace
}  // namespace paperclub::record

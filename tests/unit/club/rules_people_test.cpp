#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

constexpr const char* kHint =
    " [address-taken] | a vote must say whose it is: keep it with one member";
const std::string kKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExample";

// What is told of two members, each with a line of their own.
Lines check_members(const std::string& ada, const std::string& ben) {
  return TestClub{{"members/ada.yaml", "name: Ada\n" + ada + "\n"},
                  {"members/ben.yaml", "name: Ben\n" + ben + "\n"}}
      .check();
}

Lines check_club_yaml(const std::string& more) {
  return TestClub{{"club.yaml", kClubYaml + more}}.check();
}

}  // namespace

TEST_CASE("an address that another member has is told there, whatever its case") {
  CHECK(check_members("emails: [ada@example.org]", "emails: [ben@example.org, ADA@Example.org]") ==
        Lines{fmt::format("members/ben.yaml:2:27: the address 'ada@example.org' is that of member "
                          "'ada' already{}",
                          kHint)});
  CHECK(check_members("emails: [ada@example.org]", "emails: [ben@example.org]") == Lines{});
}

TEST_CASE("a login that another member has is told there, whatever its case") {
  CHECK(check_members("login: Shared", "login: shared") ==
        Lines{fmt::format("members/ben.yaml:2:8: the login 'shared' is that of member 'ada' "
                          "already{}",
                          kHint)});
  CHECK(check_members("login: ada", "login: ben") == Lines{});
}

TEST_CASE("a key that another member has is told there, whatever its comment") {
  CHECK(check_members("keys: ['" + kKey + " ada@desk']", "keys: ['" + kKey + " ben']") ==
        Lines{fmt::format("members/ben.yaml:2:8: the key '{}…' is that of member 'ada' already{}",
                          kKey.substr(0, 40), kHint)});
}

TEST_CASE("keys that differ in the case of one letter are two keys") {
  std::string other = kKey;
  other.back() = 'E';
  CHECK(check_members("keys: ['" + kKey + "']", "keys: ['" + other + "']") == Lines{});
}

TEST_CASE("an address is not taken by a login of the same text") {
  CHECK(check_members("emails: [ada@example.org]\nlogin: x", "login: ben") == Lines{});
}

TEST_CASE("a member may have one address in two spellings") {
  CHECK(TestClub{{"members/ada.yaml",
                  "name: Ada\nemails: [ada@example.org, Ada@Example.Org]\nlogin: ada\n"}}
            .check() == Lines{});
}

TEST_CASE("an address of three members is told at the second and the third") {
  const std::string same = "name: X\nemails: [x@example.org]\n";
  const auto findings =
      TestClub{{"members/ada.yaml", same}, {"members/ben.yaml", same}, {"members/carla.yaml", same}}
          .findings();
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].file == "members/ben.yaml");
  CHECK(findings[1].file == "members/carla.yaml");
}

TEST_CASE("a time zone must be one of the system's") {
  CHECK(check_club_yaml("timezone: Asia/Singapore\n") == Lines{});
  CHECK(check_club_yaml("timezone: Asia/Atlantis\n") ==
        Lines{"club.yaml:4:11: 'timezone' must be a time zone, not 'Asia/Atlantis' [bad-format] | "
              "such as Asia/Singapore"});
}

TEST_CASE("a name of a time zone leads to no file outside of the database") {
  const std::string name =
      GENERATE(as<std::string>(), "../../../etc/passwd", "/etc/passwd", "tzdata.zi", ".", "Asia");
  CAPTURE(name);
  CHECK(check_club_yaml(fmt::format("timezone: '{}'\n", name)).size() == 1);
}

TEST_CASE("two questions of one id are told at the second") {
  CHECK(check_club_yaml("questions:\n  - {id: idea, title: A}\n  - {id: why, title: B}\n"
                        "  - {id: idea, title: C}\n") ==
        Lines{"club.yaml:7:10: two questions have the id 'idea' [duplicate-item] | keep one of the "
              "two"});
}

TEST_CASE("two questions of one id are told at the second, whatever stands before them") {
  const Lines lines =
      check_club_yaml("questions: [a text, {id: what, title: A}, {id: what, title: B}]\n");
  CHECK(std::count(lines.begin(), lines.end(),
                   "club.yaml:4:48: two questions have the id 'what' [duplicate-item] | keep one "
                   "of the two") == 1);
}

}  // namespace paperclub::tests

#include <fmt/format.h>

#include <map>

#include "lib/base/text.hpp"
#include "lib/club/rules.hpp"
#include "lib/os/time_zone.hpp"

namespace paperclub::club {
namespace {

// Who has what; an address, login or key may belong to one member only.
class Owners {
 public:
  explicit Owners(Report& report) : report_(report) {}

  // `thing` in the form in which two of them are compared.
  void claim(const std::string& thing, const char* what, const MemberRecord& member,
             const KeyPath& path) {
    const auto [first, is_new] = owners_.emplace(std::string(what) + " " + thing, &member);
    if (is_new || first->second == &member) return;
    report_.add(Rule::address_taken, member.file, path,
                fmt::format("the {} {} is that of member {} already", what, quote(thing),
                            quote(first->second->id.str(), 100)),
                "a vote must say whose it is: keep it with one member");
  }

 private:
  Report& report_;
  std::map<std::string, const MemberRecord*> owners_;
};

}  // namespace

void check_members(const RuleContext& context, Report& report) {
  Owners owners(report);
  for (const MemberRecord& record : context.snapshot.members) {
    const record::Member& member = record.member;
    for (std::size_t i = 0; i < member.emails.size(); ++i) {
      owners.claim(fold(member.emails[i]), "address", record,
                   {"emails", item_called(member.emails[i])});
    }
    if (!member.login.empty()) owners.claim(fold(member.login), "login", record, {"login"});
    // The private address at the forge is that of its login.
    for (const std::string& email : member.emails) {
      if (const auto login = record::login_of_address(email))
        owners.claim(*login, "login", record, {"emails", item_called(email)});
    }
    for (std::size_t i = 0; i < member.keys.size(); ++i) {
      owners.claim(record::key_body(member.keys[i]), "key", record,
                   {"keys", item_called(member.keys[i])});
    }
  }
}

void check_settings(const RuleContext& context, Report& report) {
  const record::ClubSettings& settings = context.snapshot.settings;
  const std::string file(kClubFile);
  if (!settings.timezone.empty() && !os::is_time_zone(settings.timezone)) {
    report.add(Rule::bad_format, file, {"timezone"},
               fmt::format("'timezone' must be a time zone, not {}", quote(settings.timezone)),
               "such as Asia/Singapore");
  }
  std::map<std::string, std::size_t> seen;
  for (const record::Question& question : settings.questions) {
    const std::size_t nth = seen[question.id]++;
    if (question.id.empty() || nth == 0) continue;
    report.add(Rule::duplicate_item, file, {"questions", item_with("id", question.id, nth), "id"},
               fmt::format("two questions have the id {}", quote(question.id)),
               "keep one of the two");
  }
}

}  // namespace paperclub::club

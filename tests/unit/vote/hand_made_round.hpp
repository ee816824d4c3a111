// Rounds as history would have them, made by hand: each version of a ballot is what a test says.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "lib/vote/who_counts.hpp"

namespace paperclub::tests {

using Places = std::vector<std::size_t>;

// Returns the object id that is `number`; ids are in the order of their numbers.
inline git::ObjectId object(unsigned number) {
  return git::ObjectId::parse(fmt::format("{:040x}", number)).value();
}

inline record::Ballot approving(std::vector<std::string> papers) {
  record::Ballot ballot;
  ballot.approve = std::move(papers);
  return ballot;
}

inline record::Ballot ranking(std::vector<std::vector<std::string>> tiers) {
  record::Ballot ballot;
  ballot.rank = std::move(tiers);
  return ballot;
}

inline record::Ballot scoring(std::vector<std::pair<std::string, long long>> scores) {
  record::Ballot ballot;
  ballot.score = std::move(scores);
  return ballot;
}

inline record::Ballot withdrawing() {
  record::Ballot ballot;
  ballot.withdrawn = true;
  return ballot;
}

// A round of the candidates one, two and three.
struct HandMadeRound {
  explicit HandMadeRound(const std::string& electorate = "open") {
    history.round.rules.method = "approval";
    history.round.rules.electorate = electorate;
    for (const char* name : {"one", "two", "three"})
      history.round.candidates.push_back(PaperId::parse(name).value());
  }

  // Adds a version with a blob and a commit of its own, later ones with larger ids; it came after
  // the versions at the places `after`.  Returns its place.
  std::size_t cast(const std::string& member, const std::string& address,
                   const record::Ballot& ballot, const Places& after = {}) {
    const auto number = static_cast<unsigned>(history.versions.size() + 1);
    club::BallotVersion version{member,
                                object(number),
                                object(1000 + number),
                                history.lineage.add(after),
                                {},
                                {},
                                true,
                                false,
                                "",
                                ballot,
                                "",
                                {}};
    version.author.email = address;
    version.signed_text = fmt::format("text {}", number);
    history.versions.push_back(std::move(version));
    return history.versions.size() - 1;
  }

  // Makes the version the one that lies in what is counted.
  void let_stand(std::size_t place) {
    history.standing.emplace_back(at(place).member, at(place).blob);
  }

  void add_member(const std::string& id, const record::Member& member) {
    history.roll.push_back({MemberId::parse(id).value(), "members/" + id + ".yaml", member});
  }

  club::BallotVersion& at(std::size_t place) { return history.versions[place]; }
  // Judges it with all versions counted; those that nothing joined are joined by nobody.
  vote::Judged judge() const { return vote::judge(history); }

  club::RoundHistory history{RoundId::parse("r").value(), "club", {}, object(1), {}, object(2)};
};

}  // namespace paperclub::tests

#include <nlohmann/json.hpp>

#include "lib/publish/escape.hpp"
#include "lib/publish/tally.hpp"

namespace paperclub::publish {
namespace {

using Json = nlohmann::ordered_json;
using vote::Candidate;

// A whole number that JSON's readers hold exactly, else "p/q" or its digits as a text.
Json exact(const vote::Fraction& value) {
  constexpr long kExact = 1L << 53U;
  const bool whole = value.get_den() == 1 && value.get_num().fits_slong_p() != 0;
  if (whole && std::abs(value.get_num().get_si()) <= kExact) return value.get_num().get_si();
  return vote::text_of(value);
}

const char* word_for(vote::Action action) {
  switch (action) {
    case vote::Action::count: return "count";
    case vote::Action::elect: return "elect";
    case vote::Action::transfer: return "transfer";
    case vote::Action::exclude: return "exclude";
    case vote::Action::runoff: return "runoff";
  }
  return "";
}

const char* word_for(vote::Outcome outcome) {
  switch (outcome) {
    case vote::Outcome::elected: return "elected";
    case vote::Outcome::no_paper: return "no-paper";
    case vote::Outcome::no_decision: return "no-decision";
  }
  return "";
}

class Writer {
 public:
  explicit Writer(const Tally& tally) : tally_(tally), count_(tally.decision.count) {}

  // How many ballots put each candidate above and below "no paper".
  Json against_none(const vote::Decision& decision) const {
    Json json = Json::object();
    for (std::size_t i = 0; i < decision.none.size(); ++i) {
      json[tally_.names[i]] = {{"above", decision.none[i].first},
                               {"below", decision.none[i].second}};
    }
    return json;
  }

  Json write() const {
    const vote::Decision& decision = tally_.decision;
    const bool elected = decision.outcome == vote::Outcome::elected;
    Json json{{"format", "paperclub/tally"},
              {"version", 1},
              {"subject", tally_.subject},
              {"method", count_.method},
              {"seats", count_.seats},
              {"ballots", decision.ballots},
              {"empty", decision.empty},
              {"counted", count_.counted},
              {"derived", count_.derived},
              {"outcome", word_for(decision.outcome)},
              {"why", decision.why.empty() ? Json(nullptr) : Json(decision.why)},
              {"candidates", tally_.names},
              {"dropped", original(decision.dropped)},
              {"winners", elected ? names(count_.winners) : Json::array()},
              {"tied", elected && count_.tied},
              {"ranking", lists(count_.ranking)},
              {"scores", scores()},
              {"rounds", rounds()}};
    if (!decision.none.empty()) json["none"] = against_none(decision);
    if (count_.quota) json["quota"] = exact(*count_.quota);
    if (count_.purse) json["purse"] = exact(*count_.purse);
    if (count_.pairs) add_pairs(json);
    if (count_.paths) json["paths"] = matrix(*count_.paths);
    if (count_.paths) json["routes"] = lists(count_.routes);
    if (!count_.locks.empty()) json["locks"] = locks();
    if (!count_.margins.empty()) json["margins"] = margins();
    json["ties"] = ties();
    json["others"] = others();
    json["notes"] = tally_.notes;
    if (tally_.round) json["round"] = round();
    return json;
  }

 private:
  const std::string& name(Candidate one) const {
    return tally_.names[tally_.decision.counted[one]];
  }
  Json names(const std::vector<Candidate>& some) const {
    Json list = Json::array();
    for (const Candidate one : some)
      list.push_back(name(one));
    return list;
  }
  Json original(const std::vector<Candidate>& some) const {
    Json list = Json::array();
    for (const Candidate one : some)
      list.push_back(tally_.names[one]);
    return list;
  }
  Json lists(const std::vector<std::vector<Candidate>>& tiers) const {
    Json list = Json::array();
    for (const auto& tier : tiers)
      list.push_back(names(tier));
    return list;
  }
  Json scores() const {
    Json scores = Json::object();
    for (std::size_t one = 0; one < count_.scores.size(); ++one)
      scores[name(static_cast<Candidate>(one))] = exact(count_.scores[one]);
    return scores;
  }
  Json rounds() const {
    Json list = Json::array();
    for (const vote::Round& round : count_.rounds) {
      Json tallies = Json::object();
      for (std::size_t one = 0; one < round.tallies.size(); ++one) {
        if (round.tallies[one])
          tallies[name(static_cast<Candidate>(one))] = exact(*round.tallies[one]);
      }
      Json json{{"action", word_for(round.action)},
                {"candidates", names(round.candidates)},
                {"tallies", tallies},
                {"exhausted", exact(round.exhausted)},
                {"elected", names(round.elected)}};
      if (!round.rule.empty()) json["rule"] = round.rule;
      for (std::size_t one = 0; one < round.purses.size(); ++one)
        json["purses"][name(static_cast<Candidate>(one))] = exact(round.purses[one]);
      list.push_back(std::move(json));
    }
    return list;
  }
  Json matrix(const vote::Matrix& matrix) const {
    Json rows = Json::object();
    for (std::size_t a = 0; a < matrix.size(); ++a) {
      Json row = Json::object();
      for (std::size_t b = 0; b < matrix.size(); ++b) {
        if (a != b) row[name(static_cast<Candidate>(b))] = matrix.at(a, b);
      }
      rows[name(static_cast<Candidate>(a))] = std::move(row);
    }
    return rows;
  }
  void add_pairs(Json& json) const {
    json["pairs"] = matrix(*count_.pairs);
    const auto winner = vote::condorcet_winner(*count_.pairs);
    json["condorcet_winner"] = winner ? Json(name(*winner)) : Json(nullptr);
    json["smith_set"] = names(vote::smith_set(*count_.pairs));
  }
  Json locks() const {
    Json list = Json::array();
    for (const vote::Lock& lock : count_.locks) {
      list.push_back({{"winner", name(lock.winner)},
                      {"loser", name(lock.loser)},
                      {"votes", lock.votes},
                      {"opposing", lock.opposing},
                      {"locked", lock.cycle.empty()},
                      {"cycle", names(lock.cycle)}});
    }
    return list;
  }
  Json margins() const {
    Json json = Json::object();
    for (std::size_t one = 0; one < count_.margins.size(); ++one)
      json[name(static_cast<Candidate>(one))] = count_.margins[one];
    return json;
  }
  Json ties() const {
    Json list = Json::array();
    for (const vote::Tie& tie : count_.ties) {
      list.push_back({{"step", tie.step},
                      {"tied", names(tie.candidates)},
                      {"chosen", name(tie.chosen)},
                      {"rule", tie.rule}});
    }
    return list;
  }
  Json others() const {
    Json list = Json::array();
    for (const OtherMethod& other : tally_.others) {
      list.push_back({{"method", other.name}, {"winners", other.winners}, {"tied", other.tied}});
      if (other.is_too_large) list.back()["too_large"] = true;
    }
    return list;
  }
  Json round() const {
    const RoundFacts& facts = *tally_.round;
    Json left_out = Json::array();
    for (const LeftOut& one : facts.left_out) {
      left_out.push_back({{"member", one.member},
                          {"ballot", one.ballot},
                          {"commit", one.commit},
                          {"reason", one.reason}});
    }
    Json recorded = Json::array();
    for (const auto& [member, recorder] : facts.recorded)
      recorded.push_back({{"member", member}, {"by", recorder}});
    return {{"id", facts.id},
            {"title", facts.title.empty() ? Json(nullptr) : Json(facts.title)},
            {"electorate", facts.electorate},
            {"commit", facts.commit},
            {"closed", facts.closed},
            {"digest", facts.digest},
            {"roll", facts.roll ? Json(*facts.roll) : Json(nullptr)},
            {"voters", facts.voters},
            {"not_voted", facts.not_voted},
            {"recorded", recorded},
            {"remarks", facts.remarks},
            {"left_out", left_out}};
  }

  const Tally& tally_;
  const vote::Count& count_;
};

}  // namespace

std::string tally_json(const Tally& tally) {
  const Json json = Writer(tally).write();
  return inert_json(json.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace paperclub::publish

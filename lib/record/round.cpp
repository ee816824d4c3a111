#include "lib/record/round.hpp"

namespace paperclub::record {
namespace {

std::optional<Quorum> quorum_from(const Fields& fields) {
  const auto map = fields.map("quorum");
  if (!map) return std::nullopt;
  return Quorum{map->integer("ballots"), map->text("share")};
}

std::optional<RoundResult> result_from(const Fields& fields) {
  const auto map = fields.map("result");
  if (!map) return std::nullopt;
  RoundResult result;
  result.counted = map->text("counted");
  result.method = map->text("method");
  result.ballots = map->integer("ballots").value_or(0);
  result.digest = map->text("digest");
  result.winners = map->ids<PaperId>("winners");
  result.runners_up = map->ids<PaperId>("runners_up");
  result.tied = map->boolean("tied").value_or(false);
  return result;
}

yaml::Members to_yaml(const Quorum& quorum) {
  MemberList members;
  members.add("ballots", quorum.ballots);
  if (!quorum.share.empty()) members.add("share", yaml::Value(quorum.share));
  return std::move(members).take();
}

}  // namespace

yaml::Members to_yaml(const RoundResult& result) {
  MemberList members;
  if (!result.counted.empty()) members.add("counted", yaml::Value::quoted(result.counted));
  members.add("method", result.method);
  members.add("ballots", yaml::Value(result.ballots));
  if (!result.digest.empty()) members.add("digest", yaml::Value::quoted(result.digest));
  members.add("winners", result.winners);
  members.add("runners_up", result.runners_up);
  members.add("tied", yaml::Value(result.tied));
  return std::move(members).take();
}

VotingRules rules_from(const Fields& fields) {
  VotingRules rules;
  rules.method = fields.text("method");
  rules.electorate = fields.text("electorate");
  rules.seats = fields.integer("seats");
  rules.none = fields.boolean("none");
  rules.quorum = quorum_from(fields);
  rules.over_none = fields.integer("over_none");
  rules.min_share = fields.text("min_share");
  rules.max_score = fields.integer("max_score");
  rules.margins = fields.boolean("margins");
  return rules;
}

void add_rules(MemberList& members, const VotingRules& rules) {
  members.add("method", rules.method);
  members.add("seats", rules.seats);
  members.add("electorate", rules.electorate);
  members.add("none", rules.none);
  if (rules.quorum) members.add("quorum", yaml::Value(to_yaml(*rules.quorum)));
  members.add("over_none", rules.over_none);
  members.add("min_share", rules.min_share);
  members.add("max_score", rules.max_score);
  members.add("margins", rules.margins);
}

Round round_from(const yaml::Document& document) {
  const Fields fields(document.root());
  Round round;
  round.title = fields.text("title");
  round.opened = fields.date("opened");
  round.closes = parse_moment(fields.text("closes"));
  round.rules = rules_from(fields);
  round.candidates = fields.ids<PaperId>("candidates");
  round.result = result_from(fields);
  round.extra = fields.extra();
  return round;
}

yaml::Members to_yaml(const Round& round) {
  MemberList members;
  members.add("title", round.title);
  members.add("opened", round.opened);
  if (round.closes) members.add("closes", yaml::Value::plain(format_moment(*round.closes)));
  add_rules(members, round.rules);
  members.add("candidates", round.candidates);
  if (round.result) members.add("result", yaml::Value(to_yaml(*round.result)));
  members.add("extra", round.extra);
  return std::move(members).take();
}

}  // namespace paperclub::record

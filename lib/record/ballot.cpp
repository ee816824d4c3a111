#include "lib/record/ballot.hpp"

namespace paperclub::record {
namespace {

std::vector<std::vector<std::string>> tiers_from(const Fields& fields) {
  std::vector<std::vector<std::string>> tiers;
  for (const yaml::Node& item : fields.items("rank")) {
    std::vector<std::string> tier;
    if (has_text(item)) tier.push_back(item.text());
    for (std::size_t i = 0; item.kind() == yaml::NodeKind::sequence && i < item.size(); ++i) {
      if (has_text(item.item(i))) tier.push_back(item.item(i).text());
    }
    tiers.push_back(std::move(tier));
  }
  return tiers;
}

std::vector<std::pair<std::string, long long>> scores_from(const Fields& score) {
  std::vector<std::pair<std::string, long long>> scores;
  for (const auto& [name, node] : score.members()) {
    if (const auto value = score.integer(name)) scores.emplace_back(name, *value);
  }
  return scores;
}

std::vector<yaml::Value> tiers_to_yaml(const std::vector<std::vector<std::string>>& tiers) {
  std::vector<yaml::Value> values;
  for (const auto& tier : tiers) {
    if (tier.size() == 1) {
      values.emplace_back(tier.front());
    } else {
      values.emplace_back(std::vector<yaml::Value>(tier.begin(), tier.end()));
    }
  }
  return values;
}

}  // namespace

Ballot ballot_from(const yaml::Document& document) {
  const Fields fields(document.root());
  Ballot ballot;
  if (fields.has_list("approve")) ballot.approve = fields.texts("approve");
  if (fields.has_list("rank")) ballot.rank = tiers_from(fields);
  if (const auto score = fields.map("score")) ballot.score = scores_from(*score);
  ballot.abstain = fields.boolean("abstain").value_or(false);
  ballot.withdrawn = fields.boolean("withdrawn").value_or(false);
  ballot.comment = fields.text("comment");
  ballot.previous = fields.text("previous");
  ballot.sequence = fields.integer("sequence");
  ballot.signature = fields.text("signature");
  ballot.extra = fields.extra();
  return ballot;
}

yaml::Members to_yaml(const Ballot& ballot) {
  MemberList members;
  if (ballot.approve) {
    members.add("approve", yaml::Value(std::vector<yaml::Value>(ballot.approve->begin(),
                                                                ballot.approve->end())));
  }
  if (ballot.rank) members.add("rank", yaml::Value(tiers_to_yaml(*ballot.rank)));
  if (ballot.score) {
    yaml::Members scores;
    for (const auto& [name, value] : *ballot.score)
      scores.emplace_back(name, value);
    members.add("score", yaml::Value(std::move(scores)));
  }
  if (ballot.abstain) members.add("abstain", yaml::Value(true));
  if (ballot.withdrawn) members.add("withdrawn", yaml::Value(true));
  members.add("comment", ballot.comment);
  if (!ballot.previous.empty()) members.add("previous", yaml::Value::quoted(ballot.previous));
  if (ballot.sequence) members.add("sequence", yaml::Value(*ballot.sequence));
  members.add("signature", ballot.signature);
  members.add("extra", ballot.extra);
  return std::move(members).take();
}

}  // namespace paperclub::record

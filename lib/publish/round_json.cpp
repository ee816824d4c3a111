#include "lib/publish/round_json.hpp"

#include <nlohmann/json.hpp>

#include "lib/publish/escape.hpp"

namespace paperclub::publish {
namespace {

using Json = nlohmann::ordered_json;

Json document(const char* name) {
  return Json{{"format", std::string("paperclub/") + name}, {"version", 1}};
}

std::string finish(const Json& json) {
  return inert_json(json.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json ids(const std::vector<PaperId>& papers) {
  Json list = Json::array();
  for (const PaperId& id : papers)
    list.push_back(id.str());
  return list;
}

Json result_json(const std::optional<record::RoundResult>& result) {
  if (!result) return nullptr;
  return {{"counted", result->counted},
          {"method", result->method},
          {"ballots", result->ballots},
          {"digest", text_or_null(result->digest)},
          {"winners", ids(result->winners)},
          {"runners_up", ids(result->runners_up)},
          {"tied", result->tied}};
}

Json quorum_json(const std::optional<record::Quorum>& quorum) {
  if (!quorum) return nullptr;
  if (quorum->ballots) return *quorum->ballots;
  return text_or_null(quorum->share);
}

Json round_head(const RoundId& id, const record::Round& round) {
  return {{"id", id.str()},
          {"title", text_or_null(round.title)},
          {"opened", round.opened ? Json(format_date(*round.opened)) : Json(nullptr)},
          {"closes", round.closes ? Json(format_moment(*round.closes)) : Json(nullptr)},
          {"method", round.rules.method},
          {"electorate", text_or_null(round.rules.electorate)},
          {"seats", round.rules.seats.value_or(1)},
          {"none", round.rules.none.value_or(false)},
          {"over_none", round.rules.over_none.value_or(0)},
          {"quorum", quorum_json(round.rules.quorum)},
          {"min_share", text_or_null(round.rules.min_share)},
          {"max_score", round.rules.max_score.value_or(record::kUsualMaxScore)},
          {"margins", round.rules.margins.value_or(false)},
          {"candidates", ids(round.candidates)}};
}

}  // namespace

std::string rounds_json(const std::vector<ListedRound>& rounds) {
  Json json = document("rounds");
  json["rounds"] = Json::array();
  for (const ListedRound& listed : rounds) {
    Json one = round_head(listed.id, listed.round);
    one["result"] = result_json(listed.result);
    one["result_changed"] = listed.result != listed.round.result;
    one["void"] = listed.is_void;
    json["rounds"].push_back(std::move(one));
  }
  return finish(json);
}

std::string round_json(const club::RoundHistory& history, const vote::Judged& judged) {
  Json json = document("round");
  json.update(round_head(history.id, history.round));
  json["opened_by"] = history.opened.hex();
  json["closed_by"] = history.closed ? Json(history.closed->hex()) : Json(nullptr);
  json["result"] = result_json(history.result);
  json["result_changed"] = history.result_changed;
  json["rules_changed"] = history.rules_changed;
  json["voters"] = Json::array();
  for (const std::size_t one : judged.counting)
    json["voters"].push_back(history.versions[one].member);
  return finish(json);
}

std::string verify_json(const std::vector<VerifiedBallot>& ballots) {
  Json json = document("verify");
  json["ballots"] = Json::array();
  for (const VerifiedBallot& one : ballots) {
    json["ballots"].push_back({{"receipt", one.receipt},
                               {"commit", one.commit},
                               {"fate", one.fate},
                               {"reason", text_or_null(one.reason)}});
  }
  return finish(json);
}

std::string audit_json(const std::vector<AuditedRound>& rounds, const std::string& history) {
  Json json = document("audit");
  json["history"] = history;
  json["rounds"] = Json::array();
  for (const AuditedRound& one : rounds) {
    json["rounds"].push_back(
        {{"round", one.round}, {"agrees", one.agrees}, {"differences", one.differences}});
  }
  return finish(json);
}

}  // namespace paperclub::publish

#include "lib/publish/sarif.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "lib/base/link.hpp"
#include "lib/club/layout.hpp"
#include "lib/publish/escape.hpp"

namespace paperclub::publish {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxResults = 5'000;

Json rules_array() {
  Json rules = Json::array();
  for (const RuleInfo& rule : all_rules()) {
    rules.push_back({{"id", rule.name},
                     {"shortDescription", {{"text", rule.summary}}},
                     {"defaultConfiguration", {{"level", severity_name(rule.severity)}}}});
  }
  return rules;
}

// Brackets make links and braces make placeholders in a message of SARIF (section 3.11).
std::string plain_message(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == '\\') out += '\\';
    if (c == '{' || c == '}') out += c;
    out += c;
  }
  return out;
}

// A path with a colon in it would read as an address with a scheme.
std::string relative_uri(const std::string& path) {
  std::string out;
  for (const char c : percent_encode(path))
    out += c == ':' ? std::string("%3A") : std::string(1, c);
  return out;
}

Json result_of(const Finding& finding, const std::string& prefix) {
  const Location& where = finding.where;
  const std::string path = club::repository_path(prefix, finding.file);
  Json place = {{"artifactLocation", {{"uri", relative_uri(path)}}}};
  if (where.line > 0) {
    place["region"] = {{"startLine", where.line},
                       {"startColumn", where.column},
                       {"endLine", where.end_line},
                       {"endColumn", where.end_column}};
  }
  std::string text = finding.message;
  if (!finding.hint.empty()) text += "; " + finding.hint;
  // Stays the same when lines above move, so that a host knows the finding again.
  const std::string print = finding.file + "\n" + finding.message;
  return {{"ruleId", rule_info(finding.rule).name},
          {"ruleIndex", static_cast<std::size_t>(finding.rule)},
          {"level", severity_name(severity_of(finding))},
          {"message", {{"text", plain_message(text)}}},
          {"locations", Json::array({{{"physicalLocation", place}}})},
          {"partialFingerprints", {{"paperclub/v1", print}}}};
}

// What says that not every finding is a result.
Json cut_note(std::size_t findings) {
  const std::string text = fmt::format("{} findings are left out; 'paperclub check' tells them all",
                                       findings - kMaxResults);
  const Json note = {{"level", "warning"}, {"message", {{"text", text}}}};
  return {{"executionSuccessful", true}, {"toolExecutionNotifications", Json::array({note})}};
}

}  // namespace

std::string findings_sarif(const std::vector<Finding>& findings, const std::string& version,
                           const std::string& prefix) {
  std::vector<const Finding*> order;
  for (const Finding& finding : findings)
    order.push_back(&finding);
  std::stable_sort(order.begin(), order.end(), [](const Finding* a, const Finding* b) {
    return severity_of(*a) < severity_of(*b);
  });
  Json results = Json::array();
  for (std::size_t i = 0; i < order.size() && i < kMaxResults; ++i) {
    results.push_back(result_of(*order[i], prefix));
  }
  const Json driver = {{"name", "paperclub"}, {"version", version}, {"rules", rules_array()}};
  Json run = {{"tool", {{"driver", driver}}},
              {"columnKind", "unicodeCodePoints"},
              {"results", std::move(results)}};
  if (order.size() > kMaxResults) run["invocations"] = Json::array({cut_note(order.size())});
  const Json json = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                     {"version", "2.1.0"},
                     {"runs", Json::array({run})}};
  return inert_json(json.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace paperclub::publish

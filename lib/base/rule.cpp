#include "lib/base/rule.hpp"

namespace paperclub {

const std::vector<RuleInfo>& all_rules() {
  constexpr auto kError = Severity::error;
  constexpr auto kWarning = Severity::warning;
  static const std::vector<RuleInfo> kRules = {
      {Rule::invalid_encoding, "invalid-encoding", kError, "the file is not UTF-8"},
      {Rule::forbidden_character, "forbidden-character", kError,
       "a character that is invisible or drives a terminal"},
      {Rule::yaml_syntax, "yaml-syntax", kError, "the text is not YAML"},
      {Rule::unsupported_yaml, "unsupported-yaml", kError,
       "anchors, aliases, tags, directives, merge keys or several documents"},
      {Rule::duplicate_key, "duplicate-key", kError, "the same key twice in one mapping"},
      {Rule::too_large, "too-large", kError, "more bytes, depth or values than a record may have"},
      {Rule::unknown_key, "unknown-key", kError, "a key that this kind of record does not have"},
      {Rule::missing_key, "missing-key", kError, "a required key is not there"},
      {Rule::wrong_type, "wrong-type", kError, "text where a number or a list belongs, or so"},
      {Rule::bad_value, "bad-value", kError, "not one of the values allowed"},
      {Rule::bad_format, "bad-format", kError,
       "a date, link, id or time that is not written as one"},
      {Rule::out_of_range, "out-of-range", kError, "a number too small or too large"},
      {Rule::wrong_length, "wrong-length", kError, "a text too short or too long"},
      {Rule::wrong_count, "wrong-count", kError, "too few or too many items"},
      {Rule::duplicate_item, "duplicate-item", kError, "the same item twice in one list"},
      {Rule::conflicting_keys, "conflicting-keys", kError, "keys that exclude each other"},
      {Rule::ambiguous_scalar, "ambiguous-scalar", kWarning,
       "an unquoted text that other YAML readers take for a number, boolean or date"},
      {Rule::bad_id, "bad-id", kError, "a file name that cannot be an id"},
      {Rule::id_taken, "id-taken", kError, "an id or alias that another paper has"},
      {Rule::number_taken, "number-taken", kError, "a timeline number that another paper has"},
      {Rule::number_gap, "number-gap", kWarning, "the numbers on the timeline skip one"},
      {Rule::date_order, "date-order", kWarning, "session dates run against the numbers"},
      {Rule::duplicate_paper, "duplicate-paper", kError,
       "the same arXiv id, DOI or link on two papers"},
      {Rule::similar_title, "similar-title", kWarning, "nearly the same title on two papers"},
      {Rule::identifier_mismatch, "identifier-mismatch", kWarning,
       "the link points at another paper than arxiv or doi"},
      {Rule::unknown_paper, "unknown-paper", kError, "an id that no paper has"},
      {Rule::unknown_member, "unknown-member", kError, "an id that no member has"},
      {Rule::unknown_round, "unknown-round", kError, "ballots without their round"},
      {Rule::not_a_candidate, "not-a-candidate", kError,
       "a ballot that names a paper outside of its round"},
      {Rule::address_taken, "address-taken", kError,
       "an address, login or key that another member has"},
      {Rule::missing_file, "missing-file", kError, "a local link or image that leads nowhere"},
      {Rule::name_collision, "name-collision", kError,
       "two names that are one where case or Unicode form does not count"},
      {Rule::not_a_file, "not-a-file", kError,
       "a symbolic link, submodule or device among records"},
      {Rule::stray_file, "stray-file", kWarning, "a file that belongs to no record"},
      {Rule::stray_ballot, "stray-ballot", kError,
       "a file below votes/ that is no ballot or round"},
      {Rule::protected_file, "protected-file", kError,
       "a change that only an organiser of the club may make"},
      {Rule::not_yours, "not-yours", kError, "a ballot or a member's file of somebody else"},
      {Rule::append_only, "append-only", kError,
       "a number, held session, closed round or ballot that would be changed"},
      {Rule::void_ballot, "void-ballot", kError, "a ballot that would not count"},
      {Rule::wrong_result, "wrong-result", kError, "a result that the ballots do not give"},
      {Rule::skipped_checks, "skipped-checks", kError,
       "a commit message that keeps checks from running"},
  };
  return kRules;
}

const RuleInfo& rule_info(Rule rule) { return all_rules()[static_cast<std::size_t>(rule)]; }

std::optional<Rule> find_rule(std::string_view name) {
  for (const RuleInfo& info : all_rules()) {
    if (info.name == name) return info.rule;
  }
  return std::nullopt;
}

std::string_view severity_name(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

}  // namespace paperclub

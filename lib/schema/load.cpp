#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "lib/base/embedded.hpp"
#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/schema/compiled.hpp"
#include "lib/schema/format.hpp"
#include "lib/schema/schema.hpp"

namespace paperclub::schema {
namespace {

[[noreturn]] void fail(std::string_view why, const std::string& where) {
  throw Error{ErrorKind::usage, fmt::format("schema: {}", why)}.at(where);
}

std::uint8_t type_bit(const Json& name, const std::string& where) {
  static const std::map<std::string, std::uint8_t> kBits = {
      {"null", kNull},     {"boolean", kBoolean}, {"integer", kInteger}, {"number", kNumber},
      {"string", kString}, {"array", kArray},     {"object", kObject}};
  const auto found = name.is_string() ? kBits.find(name.get<std::string>()) : kBits.end();
  if (found == kBits.end()) fail("unknown type", where);
  return found->second;
}

// Loads the schema objects of one file; each is compiled once, however often it is referred to.
class Loader {
 public:
  explicit Loader(const Json& root) : root_(root) {}

  Compiled load() {
    rule_at("");
    refuse_loops();
    return std::move(compiled_);
  }

 private:
  enum class Visit : std::uint8_t { not_yet, inside, done };

  // The rules that judge the very value that `rule` judges.
  static std::vector<RuleIndex> on_same_value(const SchemaRule& rule) {
    std::vector<RuleIndex> next;
    for (const auto* list : {&rule.all_of, &rule.any_of, &rule.one_of})
      next.insert(next.end(), list->begin(), list->end());
    for (const auto& one :
         {rule.reference, rule.negated, rule.condition, rule.then_rule, rule.else_rule}) {
      if (one) next.push_back(*one);
    }
    return next;
  }

  // A rule that leads back to itself on the same value would be followed for ever.
  void refuse_loops() const {
    std::vector<Visit> visits(compiled_.rules.size(), Visit::not_yet);
    for (RuleIndex index = 0; index < visits.size(); ++index)
      refuse_loop(index, visits);
  }

  void refuse_loop(RuleIndex index, std::vector<Visit>& visits) const {
    if (visits[index] == Visit::inside) fail("$ref leads back to itself", "");
    if (visits[index] == Visit::done) return;
    visits[index] = Visit::inside;
    for (const RuleIndex next : on_same_value(compiled_.rules[index]))
      refuse_loop(next, visits);
    visits[index] = Visit::done;
  }

  // The rule for the schema at the JSON pointer `where`.
  RuleIndex rule_at(const std::string& where) {
    const auto known = by_pointer_.find(where);
    if (known != by_pointer_.end()) return known->second;
    const RuleIndex index = compiled_.rules.size();
    by_pointer_[where] = index;
    compiled_.rules.emplace_back();
    SchemaRule rule = read(resolve(where), where);
    compiled_.rules[index] = std::move(rule);
    return index;
  }

  const Json& resolve(const std::string& where) const {
    try {
      return root_.at(Json::json_pointer(where));
    } catch (const Json::exception&) {
      fail("$ref leads nowhere", where);
    }
  }

  SchemaRule read(const Json& json, const std::string& where) {
    SchemaRule rule;
    if (json.is_boolean()) {
      rule.verdict = json.get<bool>();
      return rule;
    }
    if (!json.is_object()) fail("not an object or boolean", where);
    if (json.contains("$ref")) {
      rule.reference = rule_at(pointer_of(json.at("$ref"), where));
      return rule;
    }
    for (const auto& [keyword, value] : json.items())
      read_keyword(rule, keyword, value, where);
    return rule;
  }

  static std::string pointer_of(const Json& reference, const std::string& where) {
    const std::string text = reference.is_string() ? reference.get<std::string>() : "";
    if (text == "#") return "";
    if (!text.starts_with("#/")) fail("$ref to outside of the schema", where);
    std::string out;
    for (std::size_t i = 1; i < text.size(); ++i) {
      if (text[i] == '%') {
        int value = 0;
        const char* digits = text.c_str() + i + 1;
        const auto [end, error] = std::from_chars(
            digits, digits + std::min<std::size_t>(2, text.size() - i - 1), value, 16);
        if (error != std::errc() || end != digits + 2) fail("$ref is not well-formed", where);
        out += static_cast<char>(value);
        i += 2;
      } else {
        out += text[i];
      }
    }
    return out;
  }

  using Read = void (Loader::*)(SchemaRule&, const Json&, const std::string&);

  void read_keyword(SchemaRule& rule, const std::string& keyword, const Json& value,
                    const std::string& where) {
    static const std::map<std::string, Read> kReaders = {
        {"type", &Loader::read_type},
        {"enum", &Loader::read_enum},
        {"const", &Loader::read_const},
        {"minimum", &Loader::read_number<&SchemaRule::minimum>},
        {"maximum", &Loader::read_number<&SchemaRule::maximum>},
        {"exclusiveMinimum", &Loader::read_number<&SchemaRule::above>},
        {"exclusiveMaximum", &Loader::read_number<&SchemaRule::below>},
        {"minLength", &Loader::read_count<&SchemaRule::min_length>},
        {"maxLength", &Loader::read_count<&SchemaRule::max_length>},
        {"minItems", &Loader::read_count<&SchemaRule::min_items>},
        {"maxItems", &Loader::read_count<&SchemaRule::max_items>},
        {"minProperties", &Loader::read_count<&SchemaRule::min_keys>},
        {"maxProperties", &Loader::read_count<&SchemaRule::max_keys>},
        {"uniqueItems", &Loader::read_unique},
        {"pattern", &Loader::read_pattern},
        {"format", &Loader::read_format},
        {"items", &Loader::read_rule<&SchemaRule::items>},
        {"contains", &Loader::read_rule<&SchemaRule::contains>},
        {"additionalProperties", &Loader::read_rule<&SchemaRule::additional>},
        {"propertyNames", &Loader::read_rule<&SchemaRule::key_names>},
        {"not", &Loader::read_rule<&SchemaRule::negated>},
        {"if", &Loader::read_rule<&SchemaRule::condition>},
        {"then", &Loader::read_rule<&SchemaRule::then_rule>},
        {"else", &Loader::read_rule<&SchemaRule::else_rule>},
        {"allOf", &Loader::read_rules<&SchemaRule::all_of>},
        {"anyOf", &Loader::read_rules<&SchemaRule::any_of>},
        {"oneOf", &Loader::read_rules<&SchemaRule::one_of>},
        {"properties", &Loader::read_properties},
        {"required", &Loader::read_required},
        {"title", &Loader::read_text<&SchemaRule::title>},
        {"description", &Loader::read_text<&SchemaRule::description>},
        {"examples", &Loader::read_examples},
        {"definitions", &Loader::skip},
        {"default", &Loader::skip},
        {"$schema", &Loader::skip},
        {"$id", &Loader::read_id},
        {"$comment", &Loader::skip},
    };
    const auto found = kReaders.find(keyword);
    if (found == kReaders.end()) fail("keyword " + quote(keyword) + " is not implemented", where);
    (this->*found->second)(rule, value, where + "/" + keyword);
  }

  void skip(SchemaRule&, const Json&, const std::string&) {}

  // Only at the root, where it changes nothing: elsewhere it would move every $ref below it.
  void read_id(SchemaRule&, const Json&, const std::string& where) {
    if (where != "/$id") fail("$id inside of a schema is not implemented", where);
  }

  void read_type(SchemaRule& rule, const Json& value, const std::string& where) {
    if (!value.is_array()) {
      rule.types = type_bit(value, where);
      return;
    }
    for (const Json& name : value) {
      rule.types = static_cast<std::uint8_t>(rule.types | type_bit(name, where));
    }
  }

  void read_enum(SchemaRule& rule, const Json& value, const std::string& where) {
    if (!value.is_array()) fail("not a list", where);
    rule.values.assign(value.begin(), value.end());
  }

  void read_const(SchemaRule& rule, const Json& value, const std::string&) {
    rule.values = {value};
    rule.is_constant = true;
  }

  template <std::optional<double> SchemaRule::*member>
  void read_number(SchemaRule& rule, const Json& value, const std::string& where) {
    if (!value.is_number()) fail("not a number", where);
    rule.*member = value.get<double>();
  }

  template <std::optional<std::size_t> SchemaRule::*member>
  void read_count(SchemaRule& rule, const Json& value, const std::string& where) {
    if (!value.is_number() || value.get<double>() < 0) fail("not a count", where);
    rule.*member = static_cast<std::size_t>(value.get<double>());
  }

  template <std::string SchemaRule::*member>
  void read_text(SchemaRule& rule, const Json& value, const std::string& where) {
    if (!value.is_string()) fail("not a text", where);
    rule.*member = value.get<std::string>();
  }

  template <std::optional<RuleIndex> SchemaRule::*member>
  void read_rule(SchemaRule& rule, const Json& value, const std::string& where) {
    if (value.is_array()) fail("a list of schemas is not implemented", where);
    rule.*member = rule_at(where);
  }

  template <std::vector<RuleIndex> SchemaRule::*member>
  void read_rules(SchemaRule& rule, const Json& value, const std::string& where) {
    if (!value.is_array()) fail("not a list", where);
    for (std::size_t i = 0; i < value.size(); ++i) {
      (rule.*member).push_back(rule_at(fmt::format("{}/{}", where, i)));
    }
  }

  void read_unique(SchemaRule& rule, const Json& value, const std::string& where) {
    if (!value.is_boolean()) fail("not a boolean", where);
    rule.unique_items = value.get<bool>();
  }

  void read_pattern(SchemaRule& rule, const Json& value, const std::string& where) {
    if (!value.is_string()) fail("not a text", where);
    rule.pattern.emplace(value.get<std::string>());
  }

  void read_format(SchemaRule& rule, const Json& value, const std::string& where) {
    read_text<&SchemaRule::format>(rule, value, where);
    if (!is_format(rule.format))
      fail("format " + quote(rule.format) + " is not implemented", where);
  }

  void read_properties(SchemaRule& rule, const Json& value, const std::string& where) {
    if (!value.is_object()) fail("not an object", where);
    for (const auto& [name, inner] : value.items()) {
      Json::json_pointer pointer(where);
      rule.properties.emplace_back(name, rule_at((pointer / name).to_string()));
    }
  }

  void read_required(SchemaRule& rule, const Json& value, const std::string& where) {
    if (!value.is_array()) fail("not a list", where);
    for (const Json& name : value) {
      if (!name.is_string()) fail("not a list of texts", where);
      rule.required.push_back(name.get<std::string>());
    }
  }

  void read_examples(SchemaRule& rule, const Json& value, const std::string&) {
    if (value.is_array() && !value.empty() && value[0].is_string()) {
      rule.example = value[0].get<std::string>();
    }
  }

  const Json& root_;
  Compiled compiled_;
  std::map<std::string, RuleIndex> by_pointer_;
};

}  // namespace

Schema Schema::load(std::string_view json) {
  const Json root = Json::parse(json, nullptr, false);
  if (root.is_discarded()) fail("not JSON", "");
  return Schema(std::make_shared<const Compiled>(Loader(root).load()));
}

std::vector<std::string> Schema::property_names() const {
  std::vector<std::string> names;
  for (const auto& [name, rule] : compiled_->rules.front().properties)
    names.push_back(name);
  return names;
}

const Schema& schema_of(std::string_view kind) {
  static const std::map<std::string, Schema, std::less<>> kSchemas = [] {
    std::map<std::string, Schema, std::less<>> schemas;
    for (const char* name : {"ballot", "club", "member", "paper", "round", "session"}) {
      schemas.emplace(name, Schema::load(embedded_file(fmt::format("{}.schema.json", name))));
    }
    return schemas;
  }();
  return kSchemas.find(kind)->second;
}

}  // namespace paperclub::schema

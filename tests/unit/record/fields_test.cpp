#include "lib/record/fields.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::record {
namespace {

using tests::read;
using yaml::Members;
using yaml::Value;
using Texts = std::vector<std::string>;

constexpr const char* kText =
    "text: Raft\nquoted: '7'\nnumber: 7\nlarge: 99999999999999999999\nfraction: 7.5\nyes: true\n"
    "word: 'true'\nday: 2024-02-29\nno-day: 2023-02-29\nlist: [a, 1, [x], {y: z}]\n"
    "map: {inner: x}\nempty:\n";

TEST_CASE("text gives the scalar as it is written, and nothing for lists and mappings") {
  const yaml::Document document = read(kText);
  const Fields fields(document.root());
  CHECK(fields.text("text") == "Raft");
  CHECK(fields.text("quoted") == "7");
  CHECK(fields.text("number") == "7");
  CHECK(fields.text("day") == "2024-02-29");
  for (const char* key : {"list", "map", "empty", "missing"})
    CHECK(fields.text(key).empty());
}

TEST_CASE("a value that is null has no text") {
  const yaml::Document document = read("a: null\nb: ~\nl: [x, null, ~, y]\n");
  const Fields fields(document.root());
  CHECK(fields.text("a").empty());
  CHECK(fields.text("b").empty());
  CHECK(fields.texts("l") == Texts{"x", "y"});
}

TEST_CASE("integer gives whole numbers without quotes that fit") {
  const yaml::Document document = read(kText);
  const Fields fields(document.root());
  CHECK(fields.integer("number") == 7);
  for (const char* key : {"quoted", "large", "fraction", "text", "list", "map", "empty", "none"}) {
    CAPTURE(key);
    CHECK_FALSE(fields.integer(key).has_value());
  }
}

TEST_CASE("boolean gives true and false without quotes") {
  const yaml::Document document = read("a: true\nb: false\nc: 'true'\nd: yes\ne: 1\nf: [true]\n");
  const Fields fields(document.root());
  CHECK(fields.boolean("a") == true);
  CHECK(fields.boolean("b") == false);
  for (const char* key : {"c", "d", "e", "f", "g"}) {
    CAPTURE(key);
    CHECK_FALSE(fields.boolean(key).has_value());
  }
}

TEST_CASE("date gives days of the calendar, with quotes or without") {
  const yaml::Document document = read(std::string(kText) + "also: '2024-02-29'\n");
  const Fields fields(document.root());
  CHECK(fields.date("day") == Date{2024, 2, 29});
  CHECK(fields.date("also") == Date{2024, 2, 29});
  for (const char* key : {"no-day", "text", "list", "missing"}) {
    CHECK_FALSE(fields.date(key).has_value());
  }
}

TEST_CASE("texts gives the scalars of a list in their order") {
  const yaml::Document document = read(kText);
  const Fields fields(document.root());
  CHECK(fields.texts("list") == Texts{"a", "1"});
  CHECK(fields.items("list").size() == 4);
  for (const char* key : {"text", "map", "empty", "missing"}) {
    CHECK(fields.texts(key).empty());
    CHECK(fields.items(key).empty());
  }
}

TEST_CASE("map gives mappings only") {
  const yaml::Document document = read(kText);
  const Fields fields(document.root());
  REQUIRE(fields.map("map").has_value());
  CHECK(fields.map("map")->text("inner") == "x");
  for (const char* key : {"text", "list", "empty", "missing"}) {
    CHECK_FALSE(fields.map(key).has_value());
  }
}

TEST_CASE("members gives keys and values, and a node that is no mapping has none") {
  const yaml::Document document = read("a: 1\nl: [x]\n");
  const Fields fields(document.root());
  const auto members = fields.members();
  REQUIRE(members.size() == 2);
  CHECK(members[0].first == "a");
  CHECK(members[0].second.text() == "1");
  const Fields none(*document.root().find("l"));
  CHECK(none.members().empty());
  CHECK(none.text("x").empty());
}

TEST_CASE("ids leaves out what is no id") {
  const yaml::Document document = read("ids: [raft, Not One, '2024', con, a-b]\n");
  const auto ids = Fields(document.root()).ids<PaperId>("ids");
  REQUIRE(ids.size() == 3);
  CHECK(ids[0].str() == "raft");
  CHECK(ids[1].str() == "2024");
  CHECK(ids[2].str() == "a-b");
}

TEST_CASE("extra is kept with the types of its values") {
  const yaml::Document document = read(
      "extra:\n  a: 5\n  b: '5'\n  c: [true, 'true', x]\n  d: {e: 1.50}\n  f: no\n"
      "  g: |-\n    x\n    y\n");
  const Members expected = {
      {"a", Value::plain("5")},
      {"b", "5"},
      {"c", std::vector<Value>{Value::plain("true"), "true", "x"}},
      {"d", Members{{"e", Value::plain("1.50")}}},
      {"f", "no"},
      {"g", "x\ny"},
  };
  CHECK(Fields(document.root()).extra() == expected);
}

TEST_CASE("extra that is no mapping, or not there, is empty") {
  for (const char* text : {"extra: [1]\n", "extra: x\n", "extra:\n", "extra: {}\n", "a: 1\n"}) {
    const yaml::Document document = read(text);
    CHECK(Fields(document.root()).extra().empty());
  }
}

TEST_CASE("extra with values that are not written is written back with as many") {
  const yaml::Document document = read("extra:\n  a:\n  l:\n    -\n    - 1\n    -\n  n: ~\n");
  const Members extra = Fields(document.root()).extra();
  const yaml::Document again = read(yaml::emit({{"extra", extra}}));
  CHECK(Fields(again.root()).extra() == extra);
  const auto list = Fields(*again.root().find("extra")).items("l");
  CHECK(list.size() == 3);
}

TEST_CASE("a list of members leaves out what is empty and keeps its order") {
  MemberList list;
  list.add("text", std::string());
  list.add("texts", Texts{});
  list.add("map", Members{});
  list.add("date", std::optional<Date>());
  list.add("number", std::optional<long long>());
  list.add("truth", std::optional<bool>());
  list.add("ids", std::vector<PaperId>());
  list.add("b", std::string("x"));
  list.add("a", Texts{"1"});
  list.add("c", Members{{"k", "v"}});
  list.add("d", std::optional<Date>(Date{2024, 2, 16}));
  list.add("e", std::optional<long long>(0));
  list.add("f", std::optional<bool>(false));
  list.add("g", std::vector<PaperId>{*PaperId::parse("raft")});
  list.add("h", Value::quoted("1"));
  CHECK(yaml::emit(std::move(list).take()) ==
        "b: x\na: ['1']\nc: {k: v}\nd: 2024-02-16\ne: 0\nf: false\ng: [raft]\nh: '1'\n");
}

}  // namespace
}  // namespace paperclub::record

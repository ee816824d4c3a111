#include "cli/edits.hpp"

#include "lib/schema/schema.hpp"
#include "lib/yaml/parse.hpp"
#include "tests/support/catch.hpp"

namespace paperclub::tests {
namespace {

using cli::EditOptions;

constexpr const char* kRecord =
    "title: A\npublished: 2017\ntags: [x, y]\nauthors: [Ada]\ndiscussion: {idea: old}\n";

// The record with the edits made, or why they cannot be.
std::string edited(const EditOptions& options) {
  const yaml::ParseResult parsed = yaml::parse("papers/a.yaml", kRecord);
  try {
    return yaml::edited_text(*parsed.document,
                             cli::edits_of(options, "paper", {"number"}, *parsed.document),
                             schema::schema_of("paper").property_names());
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    return error.message();
  }
}

}  // namespace

TEST_CASE("keys are set, lists grow and shrink, keys go") {
  CHECK(edited({{"venue=NAACL 2019", "discussion.idea=new"}, {"tags=z"}, {}, {"published"}}) ==
        "title: A\ntags: [x, y, z]\nauthors: [Ada]\nvenue: NAACL 2019\n"
        "discussion: {idea: new}\n");
  CHECK(edited({{}, {}, {"tags=x"}, {}}) ==
        "title: A\npublished: 2017\ntags: [y]\nauthors: [Ada]\ndiscussion: {idea: old}\n");
  CHECK(edited({{}, {}, {"authors=Ada"}, {}}) ==
        "title: A\npublished: 2017\ntags: [x, y]\ndiscussion: {idea: old}\n");
}

TEST_CASE("a list may be called by one of its items") {
  CHECK(edited({{}, {"tag=z"}, {"author=Ada"}, {}}) ==
        "title: A\npublished: 2017\ntags: [x, y, z]\ndiscussion: {idea: old}\n");
  CHECK(edited({{}, {"tagg=z"}, {}, {}}) == "a paper has no key 'tagg'");
}

TEST_CASE("dates stay dates and identifiers stay text") {
  CHECK(edited({{"published=2018-10-11"}, {}, {}, {}}).find("published: 2018-10-11\n") !=
        std::string::npos);
  CHECK(edited({{"arxiv=2401.10020"}, {}, {}, {}}).find("arxiv: '2401.10020'\n") !=
        std::string::npos);
  CHECK(edited({{"venue=a=b"}, {}, {}, {}}).find("venue: a=b\n") != std::string::npos);
}

TEST_CASE("what cannot be changed so is told") {
  CHECK(edited({{"venue"}, {}, {}, {}}) == "'venue' is no KEY=VALUE");
  CHECK(edited({{"=x"}, {}, {}, {}}) == "'=x' is no KEY=VALUE");
  CHECK(edited({{"number=3"}, {}, {}, {}}) == "'number' is not changed by hand");
  CHECK(edited({{}, {}, {}, {"number"}}) == "'number' is not changed by hand");
  CHECK(edited({{"yaer=2017"}, {}, {}, {}}) == "a paper has no key 'yaer'");
  CHECK(edited({{}, {}, {"tags=never"}, {}}) == "'tags' has no item 'never'");
  CHECK(edited({{}, {}, {"title=A"}, {}}) == "'title' has no item 'A'");
  CHECK(edited({{}, {}, {"tags=x", "tags=y"}, {}}) == "--remove takes one value at a time");
}

}  // namespace paperclub::tests

#include "lib/import/form_issue.hpp"

#include <fmt/format.h>

#include "lib/base/embedded.hpp"
#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"

namespace paperclub::import {
namespace {

std::string event(const std::string& body, const std::string& user = R"({"login":"ada","id":7})") {
  return fmt::format(R"({{"issue":{{"number":3,"user":{},"body":"{}"}}}})", user, body);
}

}  // namespace

TEST_CASE("an issue's answers are found by their labels, whatever their line endings") {
  const FormIssue issue = read_form_issue(
      event(R"(### Link\r\n\r\nhttps://a.org\r\n\r\n### Title\r\n\r\n_No response_\r\n\r\n)"
            R"(### Why should we read it?\r\n\r\none\r\ntwo\r\n)"));
  CHECK(issue.number == 3);
  CHECK(issue.login == "ada");
  CHECK(issue.email() == "7+ada@users.noreply.github.com");
  CHECK(issue.answer(kLinkLabel) == "https://a.org");
  CHECK(issue.answer(kTitleLabel).empty());
  CHECK(issue.answer(kWhyLabel) == "one\ntwo");
  CHECK(issue.answer("Other").empty());
}

TEST_CASE("no line of the last answer is taken for a field before it") {
  const FormIssue issue = read_form_issue(event(
      R"(### Link\n\nhttps://a.org\n\n### Why should we read it?\n\nx\n### Link\n\nother\n)"));
  CHECK(issue.answer(kLinkLabel) == "https://a.org");
}

TEST_CASE("what is no event of an issue by a form is refused") {
  const std::string deep(100'000, '[');
  for (const std::string& bad :
       {std::string(), std::string("x"), std::string("[]"), std::string("{}"), deep,
        std::string(R"({"issue":[]})"), event("hello"), event(""),
        event("### Link\\n\\nx", R"({"login":"a b","id":1})"),
        event("### Link\\n\\nx", R"({"login":"<a@b>","id":1})"),
        event("### Link\\n\\nx", R"({"login":"","id":1})"),
        event("### Link\\n\\nx", R"({"login":"a","id":0})"),
        event("### Link\\n\\nx", R"({"login":"a","id":"1"})"),
        event("### Link\\n\\nx", R"({"login":"a","id":1.5})"), event("### Link\\n\\nx", "null")}) {
    CAPTURE(bad.substr(0, 100));
    CHECK_THROWS_AS(read_form_issue(bad), Error);
  }
  CHECK(read_form_issue(event("### Link\\n\\nx", R"({"login":"b[bot]","id":1})")).login ==
        "b[bot]");
}

TEST_CASE("the labels are those of the forms that a new club begins with") {
  std::string forms;
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path.find("ISSUE_TEMPLATE") != file.path.npos) forms += file.text;
  }
  for (const std::string_view label :
       {kLinkLabel, kTitleLabel, kWhyLabel, kRoundLabel, kChoiceLabel}) {
    CAPTURE(label);
    CHECK(forms.find(fmt::format("      label: {}\n", label)) != forms.npos);
  }
}

}  // namespace paperclub::import

#include "lib/publish/notes.hpp"

#include "tests/support/catch.hpp"

namespace paperclub::tests {
namespace {

club::PaperRecord paper_called(const std::string& title) {
  club::PaperRecord paper{*PaperId::parse("a"), "papers/a.yaml", {}, {}};
  paper.paper.title = title;
  paper.paper.url = "https://example.org/a";
  return paper;
}

record::ClubSettings asking(const std::vector<record::Question>& questions) {
  record::ClubSettings settings;
  settings.questions = questions;
  return settings;
}

}  // namespace

TEST_CASE("notes begin with what is known and what the club asks") {
  club::PaperRecord paper = paper_called("A Long Title");
  paper.paper.short_title = "Short";
  paper.paper.authors = {"Ada", "Ben"};
  paper.paper.venue = "V";
  paper.paper.published = PartialDate{2017, 6, 0};
  paper.paper.discussion = {{"idea", {"One *idea*."}, false}, {"open", {"P?", "Q?"}, true}};
  const auto settings = asking({{"idea", "Big Idea", "What is it?"}, {"open", "", ""}});
  CHECK(publish::notes_template(paper, settings) ==
        "# Short\n"
        "\n"
        "Ada, Ben. V. 2017-06. [paper](https://example.org/a)\n"
        "\n"
        "## Big Idea\n"
        "\n"
        "<!-- What is it? -->\n"
        "\n"
        "One *idea*.\n"
        "\n"
        "## open\n"
        "\n"
        "- P?\n"
        "- Q?\n");
}

TEST_CASE("a club without questions gets the facts alone") {
  CHECK(publish::notes_template(paper_called("T"), {}) ==
        "# T\n\n[paper](https://example.org/a)\n");
}

TEST_CASE("no prompt ends the comment it stands in, and no title is acted on") {
  const auto settings = asking({{"q", "Q", "What --> <script> --- ?"}});
  const std::string text = publish::notes_template(paper_called("<b>*x*"), settings);
  CHECK(text.find("<b>") == text.npos);
  CHECK(text.find("<script") == text.npos);
  CHECK(text.find("-->") == text.rfind("-->"));
  CHECK(text.find("\n# ") == text.npos);
}

}  // namespace paperclub::tests

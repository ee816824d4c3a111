#include "lib/base/markdown.hpp"

#include "lib/base/utf8.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

using namespace paperclub;

namespace {

// The targets of the links and images of `text`, images marked, one a line.
std::string targets(std::string_view text) {
  std::string out;
  for (const MarkdownLink& link : markdown_links(text)) {
    out += (link.image ? "!" : "") + link.target + "\n";
  }
  return out;
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i)
    out += part;
  return out;
}

}  // namespace

TEST_CASE("a bare address is text: looking for such links would take hours on hostile text") {
  CHECK(targets("https://a.org www.b.org ada@c.org").empty());
  CHECK(markdown_to_plain("see https://a.org/x*") == "see https://a.org/x*");
  for (const char* part : {"[http://a.b]", "www.a.b ", "http://a.b ", "a@b.c "}) {
    CAPTURE(part);
    CHECK(targets(repeated(part, 1'000'000 / std::string(part).size())).empty());
  }
}

TEST_CASE("links of every form are found in the order in which they stand") {
  CHECK(targets("[a](https://a.org) and ![b](b.png 'title') [c][ref]\n\n[ref]: c.md\n") ==
        "https://a.org\n!b.png\nc.md\n");
  CHECK(targets("<https://a.org/x> [b](https://b.org/y)") == "https://a.org/x\nhttps://b.org/y\n");
  CHECK(targets("[a](<b c.md>)") == "b c.md\n");
  CHECK(targets("| x |\n|---|\n| [a](b) |\n") == "b\n");
  CHECK(targets("# [a](b)\n\n- [c](d)\n\n> [e](f)\n") == "b\nd\nf\n");
}

TEST_CASE("what only looks like a link is none") {
  CHECK(targets("`[a](b)`") == "");
  CHECK(targets("    [a](b)\n") == "");
  CHECK(targets("```\n[a](b)\n```\n") == "");
  CHECK(targets("\\[a](b)") == "");
  CHECK(targets("[a] (b)") == "");
  CHECK(targets("[a][nowhere]") == "");
  CHECK(targets("") == "");
}

TEST_CASE("an image within a link is found with it") {
  CHECK(targets("[![a](b.png)](c.md)") == "c.md\n!b.png\n");
}

TEST_CASE("entities of a target are decoded") {
  CHECK(targets("[a](javascript&colon;x)") == "javascript:x\n");
  CHECK(targets("[a](&#106;s&#x3a;x)") == "js:x\n");
  CHECK(targets("[a](a&amp;b&quot;&lt;&gt;&sol;c)") == "a&b\"<>/c\n");
  CHECK(targets("[a](caf&#233;.md)") == "café.md\n");
}

TEST_CASE("every named entity of a target is decoded") {
  CHECK(targets("[a](caf&eacute;.md)") == "café.md\n");
  CHECK(targets("[a](&period;&period;/x)") == "../x\n");
  CHECK(targets("[a](a&lowbar;b&num;c)") == "a_b#c\n");
}

TEST_CASE("an entity of no character gives the replacement character") {
  CHECK(targets("[a](x&#0;y)") == "x\uFFFDy\n");
  CHECK(targets("[a](x&#xD800;y)") == "x\uFFFDy\n");
  CHECK(targets("[a](x&#x110000;y)") == "x\uFFFDy\n");
  CHECK(targets("[a](x&#9999999;y)") == "x\uFFFDy\n");
  CHECK(targets("[a](x&#x10FFFD;y)") == "x\U0010FFFDy\n");
}

TEST_CASE("raw HTML is found, in a line and as a block, and code is none") {
  for (const char* text : {"a <b>c</b>", "<script>x</script>", "<!-- c -->", "a <?x?>", "<br/>",
                           "x\n\n<div>\ny\n</div>\n", "`a` <b>"}) {
    CAPTURE(text);
    CHECK(markdown_has_html(text));
  }
  for (const char* text : {"", "a < b", "`<b>`", "<https://example.org>", "\\<b>", "&lt;b>",
                           "    <b>\n", "<ada@example.org>"}) {
    CAPTURE(text);
    CHECK_FALSE(markdown_has_html(text));
  }
}

TEST_CASE("a link is told by the place of its target") {
  const std::string text = "intro\n\nsee [here](a.md) and ![b](c.png) and <https://d.org>\n";
  const auto links = markdown_links(text);
  REQUIRE(links.size() == 3);
  CHECK(links[0].place.begin == text.find(links[0].target));
  CHECK(links[1].place.begin == text.find(links[1].target));
  CHECK(links[2].place.begin == text.find("https"));
}

TEST_CASE("a link without text has its own place too") {
  const std::string text = "before [](a.md)\n";
  const auto links = markdown_links(text);
  REQUIRE(links.size() == 1);
  CHECK(links[0].place.begin == text.find("a.md"));
  CHECK(links[0].place.end == text.find("a.md") + 4);
}

TEST_CASE("a target with an escape is told by the place of the link's text") {
  const std::string text = "see [here](a&amp;b.md)\n";
  CHECK(markdown_links(text).at(0).place.begin == text.find("here"));
}

TEST_CASE("code is told by its place, without the marks around it") {
  const auto code_of = [](const std::string& text) {
    std::string out;
    for (const Span& span : markdown_code(text)) {
      out += text.substr(span.begin, span.end - span.begin) + "|";
    }
    return out;
  };
  CHECK(code_of("a `b` c ``d ` e`` f") == "b|d ` e|");
  CHECK(code_of("no code, \\`not here\\`, *nor here*") == "");
  CHECK(code_of("[a](b) `[c](d)` <!-- `e` -->") == "[c](d)|");
  CHECK(code_of("").empty());
}

TEST_CASE("plain text has no marks") {
  CHECK(markdown_to_plain("# Title\n\nSome *strong* **words**, `code` and ~~more~~.\n") ==
        "Title Some strong words, code and more.");
  CHECK(markdown_to_plain("- a\n- b\n\n1. c\n") == "a b c");
  CHECK(markdown_to_plain("> quoted\n\n```\ncode  block\n```\n") == "quoted code block");
  CHECK(markdown_to_plain("| a | b |\n|---|---|\n| c | d |\n") == "| a | b | |---|---| | c | d |");
  CHECK(markdown_to_plain("one\ntwo  \nthree\\\nfour") == "one two three four");
  CHECK(markdown_to_plain("\\*a\\* &amp; &lt;b&gt; &#233;") == "*a* & <b> é");
  CHECK(markdown_to_plain(" \n\n ") == "");
}

TEST_CASE("plain text keeps a link's address behind its text") {
  CHECK(markdown_to_plain("see [here](https://a.org).") == "see here (https://a.org).");
  CHECK(markdown_to_plain("<https://a.org>") == "https://a.org");
  CHECK(markdown_to_plain("[https://a.org](https://a.org)") == "https://a.org");
  CHECK(markdown_to_plain("https://a.org!") == "https://a.org!");
  CHECK(markdown_to_plain("[*a* b](c)") == "a b (c)");
}

TEST_CASE("plain text keeps an image's description, and raw HTML as it was written") {
  CHECK(markdown_to_plain("a ![big *picture*](b.png) c") == "a big picture c");
  CHECK(markdown_to_plain("a <b>c</b>") == "a <b>c</b>");
  CHECK(markdown_to_plain("<div>\nx\n</div>\n") == "<div> x </div>");
}

TEST_CASE("plain text is one paragraph") {
  tests::Random random(14);
  for (int round = 0; round < 2000; ++round) {
    const std::string plain = markdown_to_plain(random.text("ab \n\t#*_[](){}<>`~|-\\&;!\"", 80));
    const bool one = plain.find_first_of("\n\t\r") == plain.npos &&
                     plain.find("  ") == plain.npos && !plain.starts_with(' ') &&
                     !plain.ends_with(' ');
    if (!one) FAIL_CHECK(plain);
  }
  SUCCEED();
}

TEST_CASE("a mark within a link's address neither opens nor closes anything around it") {
  CHECK(targets("[](_)_") == "_\n");
  CHECK(targets("[a](_b) c_") == "_b\n");
  CHECK(targets("a ![b](*)* c") == "!*\n");
  CHECK(targets("`![](_)_") == "!_\n");
  CHECK(markdown_to_plain("a [b](_c)_ d").starts_with("a b (_c)"));
  CHECK(markdown_to_plain("a ![b](*)* c").starts_with("a b"));
}

TEST_CASE("any bytes are read as Markdown, and no offset leaves the text") {
  tests::Random random(15);
  const std::vector<std::string> pieces = {
      "[",    "](",       ")",       "![", "]",   "<",  ">",  "\n",      "\n\n",
      "`",    "*",        "_",       "|",  "---", "\\", "&#", ";",       "x",
      "\xff", "https://", "www.a.b", "日", " ",   "\t", "0",  "[a]: b\n"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t i = random.below(60); i > 0; --i)
      text += random.pick(pieces);
    if (random.one_in(5)) text += '\0';
    for (const MarkdownLink& link : markdown_links(text)) {
      if (link.place.end > text.size()) FAIL_CHECK(text);
    }
    if (!find_invalid_utf8(text) && find_invalid_utf8(markdown_to_plain(text))) FAIL_CHECK(text);
  }
  SUCCEED();
}

TEST_CASE("hostile nesting is read to its end") {
  for (const char* part :
       {"[",  "![",   "*", "**a", "_a ", "<",    "`",    "](",  "> ",   "- ",
        "&#", "[a](", "|", "~~",  "\\",  "<!--", "[a][", "*a_", "a**b", "<a href=\""}) {
    CAPTURE(part);
    const std::string text = repeated(part, 5000);
    CHECK(markdown_links(text).size() <= 5000);
    CHECK(markdown_to_plain(text).size() <= text.size() + 5000);
  }
  CHECK(markdown_links(repeated("[a](b) ", 5000)).size() == 5000);
  CHECK(markdown_links(repeated("[", 2000) + "a" + repeated("](b)", 2000)).size() <= 2000);
}

TEST_CASE("a table that is wide and long costs no more than its text") {
  const std::string text =
      repeated("a|", 20000) + "\n" + repeated("---|", 20000) + "\n[x\n" + repeated("x\n", 25000);
  CHECK(markdown_links(text).empty());
  CHECK(markdown_to_plain(text).size() <= 2 * text.size());
  CHECK(markdown_links("| [a](b) | c |\n|---|---|\n| d | [e](f) |\n").size() == 2);
}

TEST_CASE("many uses of one long reference do not fill the memory") {
  const std::string text = repeated("[x] ", 2000) + "\n\n[x]: https://a.org/" + repeated("y", 8000);
  std::size_t bytes = 0;
  for (const MarkdownLink& link : markdown_links(text))
    bytes += link.target.size();
  CHECK(bytes <= 100 * text.size());
  CHECK(markdown_to_plain(text).size() <= 100 * text.size());
}

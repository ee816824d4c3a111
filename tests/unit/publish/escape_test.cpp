// The oracle for Markdown is a Markdown reader: what it shows must be the text, and nothing else.
#include "lib/publish/escape.hpp"

#include <algorithm>

#include "lib/base/markdown.hpp"
#include "lib/base/text.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

namespace paperclub::tests {
namespace {

using publish::markdown_paragraph;
using publish::markdown_target;
using publish::markdown_text;
using publish::workflow_data;
using publish::workflow_property;

// What a reader of Markdown sees of markdown_text(text), beside what the text says.
void check_literal(const std::string& text) {
  const std::string written = markdown_text(text);
  CAPTURE(escape(text), written);
  CHECK(markdown_to_plain(written) == squeeze(escape(text, true)));
  CHECK(markdown_links(written).empty());
}

std::string random_text(Random& random, const std::vector<std::string>& pieces, std::size_t most) {
  std::string text;
  for (std::size_t i = random.below(most + 1); i > 0; --i)
    text += random.pick(pieces);
  return text;
}

// Whether a '<' stands that is neither in code nor the beginning of a web address.
bool has_raw_html(std::string_view markdown) {
  const std::vector<Span> code = markdown_code(markdown);
  for (std::size_t at = markdown.find('<'); at != markdown.npos; at = markdown.find('<', at + 1)) {
    const std::string_view rest = markdown.substr(at);
    const bool in_code = std::any_of(code.begin(), code.end(), [at](const Span& span) {
      return span.begin <= at && at < span.end;
    });
    const bool escaped = at > 0 && markdown[at - 1] == '\\';
    if (!in_code && !escaped && !rest.starts_with("<https://") && !rest.starts_with("<http://"))
      return true;
  }
  return false;
}

}  // namespace

TEST_CASE("plain words stay as they are in Markdown") {
  CHECK(markdown_text("Let's Think Dot By Dot: 50% of tokens; why?") ==
        "Let's Think Dot By Dot: 50% of tokens; why?");
  CHECK(markdown_text("Łukasz 許家乐") == "Łukasz 許家乐");
  CHECK(markdown_text("") == "");
}

TEST_CASE("a mark of Markdown in a text is shown, not acted on") {
  for (const char* text :
       {"*a* _b_ __c__ **d**", "`code` ``x``", "[a](x) ![b](c)", "[a]: x", "~~a~~", "# Head",
        "> quote", "+ item", "| a | b |", "<b>bold</b> <!-- c -->", "<https://example.org>",
        "&amp; &lt; &#60; &copy;", "a \\* b \\", "$x^2$ {y}", "ada@example.org", "a\n\nb\n    c"}) {
    check_literal(text);
  }
}

TEST_CASE("a text that begins like a list or a rule is no list and no rule") {
  for (const char* text : {"- item", "-", "---", "- - -", "1. item", "1984. A novel", "1) item",
                           "1.", "-\tx", "* * *", "***", "===", "___"}) {
    check_literal(text);
  }
}

TEST_CASE("a bare web address in a text does not become a link") {
  for (const char* text : {"see https://example.org/x", "http://example.org", "www.example.org"}) {
    check_literal(text);
  }
}

TEST_CASE("no text of marks, letters and blanks is more than literal text to Markdown") {
  const std::vector<std::string> pieces = {
      "*", "_",  "`",  "[",     "]",     "(",    ")",   "<",   ">",    "#", "+",  "!", "|", "~",
      "$", "&",  "\\", "{",     "}",     "@",    "\"",  "'",   "a",    "b", "1",  ".", "-", "=",
      " ", "\n", "\t", "&amp;", "&#35;", "<!--", "-->", "<b>", "](x)", "é", "許", ";", "/"};
  Random random(1);
  for (int i = 0; i < 5'000; ++i)
    check_literal("x " + random_text(random, pieces, 12) + " x");
}

TEST_CASE("a text stays on one line, with what drives a terminal made visible") {
  CHECK(markdown_text("a\r\nb\nc\td") == "a\\\\x0d b c\\\\x09d");
  CHECK(markdown_text("\x1b]0;x\a") == "\\\\x1b\\]0;x\\\\x07");
  CHECK(markdown_text("a\u202e"
                      "b\xff") == "a\\\\u\\{202e\\}b\\\\xff");
}

TEST_CASE("a paragraph keeps its marks and its web addresses in brackets") {
  CHECK(markdown_paragraph("see *this* [link](https://example.org)\n and `code`\n") ==
        "see *this* [link](https://example.org) and `code`");
  CHECK(markdown_paragraph("<https://example.org/a?b=c> <http://example.org>") ==
        "<https://example.org/a?b=c> <http://example.org>");
}

TEST_CASE("a paragraph has no raw HTML") {
  CHECK(markdown_paragraph("<script>x</script>") == "&lt;script>x&lt;/script>");
  CHECK(markdown_paragraph("<!-- /paperclub timeline -->") == "&lt;!-- /paperclub timeline -->");
  CHECK(markdown_paragraph("<HTTPS://x> <https:x> <") == "&lt;HTTPS://x> &lt;https:x> &lt;");
}

TEST_CASE("no text makes a paragraph with raw HTML, a comment or a second line") {
  const std::vector<std::string> pieces = {
      "<", "!",   "--", "<!--",   "-->", "<b>",  "</b>",     "<https://", "<http://", ">",
      "a", " ",   "\n", "\r",     "\\",  "`",    "<script ", "?",         "<?",       "<![CDATA[",
      "&", "lt;", "\"", "https:", "//",  "\xff", "<<",       "/",         "x=y"};
  Random random(2);
  for (int i = 0; i < 5'000; ++i) {
    const std::string text = random_text(random, pieces, 15);
    const std::string written = markdown_paragraph(text);
    CAPTURE(escape(text), written);
    CHECK(written.find("<!--") == written.npos);
    CHECK_FALSE(has_raw_html(written));
    CHECK(written.find_first_of("\r\n") == written.npos);
  }
}

TEST_CASE("a paragraph is judged as the line that it will be, not as a text of its own") {
  for (const char* text :
       {"<div> [click](javascript:alert(1))", "~~~ [click](javascript:alert(1))",
        "[foo]: [click](javascript:alert(1))", "    [click](javascript:alert(1))",
        "![x](https://example.org/y)", "![x](javascript:alert(1))"}) {
    CAPTURE(text);
    const std::string written = "1. title: " + markdown_paragraph(text);
    CHECK(markdown_links(written).empty());
    CHECK_FALSE(markdown_has_html(written));
  }
  CHECK(markdown_paragraph("- a *b*") == "- a *b*");
}

TEST_CASE("code that only some readers see hides no HTML from the others") {
  const std::string many(33, '`');
  const std::string written = markdown_paragraph(many + " ` " + many + " <img src=x> `");
  CHECK(written.find('<') == written.npos);
}

TEST_CASE("what some readers take into an address hides nothing from the others") {
  for (const char* text :
       {"See https://x.y`<img src=//example.org/p.png onerror=alert(1)>`",
        "http://x.y/a`<img src=x>`", "ftp://x.y`<img src=x>`", "(www.a.b`<img src=x>`",
        "WWW.a.b`<img src=x>`", "www.a.b`[click](javascript:alert(1))`",
        "[a](/x`y) <img src=x> ` z", "[a](/x(y)`z) <img src=x> ` z",
        "[a](/x \"t`\") <img src=x> ` z", "http://[click](javascript:alert(1))",
        "http://![click](https://example.org/p.png)", "<https://x.y[click](javascript:x)",
        "![a](/x`y) [click](javascript:alert(1)) ` z"}) {
    const std::string written = markdown_paragraph(text);
    CAPTURE(text, written);
    CHECK(written.find("<img") == written.npos);
    CHECK(written.find("[click](") == written.npos);
    CHECK(markdown_code(written).empty());
  }
}

TEST_CASE("a user name in front of a host is no link, and no secret in one") {
  for (const char* url : {"https://u:secret@h.example/y", "https://good.com@evil.example/",
                          "//u@h.example", "http://a@b", "https://a.b:c@d/e"}) {
    CAPTURE(url);
    CHECK_FALSE(publish::is_safe_link(url));
    CHECK(publish::markdown_paragraph(std::string("[x](") + url + ")").find("](") ==
          std::string::npos);
  }
  for (const char* text : {"www.good.com@evil.example/", "http://x.y<a@b.c", "see https://a@b/"}) {
    CAPTURE(text);
    const std::string line = publish::markdown_paragraph(text);
    CHECK((line.find("\\:") != line.npos || line.find("\\.") != line.npos));
  }
  for (const char* url : {"https://h.example/@user", "https://h.example/?q=a@b", "papers/a@b.pdf",
                          "mailto:ada@example.org", "x://y/z@w"}) {
    CAPTURE(url);
    CHECK(publish::is_safe_link(url) == !std::string_view(url).starts_with("x:"));
  }
}

TEST_CASE("code beside links and addresses stays code") {
  for (const char* text :
       {"see https://example.org/x and `std::vector<int>`",
        "[a](https://example.org/x) and `[b](c)`", "`https://x.y` and `<b>`",
        "`a`: [b](<https://x.y> \"t\") `<c>`", "[a](https://x.y)[b](https://x.y)`c`",
        "<https://x.y>`c`", "[https://x.y](https://x.y)"}) {
    CHECK(markdown_paragraph(text) == text);
  }
}

TEST_CASE("a target with parentheses, blanks and quotes is encoded, another one stays") {
  CHECK(markdown_target("https://example.org/a_b?c=d&e=f#g%20h") ==
        "https://example.org/a_b?c=d&e=f#g%20h");
  CHECK(markdown_target("https://example.org/a (b) \"c\"\n<d>\\`") ==
        "https://example.org/a%20%28b%29%20%22c%22%0A%3Cd%3E%5C%60");
  CHECK(markdown_target("papers/\u00e9\x7f.md") == "papers/%C3%A9%7F.md");
}

TEST_CASE("a link with any target is one link, to what was encoded") {
  const std::vector<std::string> pieces = {
      "(",     ")", " ",  "<", ">", "\"", "'", "\\", "[", "]", "\n",   "`", "*",          "a",
      "https", ":", "//", ".", "?", "=",  "#", "_",  "é", "!", "\x01", "%", "javascript:"};
  Random random(3);
  for (int i = 0; i < 3'000; ++i) {
    const std::string target = markdown_target("x" + random_text(random, pieces, 12));
    CAPTURE(target);
    const auto links = markdown_links("[text](" + target + ") more");
    REQUIRE(links.size() == 1);
    CHECK(links[0].target == target);
  }
}

TEST_CASE("an entity in a target is part of the address, not read as a character") {
  for (const char* url : {"https://example.org/?a=1&lt;=2", "https://example.org/&#35;x",
                          "https://example.org/?x=1&amp;y=2"}) {
    CAPTURE(url);
    const auto links = markdown_links(std::string("[text](") + markdown_target(url) + ")");
    REQUIRE(links.size() == 1);
    CHECK(links[0].target == url);
  }
}

TEST_CASE("a workflow's message has no line break and no percent sign of its own") {
  CHECK(workflow_data("100% a\r\nb: c, d") == "100%25 a%0D%0Ab: c, d");
  CHECK(workflow_data("\n::error::x") == "%0A::error::x");
}

TEST_CASE("a workflow's property has no colon and no comma either") {
  CHECK(workflow_property("a:b,c%\n") == "a%3Ab%2Cc%25%0A");
}

TEST_CASE("no text breaks out of a workflow's message or property") {
  Random random(4);
  for (int i = 0; i < 3'000; ++i) {
    const std::string text = random.text("%0123456789ADa:,\r\n\\ \x1b\xff", 20);
    const std::string data = workflow_data(text);
    CAPTURE(escape(text), data);
    CHECK(data.find_first_of("\r\n") == data.npos);
    CHECK(workflow_property(text).find_first_of("\r\n:,") == data.npos);
    std::string back;
    for (std::size_t at = 0; at < data.size(); ++at) {
      if (data[at] != '%') {
        back += data[at];
      } else {
        back += static_cast<char>(std::stoi(data.substr(at + 1, 2), nullptr, 16));
        at += 2;
      }
    }
    CHECK(back == text);
  }
}

}  // namespace paperclub::tests

#include "lib/publish/readme.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

namespace paperclub::tests {
namespace {

using publish::with_timeline;

const std::string kBegin(publish::kTimelineBegin);
const std::string kEnd(publish::kTimelineEnd);

std::string readme(const std::string& before, const std::string& inside, const std::string& after) {
  return before + kBegin + "\n" + inside + kEnd + after;
}

}  // namespace

TEST_CASE("what stands between the markers is replaced, with a blank line at both ends") {
  CHECK(with_timeline(readme("# Club\n\n", "old\n", "\n\nMore.\n"), "1. A\n") ==
        readme("# Club\n\n", "\n1. A\n\n", "\n\nMore.\n"));
  CHECK(with_timeline(readme("", "", ""), "1. A\n") == readme("", "\n1. A\n\n", ""));
}

TEST_CASE("an empty timeline leaves the markers") {
  CHECK(with_timeline(readme("a\n", "old\n", "\nb\n"), "") == readme("a\n", "\n", "\nb\n"));
}

TEST_CASE("a README with CRLF keeps CRLF, in the generated part too") {
  const std::string before = "# Club\r\n" + kBegin + "\r\nold\r\n" + kEnd + "\r\nMore\r\n";
  CHECK(with_timeline(before, "1. A\n2. B\n") ==
        "# Club\r\n" + kBegin + "\r\n\r\n1. A\r\n2. B\r\n\r\n" + kEnd + "\r\nMore\r\n");
}

TEST_CASE("blanks behind a marker do no harm and stay") {
  CHECK(with_timeline(kBegin + "  \nold\n" + kEnd + " \n", "x\n") ==
        kBegin + "  \n\nx\n\n" + kEnd + " \n");
}

TEST_CASE("a README without exactly one of each marker, in order, is left alone") {
  const std::string begin = kBegin + "\n";
  const std::string end = kEnd + "\n";
  for (const std::string& text :
       {std::string(), std::string("# Club\n"), begin, end, end + begin, begin + begin + end,
        begin + end + end, begin + end + begin + end, begin + begin, begin + "x " + end,
        "x " + begin + end, "  " + begin + end, begin + "\t" + end, "> " + begin + "> " + end,
        "<!--paperclub timeline-->\n" + end, begin + "<!-- /Paperclub timeline -->\n"}) {
    CAPTURE(text);
    CHECK(with_timeline(text, "1. A\n") == std::nullopt);
  }
}

TEST_CASE("everything outside of the markers stays to the byte, and twice is the same as once") {
  Random random(6);
  const std::string alphabet = "ab#<>!- \n\r\t\xff\xc3\xa9|`*";
  for (int i = 0; i < 1'000; ++i) {
    const std::string ending = random.one_in(2) ? "\r\n" : "\n";
    const std::string before = random.one_in(4) ? "" : random.text(alphabet, 40) + ending;
    const std::string after = random.one_in(4) ? "" : ending + random.text(alphabet, 40);
    const std::string inside = random.text(alphabet, 30) + ending;
    const std::string generated = random.text("1. ab\n", 20);
    const std::string text = before + kBegin + ending + inside + kEnd + after;
    const auto once = with_timeline(text, generated);
    REQUIRE(once.has_value());
    CHECK(once->starts_with(before + kBegin + ending));
    CHECK(once->ends_with(kEnd + after));
    CHECK(with_timeline(*once, generated) == once);
  }
}

}  // namespace paperclub::tests

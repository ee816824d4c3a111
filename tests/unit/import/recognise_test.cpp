#include "lib/import/recognise.hpp"

#include <fmt/format.h>

#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

namespace paperclub::tests {
namespace {

// What is recognised, in one line.
std::string told(const std::string& text) {
  const record::Paper paper = import::recognise(text);
  return fmt::format("{}|{}|{}|{}", paper.arxiv, paper.doi, paper.url, paper.title);
}

}  // namespace

TEST_CASE("every form of an arXiv identifier is that paper") {
  for (const char* text : {"1706.03762", "arXiv:1706.03762v5", "https://arxiv.org/abs/1706.03762",
                           "http://www.arxiv.org/pdf/1706.03762v2.pdf", "arxiv.org/abs/1706.03762",
                           "https://huggingface.co/papers/1706.03762", "10.48550/arXiv.1706.03762",
                           "https://doi.org/10.48550/ARXIV.1706.03762", "  1706.03762 "}) {
    CAPTURE(text);
    CHECK(told(text) == "1706.03762||https://arxiv.org/abs/1706.03762|");
  }
  CHECK(told("math.CA/0611800") == "math/0611800||https://arxiv.org/abs/math/0611800|");
}

TEST_CASE("every form of a DOI is that paper, as it was typed") {
  for (const char* text :
       {"10.1145/3297858.3304013", "doi:10.1145/3297858.3304013",
        "https://doi.org/10.1145/3297858.3304013", "dx.doi.org/10.1145/3297858.3304013"}) {
    CAPTURE(text);
    CHECK(told(text) == "|10.1145/3297858.3304013|https://doi.org/10.1145/3297858.3304013|");
  }
}

TEST_CASE("pages of OpenReview are one paper, whose id may end in a hyphen") {
  for (const char* text :
       {"https://openreview.net/forum?id=ByJHuTgA-", "https://openreview.net/pdf?id=ByJHuTgA-",
        "openreview.net/attachment?id=ByJHuTgA-&name=pdf",
        "https://openreview.net/forum?noteId=x&id=ByJHuTgA-"}) {
    CAPTURE(text);
    CHECK(told(text) == "||https://openreview.net/forum?id=ByJHuTgA-|");
  }
  CHECK(told("https://openreview.net/group?id=ICLR") == "||https://openreview.net/group?id=ICLR|");
}

TEST_CASE("pages of the ACL Anthology are one paper, old addresses too") {
  for (const char* text :
       {"https://aclanthology.org/P19-1284/", "https://aclanthology.org/P19-1284.pdf",
        "https://www.aclweb.org/anthology/P/P19/P19-1284.pdf"}) {
    CAPTURE(text);
    CHECK(told(text) == "|10.18653/v1/P19-1284|https://aclanthology.org/P19-1284/|");
  }
  CHECK(told("https://aclanthology.org/2022.acl-long.254v1.pdf") ==
        "|10.18653/v1/2022.acl-long.254|https://aclanthology.org/2022.acl-long.254/|");
  CHECK(told("https://aclanthology.org/events/acl-2022/") ==
        "||https://aclanthology.org/events/acl-2022/|");
}

TEST_CASE("an identifier of the ACL Anthology is one by itself") {
  CHECK(told("P19-1284") == "|10.18653/v1/P19-1284|https://aclanthology.org/P19-1284/|");
  CHECK(told("(2022.acl-long.254).") ==
        "|10.18653/v1/2022.acl-long.254|https://aclanthology.org/2022.acl-long.254/|");
}

TEST_CASE("the marks of a sentence are no part of an identifier") {
  const std::string doi = told("10.1145/3292500.3330701");
  CHECK(doi == "|10.1145/3292500.3330701|https://doi.org/10.1145/3292500.3330701|");
  for (const char* text :
       {"10.1145/3292500.3330701.", "(10.1145/3292500.3330701)", "10.1145/3292500.3330701).",
        "doi: 10.1145/3292500.3330701,", "<https://doi.org/10.1145/3292500.3330701>",
        "https://doi.org/10.1145/3292500.3330701.", "\"10.1145/3292500.3330701\"",
        "[10.1145/3292500.3330701];"}) {
    CAPTURE(text);
    CHECK(told(text) == doi);
  }
  CHECK(told("10.1002/(SICI)1099(199) ") ==
        "|10.1002/(SICI)1099(199)|https://doi.org/10.1002/(SICI)1099(199)|");
  CHECK(told("10.1000/(abc).") == "|10.1000/(abc)|https://doi.org/10.1000/(abc)|");
  CHECK(told("arXiv: 2307.08620.") == told("2307.08620"));
  CHECK(told("(arXiv:2307.08620v2)") == told("2307.08620"));
  for (const char* text :
       {"https://arxiv.org/abs/2307.08620.", "arxiv.org/abs/2307.08620)",
        "<https://arxiv.org/abs/2307.08620>", "(https://arxiv.org/pdf/2307.08620v1),"}) {
    CAPTURE(text);
    CHECK(told(text) == told("2307.08620"));
  }
  CHECK(told("(https://e.org/x)") == "||https://e.org/x|");
  CHECK(told("<https://e.org/x.>") == "||https://e.org/x|");
  CHECK(told("10.1000/a b") == "|||10.1000/a b");
  CHECK(told("10.10/x") == "|||10.10/x");
}

TEST_CASE("every other link stays as it is, and everything else is a title") {
  CHECK(told("https://example.org/a.pdf?x=1") == "||https://example.org/a.pdf?x=1|");
  CHECK(told("example.org/a.pdf") == "||https://example.org/a.pdf|");
  CHECK(told("Attention  Is All\nYou Need") == "|||Attention Is All You Need");
  CHECK(told("javascript:alert(1)") == "|||javascript:alert(1)");
  CHECK(told("1706.0376") == "|||1706.0376");
  CHECK(told("and/or") == "|||and/or");
  CHECK(told("") == "|||");
}

TEST_CASE("an address that no record may hold is not taken for a title") {
  for (const char* address : {"https://ada:s3cret@example.org/x", "ftp://example.org/a", "http://",
                              "https://exa mple", "file:///etc/hosts"}) {
    CAPTURE(address);
    if (std::string_view(address).find(' ') != std::string_view::npos) {
      CHECK(import::recognise(address).title == address);
    } else {
      CHECK_THROWS_AS(import::recognise(address), Error);
    }
  }
}

TEST_CASE("any bytes are recognised as something, or refused as an address") {
  Random random(3);
  std::size_t recognised = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::string text = random.text("htps:/.?=&10abv-_ \n\xff", 40);
    try {
      const record::Paper paper = import::recognise(text);
      CHECK((paper.title.empty() || paper.url.empty()));
      ++recognised;
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::usage);
      CHECK(text.find("://") != std::string::npos);
    }
  }
  CHECK(recognised > 2500);
}

}  // namespace paperclub::tests

#include "lib/base/arxiv.hpp"

#include <fmt/format.h>

#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

using namespace paperclub;

namespace {

struct Case {
  std::string text;
  std::string id;
  int version;
};

// The id that `text` is, or "" where it is none.
std::string id_of(std::string_view text) {
  const auto found = parse_arxiv_id(text);
  return found ? found->id : "";
}

std::string id_of_url(std::string_view url) {
  const auto found = arxiv_id_of_url(url);
  return found ? found->id : "";
}

}  // namespace

TEST_CASE("an arXiv id is read in each form in which people write it") {
  const Case cases[] = {
      {"0704.0001", "0704.0001", 0},
      {"1412.7878", "1412.7878", 0},
      {"1501.00001", "1501.00001", 0},
      {"1706.03762", "1706.03762", 0},
      {"1706.03762v1", "1706.03762", 1},
      {"1706.03762v12", "1706.03762", 12},
      {"arXiv:1706.03762v2", "1706.03762", 2},
      {"ARXIV:1706.03762", "1706.03762", 0},
      {"math/0611800", "math/0611800", 0},
      {"math/0611800v3", "math/0611800", 3},
      {"arXiv:hep-th/9901001", "hep-th/9901001", 0},
      {"cond-mat/9612001", "cond-mat/9612001", 0},
      {"quant-ph/9508027", "quant-ph/9508027", 0},
      {"astro-ph/0703999", "astro-ph/0703999", 0},
      {"solv-int/9701001", "solv-int/9701001", 0},
      {"supr-con/9609004", "supr-con/9609004", 0},
      {"cs/0112017", "cs/0112017", 0},
      {"q-bio/0401001", "q-bio/0401001", 0},
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    const auto found = parse_arxiv_id(one.text);
    REQUIRE(found);
    CHECK(found->id == one.id);
    CHECK(found->version == one.version);
  }
}

TEST_CASE("an unquoted arXiv id keeps its last digit") {
  CHECK(id_of("2401.10020") == "2401.10020");
  CHECK(id_of("1706.03760") == "1706.03760");
  CHECK(id_of("0704.0010") == "0704.0010");
}

TEST_CASE("the number of digits of an arXiv id must fit its month") {
  CHECK(id_of("1412.78789") == "");
  CHECK(id_of("1501.0001") == "");
  CHECK(id_of("0704.00001") == "");
  CHECK(id_of("2401.1002") == "");  // what YAML makes of 2401.10020
  CHECK(id_of("2401.100200") == "");
}

TEST_CASE("an arXiv id has a month of the calendar within its scheme") {
  CHECK(id_of("1713.00001") == "");
  CHECK(id_of("1700.00001") == "");
  CHECK(id_of("0703.0001") == "");
  CHECK(id_of("math/9106001") == "");
  CHECK(id_of("hep-th/9107001") == "hep-th/9107001");
  CHECK(id_of("math/0703001") == "math/0703001");
  CHECK(id_of("math/0704001") == "");
  CHECK(id_of("math/9913001") == "");
  CHECK(id_of("math/1001001") == "");
}

TEST_CASE("what is no arXiv id is not taken for one") {
  for (const char* text : {"",
                           ".",
                           "/",
                           "v1",
                           "arXiv:",
                           "arXiv:arXiv:1706.03762",
                           "1706",
                           "1706.",
                           "1706,03762",
                           "17o6.03762",
                           "1706.0376x",
                           " 1706.03762",
                           "1706.03762 ",
                           "1706.03762\n",
                           "-706.03762",
                           "math/061180",
                           "math/06118000",
                           "maths/0611800",
                           "/0611800",
                           "math/0611800/1",
                           "10.48550/arXiv.1706.03762",
                           "١٧٠٦.٠٣٧٦٢"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_arxiv_id(text));
  }
}

TEST_CASE("versions of arXiv papers count from 1 and are whole numbers") {
  for (const char* text : {"1706.03762v0", "1706.03762v01", "1706.03762v", "1706.03762v-1",
                           "1706.03762v1.0", "1706.03762vv1", "1706.03762v1v2", "1706.03762 v1",
                           "1706.03762v99999999999999999999", "v1706.03762"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_arxiv_id(text));
  }
}

TEST_CASE("the subject class of an old arXiv id is dropped") {
  CHECK(id_of("math.CA/0611800") == "math/0611800");
  CHECK(id_of("arXiv:cs.CL/0112017v2") == "cs/0112017");
  CHECK(id_of("physics.flu-dyn/0101001") == "physics/0101001");
}

TEST_CASE("what stands where the subject class does must be one") {
  for (const char* text : {"math./0611800", "math.C A/0611800", "math.\x1b[2J/0611800",
                           "math.1.2/0611800", "math..CA/0611800"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_arxiv_id(text));
  }
}

TEST_CASE("versions of one arXiv paper are the same paper") {
  CHECK(*parse_arxiv_id("1706.03762v1") == *parse_arxiv_id("1706.03762v5"));
  CHECK(*parse_arxiv_id("math.CA/0611800") == *parse_arxiv_id("math/0611800v2"));
  CHECK_FALSE(*parse_arxiv_id("1706.03762") == *parse_arxiv_id("1706.03763"));
}

TEST_CASE("an arXiv id is accepted exactly where its digits fit the month") {
  tests::Random random(1);
  for (int round = 0; round < 20000; ++round) {
    const std::size_t year = 7 + random.below(93);
    const std::size_t month = random.below(15);
    const std::size_t digits = 1 + random.below(7);
    const std::string text = fmt::format("{:02}{:02}.{}", year, month,
                                         std::string(digits, "0123456789"[random.below(10)]));
    const bool begun = year > 7 || month >= 4;
    const bool fits = digits == (year < 15 ? 4U : 5U);
    const bool expected = begun && month >= 1 && month <= 12 && fits;
    if (parse_arxiv_id(text).has_value() != expected) {
      CAPTURE(text, expected);
      FAIL_CHECK("accepted against the month, or refused with it");
    }
  }
  SUCCEED();
}

TEST_CASE("an arXiv id that was read is read again as itself") {
  tests::Random random(2);
  int accepted = 0;
  for (int round = 0; round < 200000; ++round) {
    const std::string text =
        fmt::format("{}{:04}{}{}{}", random.pick<std::string>({"", "arXiv:", "math/", "cs.CL/"}),
                    random.below(10000), random.one_in(2) ? "." : "", random.text("0123456789", 6),
                    random.pick<std::string>({"", "v1", "v"}));
    const auto found = parse_arxiv_id(text);
    if (!found) continue;
    ++accepted;
    if (id_of(found->id) != found->id ||
        text.find(found->id.substr(found->id.find('/') + 1)) == text.npos) {
      CAPTURE(text, found->id);
      FAIL_CHECK("reads back as something else");
    }
  }
  CHECK(accepted > 100);
}

TEST_CASE("the URLs of arXiv and its mirrors carry their paper's id") {
  for (const char* url : {"https://arxiv.org/abs/1706.03762",
                          "http://arxiv.org/abs/1706.03762v7",
                          "https://www.arxiv.org/abs/1706.03762",
                          "https://export.arxiv.org/abs/1706.03762",
                          "https://arxiv.org/pdf/1706.03762",
                          "https://arxiv.org/pdf/1706.03762.pdf",
                          "https://arxiv.org/pdf/1706.03762v2.pdf",
                          "https://arxiv.org/html/1706.03762v7",
                          "https://arxiv.org/src/1706.03762",
                          "https://arxiv.org/ps/1706.03762",
                          "https://ARXIV.org/abs/1706.03762",
                          "https://arxiv.org:443/abs/1706.03762",
                          "https://arxiv.org/abs/1706.03762?context=cs",
                          "https://arxiv.org/abs/1706.03762#S3",
                          "https://arxiv.org/abs/1706.03762/",
                          "https://arxiv.org/pdf/1706.03762.pdf/",
                          "https://www.alphaxiv.org/abs/1706.03762",
                          "https://alphaxiv.org/abs/1706.03762",
                          "https://ar5iv.org/abs/1706.03762",
                          "https://ar5iv.labs.arxiv.org/html/1706.03762",
                          "https://huggingface.co/papers/1706.03762"}) {
    CAPTURE(url);
    CHECK(id_of_url(url) == "1706.03762");
  }
  CHECK(id_of_url("https://arxiv.org/abs/math/0611800v1") == "math/0611800");
  CHECK(id_of_url("https://arxiv.org/pdf/cond-mat/9612001.pdf") == "cond-mat/9612001");
  CHECK(arxiv_id_of_url("https://arxiv.org/abs/1706.03762v7")->version == 7);
}

TEST_CASE("URLs that point at no arXiv paper carry no id") {
  for (const char* url :
       {"", "1706.03762", "arxiv.org/abs/1706.03762", "ftp://arxiv.org/abs/1706.03762",
        "https://arxiv.org/", "https://arxiv.org/abs/", "https://arxiv.org/list/cs/recent",
        "https://arxiv.org/abs/1706.0376", "https://arxiv.org.example.org/abs/1706.03762",
        "https://example.org/abs/1706.03762", "https://evilarxiv.org/abs/1706.03762",
        "https://arxiv.org@example.org/abs/1706.03762",
        "https://example.org/?arxiv.org/abs/1706.03762",
        "https://example.org/#https://arxiv.org/abs/1706.03762",
        "https://huggingface.co/models/1706.03762"}) {
    CAPTURE(url);
    CHECK_FALSE(arxiv_id_of_url(url));
  }
}

TEST_CASE("only the papers' pages of a mirror carry an arXiv id") {
  CHECK_FALSE(arxiv_id_of_url("https://huggingface.co/abs/1706.03762"));
  CHECK_FALSE(arxiv_id_of_url("https://huggingface.co/src/1706.03762"));
}

TEST_CASE("an arXiv id's page is that of the newest version") {
  CHECK(arxiv_url(*parse_arxiv_id("1706.03762v2")) == "https://arxiv.org/abs/1706.03762");
  CHECK(arxiv_url(*parse_arxiv_id("math.CA/0611800")) == "https://arxiv.org/abs/math/0611800");
  CHECK(id_of_url(arxiv_url(*parse_arxiv_id("hep-th/9901001"))) == "hep-th/9901001");
}

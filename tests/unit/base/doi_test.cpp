#include "lib/base/doi.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

using namespace paperclub;

namespace {

// The DOI in `text`, or "" where there is none.
std::string doi_of(std::string_view text) { return parse_doi(text).value_or(""); }

}  // namespace

TEST_CASE("a DOI is read without `doi:` and without its resolver") {
  for (const char* lead :
       {"", "doi:", "DOI:", "https://doi.org/", "http://doi.org/", "https://dx.doi.org/",
        "http://dx.doi.org/", "https://www.doi.org/", "doi.org/", "HTTPS://DOI.ORG/"}) {
    CAPTURE(lead);
    CHECK(doi_of(std::string(lead) + "10.18653/v1/N19-1423") == "10.18653/v1/N19-1423");
  }
}

TEST_CASE("every form of a resolver's address is dropped") {
  CHECK(doi_of("dx.doi.org/10.1000/182") == "10.1000/182");
  CHECK(doi_of("http://www.doi.org/10.1000/182") == "10.1000/182");
}

TEST_CASE("a DOI keeps the case and the signs it was typed with") {
  for (const char* doi : {"10.1000/182", "10.1000.10/123456", "10.1038/nature14539",
                          "10.1109/5.771073", "10.1016/S0140-6736(05)66912-7",
                          "10.1002/(SICI)1097-4571(199306)44:5<284::AID-ASI4>3.0.CO;2-C",
                          "10.1007/978-3-319-10602-1_48", "10.1000/a#b", "10.1000/a?b",
                          "10.1000/a/b/c", "10.48550/arXiv.1706.03762", "10.1000/日本"}) {
    CAPTURE(doi);
    CHECK(doi_of(doi) == doi);
  }
}

TEST_CASE("what is no DOI is not taken for one") {
  for (const char* text : {"",
                           "doi:",
                           "10.",
                           "10./x",
                           "10.1000",
                           "10.1000/",
                           "10.100/x",
                           "11.1000/x",
                           "10,1000/x",
                           "10.1000.",
                           "10.1000./x",
                           "10.10a0/x",
                           "10.1000/a b",
                           " 10.1000/x",
                           "10.1000/x ",
                           "10.1000/x\n",
                           "10.1000/x\x7f",
                           "https://doi.org/",
                           "https://example.org/10.1000/182",
                           "urn:doi:10.1000/182",
                           "1706.03762",
                           "x10.1000/182"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_doi(text));
  }
}

TEST_CASE("the parts of a registrant are not empty") {
  CHECK_FALSE(parse_doi("10..1000/x"));
  CHECK_FALSE(parse_doi("10.1000..1/x"));
  CHECK_FALSE(parse_doi("10...../x"));
}

TEST_CASE("the punctuation of the sentence around it is no part of a DOI") {
  for (const char* text : {"10.1000/182.", "https://doi.org/10.1000/182.", "10.1000/182)"}) {
    CAPTURE(text);
    CHECK((doi_of(text).empty() || doi_of(text) == "10.1000/182"));
  }
  CHECK(doi_of("10.1016/S0140-6736(05)") == "10.1016/S0140-6736(05)");
}

TEST_CASE("a DOI taken from its resolver's address is the one that was encoded there") {
  CHECK(doi_of("https://doi.org/10.1000/a%3Cb%3E") == "10.1000/a<b>");
  const std::string doi = "10.1002/(SICI)1097-4571(199306)44:5<284::AID-ASI4>3.0.CO;2-C";
  CHECK(doi_of(doi_url(doi)) == doi);
}

TEST_CASE("DOIs are compared without regard to case") {
  CHECK(doi_key("10.1038/NATURE14539") == doi_key("10.1038/nature14539"));
  CHECK(doi_key("10.18653/v1/N19-1423") == "10.18653/v1/n19-1423");
  CHECK(doi_key("10.1000/182") != doi_key("10.1000/183"));
  CHECK(doi_key("10.1000/Ä") == "10.1000/Ä");  // only ASCII letters lose their case
}

TEST_CASE("the key of a DOI is its own key") {
  tests::Random random(6);
  for (int round = 0; round < 2000; ++round) {
    const std::string key = doi_key("10.1000/" + random.text("aAzZ09./()<>\xc3\x84", 20));
    if (doi_key(key) != key) FAIL_CHECK(key);
  }
  SUCCEED();
}

TEST_CASE("DataCite's DOIs for arXiv stand for the paper there") {
  CHECK(arxiv_id_of_doi("10.48550/arXiv.1706.03762")->id == "1706.03762");
  CHECK(arxiv_id_of_doi("10.48550/ARXIV.1706.03762")->id == "1706.03762");
  CHECK(arxiv_id_of_doi("10.48550/arXiv.math/0611800")->id == "math/0611800");
  CHECK_FALSE(arxiv_id_of_doi("10.48550/arXiv."));
  CHECK_FALSE(arxiv_id_of_doi("10.48550/arXiv.1706.0376"));
  CHECK_FALSE(arxiv_id_of_doi("10.48550/1706.03762"));
  CHECK_FALSE(arxiv_id_of_doi("10.18653/v1/N19-1423"));
}

TEST_CASE("a DOI's address is percent-encoded") {
  CHECK(doi_url("10.1000/182") == "https://doi.org/10.1000/182");
  CHECK(doi_url("10.1000/a<b>c") == "https://doi.org/10.1000/a%3Cb%3Ec");
  CHECK(doi_url("10.1000/a#b?c") == "https://doi.org/10.1000/a%23b%3Fc");
  CHECK(doi_url("10.1000/100%") == "https://doi.org/10.1000/100%25");
  CHECK(doi_url("10.1000/ä\"") == "https://doi.org/10.1000/%C3%A4%22");
}

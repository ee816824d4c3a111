#include "lib/schema/format.hpp"

#include <vector>

#include "tests/support/catch.hpp"

namespace paperclub::schema {
namespace {

using Texts = std::vector<std::string>;

void expect_good(std::string_view format, const Texts& texts) {
  for (const std::string& text : texts) {
    INFO(format << ": " << text);
    CHECK_FALSE(format_problem(format, text).has_value());
  }
}

void expect_bad(std::string_view format, const Texts& texts) {
  for (const std::string& text : texts) {
    INFO(format << ": " << text);
    CHECK(format_problem(format, text).has_value());
  }
}

TEST_CASE("only the formats that can be checked are known") {
  for (const char* name : {"date", "date-time", "date-or-moment", "partial-date", "time-of-day",
                           "email", "http-url", "link", "arxiv-id", "doi", "ssh-key"}) {
    CHECK(is_format(name));
  }
  for (const char* name : {"", "uri", "regex", "ipv4", "time", "Date", "date ", "hostname"}) {
    CHECK_FALSE(is_format(name));
  }
}

TEST_CASE("the formats of dates are those that other readers know as dates") {
  for (const char* name : {"date", "date-time", "date-or-moment", "partial-date"}) {
    CHECK(is_date_format(name));
  }
  for (const char* name : {"time-of-day", "email", "arxiv-id", "", "none"}) {
    CHECK_FALSE(is_date_format(name));
  }
}

TEST_CASE("a date is a day of the calendar") {
  expect_good("date", {"2024-02-29", "1000-01-01", "9999-12-31"});
  expect_bad("date", {"", "2024", "2024-02", "2024-2-9", "24-02-09", "2024/02/09", "2024-02-09 ",
                      " 2024-02-09", "2024-02-09T20:00:00Z", "٢٠٢٤-02-09", "0999-01-01"});
  CHECK(format_problem("date", "2023-02-29") == "the calendar has no such day");
  CHECK(format_problem("date", "2024-13-01") == "the calendar has no such day");
  CHECK(format_problem("date", "2024-00-10") == "the calendar has no such day");
  CHECK(format_problem("date", "soon") == "");
}

TEST_CASE("a date-time is what RFC 3339 says") {
  expect_good("date-time",
              {"2024-02-16T20:00:00Z", "2024-02-16T20:00:00+08:00", "2024-02-16t20:00:00.123-00:30",
               "1990-12-31T23:59:60Z", "1990-12-31T15:59:60-08:00", "2024-02-16T20:00:00z"});
  expect_bad("date-time",
             {"", "2024-02-16", "2024-02-16T20:00:00", "2024-02-16 20:00:00Z",
              "2024-02-30T20:00:00Z", "2024-02-16T24:00:00Z", "2024-02-16T20:60:00Z",
              "2024-02-16T20:00:61Z", "2024-02-16T20:00:60Z", "2024-02-16T20:00:00+24:00",
              "2024-02-16T20:00:00+0800", "2024-02-16T20:00:00.Z", "2024-02-16T20:00Z"});
}

TEST_CASE("a date-time without seconds is refused, whatever its offset") {
  expect_bad("date-time",
             {"2024-02-16T20:00Z", "2024-02-16T20:00+08:00", "2024-02-16T20:00-00:30"});
}

TEST_CASE("a session's date is a day or a moment with its offset") {
  expect_good("date-or-moment", {"2024-02-16", "2024-02-16T20:00:00+08:00", "2024-02-16T20:00Z",
                                 "2024-02-16 20:00+08:00"});
  expect_bad("date-or-moment", {"", "2024", "2024-02-16T", "2024-02-16T25:00Z", "next friday"});
  CHECK(format_problem("date-or-moment", "2024-02-16T20:00") ==
        "a time needs its offset, such as +08:00");
  CHECK(format_problem("date-or-moment", "2024-02-16 20:00:00") ==
        "a time needs its offset, such as +08:00");
  CHECK(format_problem("date-or-moment", "2024-02-30") == "the calendar has no such day");
  CHECK(format_problem("date-or-moment", "some day soon") == "");
}

TEST_CASE("a publication is dated by year, month or day") {
  expect_good("partial-date", {"2017", "2017-06", "2017-06-12"});
  expect_bad("partial-date", {"", "17", "2017-6", "2017-13", "2017-00", "2017-02-30", "2017-06-",
                              "2017/06", "June 2017", "0999", "20170612"});
}

TEST_CASE("a time of day is written with two digits each") {
  expect_good("time-of-day", {"00:00", "20:00", "23:59"});
  expect_bad("time-of-day", {"", "8:00", "24:00", "20:60", "20:00:00", "20.00", "8pm", "20:0"});
}

TEST_CASE("an e-mail address has one part before and one behind its at sign, and no marks") {
  expect_good("email",
              {"ada@example.org", "12+ada@users.noreply.example.com", "a@b", "åsa@example.org"});
  expect_bad("email", {"", "ada", "@example.org", "ada@", "ada @example.org", "ada@exa mple.org",
                       "Ada <ada@example.org>", "ada@example.org,ben@example.org", "ada@b\n",
                       "a\tb@example.org", "a\x7F@b"});
}

TEST_CASE("a web address is http or https, without a password and without blanks") {
  expect_good("http-url", {"https://example.org", "http://example.org:8080/a?b=c#d",
                           "HTTPS://EXAMPLE.ORG/", "https://[2001:db8::1]/"});
  expect_bad("http-url", {"example.org", "//example.org", "ftp://example.org",
                          "javascript:alert(1)", "mailto:ada@example.org", "data:text/html,x"});
  CHECK(format_problem("http-url", "") == "");
  CHECK(format_problem("http-url", "https:///x") == "it names no host");
  CHECK(format_problem("http-url", "https://example.org/a b") ==
        "it holds a blank or a control character");
  CHECK(format_problem("http-url", "https://ada:secret@example.org/") ==
        "it holds a user name or password");
  CHECK(format_problem("http-url", "https://example.org:http/") == "its port is not a number");
}

TEST_CASE("a link is a web address or a path below the club's folder") {
  expect_good("link", {"https://example.org/slides.pdf", "papers/raft/slides.pdf", "slides.pdf",
                       "papers/a:b.pdf", "papers/..a/b", "a b.pdf"});
  expect_bad("link", {"/etc/passwd", "//example.org/x", "../x", "papers/../../x", "papers/..", "..",
                      "papers\\x", "C:\\x", "javascript:alert(1)", "data:text/html,x",
                      "file:///etc/passwd", "mailto:ada@example.org", "ftp://example.org/x"});
}

TEST_CASE("a link is a line that is not empty") {
  expect_bad("link", {"", "papers/a\nb", "slides.pdf\n"});
}

TEST_CASE("an arXiv id is given bare, with or without its version") {
  expect_good("arxiv-id", {"1706.03762", "1706.03762v7", "0704.0001", "1412.7878", "math/0611800",
                           "math.CA/0611800v2", "cond-mat/9607001"});
  expect_bad("arxiv-id", {"", "1706.3762", "1501.0001", "1412.78789", "1713.00001", "1706.03762v0",
                          "1706.0376", "704.0001", "2401.1002", "maths/0611800", "math/0613800",
                          "https://arxiv.org/abs/1706.03762"});
}

TEST_CASE("an arXiv id is given without its prefix, the old form as well as the new one") {
  expect_bad("arxiv-id", {"arXiv:1706.03762", "arxiv:1706.03762", "arXiv:math/0611800",
                          "arXiv:math.CA/0611800v1"});
}

TEST_CASE("a DOI is given without its resolver") {
  expect_good("doi",
              {"10.18653/v1/N19-1423", "10.48550/arXiv.1706.03762", "10.1000/a(b)<c>;d:e#f"});
  expect_bad("doi",
             {"", "10.18653", "10.18653/", "11.18653/x", "10./x", "10.1000/a b", "N19-1423"});
  for (const char* text : {"https://doi.org/10.18653/v1/N19-1423", "doi:10.18653/v1/N19-1423"}) {
    CHECK(format_problem("doi", text) == "write it without the resolver's address");
  }
}

TEST_CASE("an SSH key is of a known kind and in base64") {
  const std::string body = "AAAAC3NzaC1lZDI1NTE5AAAAIG" + std::string(42, 'x');
  expect_good("ssh-key", {"ssh-ed25519 " + body,
                          "ssh-rsa " + body + "==", "ssh-ed25519 " + body + " ada@laptop of hers",
                          "ecdsa-sha2-nistp256 " + body, "sk-ssh-ed25519@openssh.com " + body});
  expect_bad("ssh-key", {"", "ssh-ed25519", "ssh-ed25519 ", "ssh-ed25519 AAAA", "ssh-dss " + body,
                         body, "ssh-ed25519 " + std::string(60, 'B'), "ssh-ed25519  " + body,
                         "ssh-ed25519 " + body + "!", "cert-authority ssh-ed25519 " + body,
                         "-----BEGIN OPENSSH PRIVATE KEY-----"});
}

TEST_CASE("an SSH key is one line") {
  const std::string key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG" + std::string(42, 'x');
  expect_bad("ssh-key", {key + "\n", key + " ada\n* " + key, key + "\n" + key});
}

}  // namespace
}  // namespace paperclub::schema

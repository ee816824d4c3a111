#include "lib/base/link.hpp"

#include <fmt/format.h>

#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

using namespace paperclub;

TEST_CASE("http and https addresses may stand in a record") {
  for (const char* url :
       {"https://example.org", "http://example.org/", "HTTPS://EXAMPLE.ORG/",
        "https://example.org:8443/a", "https://example.org/a?b=c&d#e", "https://example.org?b",
        "https://example.org#e", "https://127.0.0.1/", "https://[::1]:8080/a",
        "https://example.org/@name", "https://example.org/?mail=a@b", "https://example.org/a:b",
        "https://example.org/日本", "https://example.org/a(b)", "https://example.org:/a"}) {
    CAPTURE(url);
    CHECK_FALSE(url_problem(url));
    CHECK(split_url(url));
  }
}

TEST_CASE("a scheme is what stands before a colon that no path, query or fragment comes before") {
  CHECK(scheme_of("HTTPS://example.org") == "https");
  CHECK(scheme_of("mailto:a@b") == "mailto");
  CHECK(scheme_of("a:b/c") == "a");
  CHECK(scheme_of("java\tscr\nipt :x") == "javascript");
  for (const char* path : {"", "a.pdf", "a/b:c", "club.yaml?t=1:2", "a#b:c", "//a:8", ":x"}) {
    CAPTURE(path);
    CHECK(scheme_of(path).empty());
  }
}

TEST_CASE("a web address is one of http or https") {
  CHECK(is_web_address("http:x"));
  CHECK(is_web_address("Https://example.org"));
  for (const char* other : {"", "httpx://a", "ftp://a", "https", "a/https://b"})
    CHECK_FALSE(is_web_address(other));
}

TEST_CASE("an address of another scheme may not stand in a record") {
  for (const char* url :
       {"", "example.org", "//example.org", "ftp://example.org", "file:///etc/passwd",
        "javascript:alert(1)", "data:text/html,x", "mailto:a@b", "http:example.org",
        "http:/example.org", "https//example.org", " https://example.org", "httpx://example.org",
        "h", "https:"}) {
    CAPTURE(url);
    REQUIRE(url_problem(url));
    CHECK(*url_problem(url) == "it must begin with http:// or https://");
    CHECK_FALSE(split_url(url));
  }
}

TEST_CASE("an address must name a host") {
  for (const char* url :
       {"http://", "https://", "https:///a", "https://?a", "https://#a", "https://:80/"}) {
    CAPTURE(url);
    REQUIRE(url_problem(url));
    CHECK(*url_problem(url) == "it names no host");
  }
}

TEST_CASE("an address holds no user name and no password") {
  for (const char* url :
       {"https://ada@example.org/", "https://ada:secret@example.org/",
        "https://example.org@example.net", "https://@example.org/", "https://a@b@c/"}) {
    CAPTURE(url);
    REQUIRE(url_problem(url));
    CHECK(*url_problem(url) == "it holds a user name or password");
  }
}

TEST_CASE("an address holds no blank, control character or backslash") {
  for (const char* url :
       {"https://example.org/a b", "https://example.org/a\tb", "https://example.org/\n",
        "https://exam\rple.org", "https://example.org/\x1b[2J", "https://example.org/\x7f",
        "https://example.org ", "https://example.org\\@example.net", "https://a\\b/"}) {
    CAPTURE(url);
    CHECK(url_problem(url));
  }
  CHECK(url_problem(std::string_view("https://example.org/\0", 21)));
}

TEST_CASE("a blank or control character beyond ASCII is one too") {
  CHECK(url_problem("https://example.org/\u0085"));
  CHECK(url_problem("https://example.org/\u00a0"));
  CHECK(url_problem("https://example.org/\u2028"));
  CHECK(url_problem("https://example.org/\u3000"));
}

TEST_CASE("a port is a number") {
  CHECK(*url_problem("https://example.org:x/") == "its port is not a number");
  CHECK(url_problem("https://example.org:80:80a/"));
  CHECK(url_problem("https://example.org:-1/"));
  CHECK(url_problem("https://example.org:123456/"));
}

TEST_CASE("a host holds no colon outside of brackets") {
  CHECK(url_problem("https://example.org:80:443/"));
  CHECK(url_problem("https://a::/"));
  CHECK(url_problem("https://::1/"));
}

TEST_CASE("an address is split into the parts that comparing needs") {
  const auto parts = split_url("HTTPS://WWW.Example.ORG:8443/A/b?C=d#e?f");
  REQUIRE(parts);
  CHECK(parts->scheme == "https");
  CHECK(parts->host == "www.example.org");
  CHECK(parts->port == "8443");
  CHECK(parts->path == "/A/b");
  CHECK(parts->query == "?C=d");
}

TEST_CASE("an address without path or query has empty ones") {
  CHECK(split_url("https://example.org")->path.empty());
  CHECK(split_url("https://example.org?x")->path.empty());
  CHECK(split_url("https://example.org?x")->query == "?x");
  CHECK(split_url("https://example.org#x?y")->query.empty());
  CHECK(split_url("https://example.org/")->path == "/");
  CHECK(split_url("https://[::1]")->host == "[::1]");
  CHECK(split_url("https://[::1]")->port.empty());
  CHECK(split_url("https://[::1]:80/")->port == "80");
}

TEST_CASE("addresses of one page have one key") {
  const std::string key = url_key("https://example.org/a");
  for (const char* url :
       {"http://example.org/a", "https://www.example.org/a", "https://EXAMPLE.org/a",
        "https://example.org:443/a", "http://example.org:80/a", "https://example.org:/a",
        "https://example.org/a/", "https://example.org/a//", "https://example.org/a#part",
        "HTTP://WWW.EXAMPLE.ORG:80/a/#part"}) {
    CAPTURE(url);
    CHECK(url_key(url) == key);
  }
  CHECK(url_key("https://example.org") == url_key("http://www.example.org/"));
}

TEST_CASE("addresses of two pages have two keys") {
  const std::string key = url_key("https://example.org/a");
  for (const char* url :
       {"https://example.org/A", "https://example.org/b", "https://example.org/a?x",
        "https://example.org/a/b", "https://example.org:8443/a", "https://sub.example.org/a",
        "https://example.net/a", "https://example.org/", "https://wwwexample.org/a"}) {
    CAPTURE(url);
    CHECK(url_key(url) != key);
  }
  CHECK(url_key("https://example.org/?a=1") != url_key("https://example.org/?a=2"));
}

TEST_CASE("what is no address is its own key") {
  for (const char* text : {"", "example.org", "ftp://www.example.org/", "https://a b/"}) {
    CHECK(url_key(text) == text);
  }
}

TEST_CASE("a key, read as an address, has itself as key") {
  tests::Random random(10);
  int valid = 0;
  for (int round = 0; round < 20000; ++round) {
    const std::string url = fmt::format(
        "{}://{}{}{}{}", random.pick<std::string>({"http", "https", "HTTP"}),
        random.pick<std::string>({"example.org", "www.example.org", "A.b", "[::1]", "x"}),
        random.pick<std::string>({"", ":80", ":443", ":8080", ":"}),
        random.one_in(4) ? "" : "/" + random.text("a/B%2:@", 6),
        random.pick<std::string>({"", "?", "?x=1", "#", "#a?b", "?a#b"}));
    const std::string key = url_key(url);
    if (url_problem(url)) continue;
    ++valid;
    if (url_key("https://" + key) != key || url_key(key) != key) {
      CAPTURE(url, key);
      FAIL_CHECK("the key has another key");
    }
  }
  CHECK(valid > 1000);
}

TEST_CASE("percent-encoding leaves what a path may hold and encodes the rest") {
  CHECK(percent_encode("") == "");
  CHECK(percent_encode("/a-b_c.d~e:f@g") == "/a-b_c.d~e:f@g");
  CHECK(percent_encode("!$&'()*+,;=") == "!$&'()*+,;=");
  CHECK(percent_encode("a b") == "a%20b");
  CHECK(percent_encode("100%") == "100%25");
  CHECK(percent_encode("?#[]\"<>\\^`{|}") == "%3F%23%5B%5D%22%3C%3E%5C%5E%60%7B%7C%7D");
  CHECK(percent_encode("日") == "%E6%97%A5");
  CHECK(percent_encode(std::string_view("\0\n\xff", 3)) == "%00%0A%FF");
}

TEST_CASE("what only looks like an escape stays as it is") {
  CHECK(percent_decode("a%20b%2Fc%2f") == "a b/c/");
  CHECK(percent_decode("100%") == "100%");
  CHECK(percent_decode("%2") == "%2");
  CHECK(percent_decode("%zz%-1% 1") == "%zz%-1% 1");
  CHECK(percent_decode("%00%ff") == std::string("\0\xff", 2));
}

TEST_CASE("percent-encoding can be undone, and its result is plain, for any bytes") {
  tests::Random random(11);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (std::size_t i = random.below(40); i > 0; --i)
      bytes += static_cast<char>(random.below(256));
    const std::string encoded = percent_encode(bytes);
    const bool plain = encoded.find_first_not_of(
                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                           "-._~!$&'()*+,;=:@/%") == encoded.npos;
    if (!plain || percent_decode(encoded) != bytes) FAIL_CHECK(encoded);
  }
  SUCCEED();
}

// Signatures that ssh-keygen made of "a ballot\n", and everything near them that is none.
#include "lib/git/ssh_signature.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

namespace paperclub::tests {
namespace {

using git::ssh_signature_problem;

constexpr const char* kText = "a ballot\n";
constexpr const char* kSpace = "ballot@paperclub";

struct Example {
  const char* name;
  const char* key;
  const char* signature;  // without its armour
};

const Example kExamples[] = {
    {"ed25519", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINC/weQgjA1UTkppPM8YmNFXQLR1VqbdQQc8bttih9vX",
     "U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg0L/B5CCMDVROSmk8zxiY0VdAtHVWpt1BBzxu"
     "22KH29cAAAAQYmFsbG90QHBhcGVyY2x1YgAAAAAAAAAGc2hhNTEyAAAAUwAAAAtzc2gtZWQyNTUxOQAA"
     "AEARl5ekqTiTFjk25BFc0WxtAs0N5r62Jeq+jruAQb2caMJZr7XRssYPcI19aEfCU1BoedwZ+OYlr0Ug"
     "CNrVER4J"},
    {"rsa2048",
     "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCG6BsHSsox7OrGuYJ/2s4VLmBb8XabRXO/hKZCZB0g"
     "OkVmiqdYfk8lGtD3IYd0NDhuI/dOUg/TCQD5NklrozaIT6rWWEhT7sqjUNEEpbECdCC1kBuhaZCvYLBr"
     "IrBsCp34+Wlvnov4u6NfSts6g2z5HHlHBgSWTKtfmKMKsb7A1T1z7v5akrKgTdjHO3ql3gWMxw4McSTx"
     "7kloM4WnRmV0vSygARu7EkAs64kpBYWEpdyvQo8eZVj5xGP8z+Y4x0CSmDq197NSNnrg7DR0eI/60d6o"
     "9WEKLltvZzPg/rUayzGxZct5dXLPP7CfOdg00s2y9qUIVT+HJsm6G2wtd3pN",
     "U1NIU0lHAAAAAQAAARcAAAAHc3NoLXJzYQAAAAMBAAEAAAEBAIboGwdKyjHs6sa5gn/azhUuYFvxdptF"
     "c7+EpkJkHSA6RWaKp1h+TyUa0Pchh3Q0OG4j905SD9MJAPk2SWujNohPqtZYSFPuyqNQ0QSlsQJ0ILWQ"
     "G6FpkK9gsGsisGwKnfj5aW+ei/i7o19K2zqDbPkceUcGBJZMq1+YowqxvsDVPXPu/lqSsqBN2Mc7eqXe"
     "BYzHDgxxJPHuSWgzhadGZXS9LKABG7sSQCzriSkFhYSl3K9Cjx5lWPnEY/zP5jjHQJKYOrX3s1I2euDs"
     "NHR4j/rR3qj1YQouW29nM+D+tRrLMbFly3l1cs8/sJ852DTSzbL2pQhVP4cmybobbC13ek0AAAAQYmFs"
     "bG90QHBhcGVyY2x1YgAAAAAAAAAGc2hhNTEyAAABFAAAAAxyc2Etc2hhMi01MTIAAAEAV96aR7G3VDH8"
     "R3P+fvtRITJs+AJrt3NhPazUIYxVk9NyqowZe2IgVNRY1qaGU3Sf3FZvCYrg60dkqK/EgNFGuDQWBPmb"
     "3xWsOotUmWQVqd0GHlbkwWCqvjM16H/02bMcRGq5j+U7UTz7Vfd+iuL1ssnmhis3fErp/HGKWPHVWo26"
     "FoVQs/FYUcQzSscFgBnXy/O/iq1NUhaalyOjGriLyb7J2gkzIq/EpDOK6oZEulpVkmB3PBQ3Rmo6hHzQ"
     "1IPn/+Wjk3oaWrWt/+BLPydti563ckLHHkzL2h1T0AuvFSU9Cvuh6sgDPKw8QeHN1JnxStJ16IaUG3Ag"
     "83SPEStMwQ=="},
    {"ecdsa256",
     "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBN/yAYGY"
     "JRX8cGA0/M1pH3RwVjgGU8MPGQBH6mgbhys21A5ZdlH32KN9H2MP1fOry8oyM3qZJj9/58p0wBonnzw=",
     "U1NIU0lHAAAAAQAAAGgAAAATZWNkc2Etc2hhMi1uaXN0cDI1NgAAAAhuaXN0cDI1NgAAAEEE3/IBgZgl"
     "FfxwYDT8zWkfdHBWOAZTww8ZAEfqaBuHKzbUDll2UffYo30fYw/V86vLyjIzepkmP3/nynTAGiefPAAA"
     "ABBiYWxsb3RAcGFwZXJjbHViAAAAAAAAAAZzaGE1MTIAAABkAAAAE2VjZHNhLXNoYTItbmlzdHAyNTYA"
     "AABJAAAAIQCdFQZH9vflVk77xf9hHlyq5aMH9Qvl1//AOPjO3+pNgQAAACAoRZl8LuA0LDrMg0YBobDz"
     "BoMMLLGWp0WTfQYyysDYkQ=="},
    {"ecdsa384",
     "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBNHAdQbT"
     "WmBwAayuxL3KLSpHGBnRVr447V+KuYF2pAF6j61RD3VPf2gJujvVj1r+qcjoOH937A39C/khdZtbcgpJ"
     "xh2wkK1uYUN0B0/sY0VhO3fXzZ4bZFARGMFkQI2ynQ==",
     "U1NIU0lHAAAAAQAAAIgAAAATZWNkc2Etc2hhMi1uaXN0cDM4NAAAAAhuaXN0cDM4NAAAAGEE0cB1BtNa"
     "YHABrK7EvcotKkcYGdFWvjjtX4q5gXakAXqPrVEPdU9/aAm6O9WPWv6pyOg4f3fsDf0L+SF1m1tyCknG"
     "HbCQrW5hQ3QHT+xjRWE7d9fNnhtkUBEYwWRAjbKdAAAAEGJhbGxvdEBwYXBlcmNsdWIAAAAAAAAABnNo"
     "YTUxMgAAAIQAAAATZWNkc2Etc2hhMi1uaXN0cDM4NAAAAGkAAAAxAPlNprVjOZEu0pI1bM0FuqDAPmSH"
     "8oKpHePJ7ESglhVlfCND0+PyIIQ3TU9PEh5QTwAAADAZVl/tetcjJ/s5yHb9b7jneAtQ8x+nHTQXVeEY"
     "NCPbXt8Xc1HgF3ooyFooPxE77D0="},
    {"ecdsa521",
     "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBACyesdH"
     "wLSlMMA1o7IDanEKFhNrzeo0ug5Zdhqqu409baV/CpHXhuS41sHi24302IUs/HmH5h+0OK88AGliC5Pk"
     "qgDPBPa1e4gj9scjy0tuxBvc0JZH9fpfQzmiJBxo/kB17flBG8KLiYUnkvSeH40SfGTBdR+jkzRMLB2+"
     "o294NmikOw==",
     "U1NIU0lHAAAAAQAAAKwAAAATZWNkc2Etc2hhMi1uaXN0cDUyMQAAAAhuaXN0cDUyMQAAAIUEALJ6x0fA"
     "tKUwwDWjsgNqcQoWE2vN6jS6Dll2Gqq7jT1tpX8KkdeG5LjWweLbjfTYhSz8eYfmH7Q4rzwAaWILk+Sq"
     "AM8E9rV7iCP2xyPLS27EG9zQlkf1+l9DOaIkHGj+QHXt+UEbwouJhSeS9J4fjRJ8ZMF1H6OTNEwsHb6j"
     "b3g2aKQ7AAAAEGJhbGxvdEBwYXBlcmNsdWIAAAAAAAAABnNoYTUxMgAAAKcAAAATZWNkc2Etc2hhMi1u"
     "aXN0cDUyMQAAAIwAAABCAQnvQYA7SLIs4cN9iZ4EUPx+oT8HPVsdLBDZc2yB4SKo4p7jdE1DVT3zOlAN"
     "Xcgmm+/4kpEsm0I1fDGIYVqgAVTyAAAAQgG/M6G2Li5dQsEY5Ub22f9tqrAmXrs+CBOXI0dGjMFgrNwx"
     "OcwH8yUZaNm1//Tjac9m2RtNyk+aOmB5+CKq+D0ewA=="},
    // Made with keys in software; 'ssh-keygen -Y verify' takes them for those of a device.
    {"sk-ed25519",
     "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIHMcFsp21"
     "1+4Rke1W3Xs8hGfxtXTrK+Qf6R7xAYVz09hAAAABHNzaDo=",
     "U1NIU0lHAAAAAQAAAEoAAAAac2stc3NoLWVkMjU1MTlAb3BlbnNzaC5jb20AAAAgcxwWynbXX7hGR7Vb"
     "dezyEZ/G1dOsr5B/pHvEBhXPT2EAAAAEc3NoOgAAABBiYWxsb3RAcGFwZXJjbHViAAAAAAAAAAZzaGE1"
     "MTIAAABnAAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAQKBITFAr20JlyRJtmXvqeJYSzyNG"
     "tToOhVryKZFwtOHCUXpiFkHBMVn86m83mpPJdjBx8KmDzoSgFNs1BssYbQ8BAAAABw=="},
    {"sk-ecdsa256",
     "sk-ecdsa-sha2-nistp256@openssh.com AAAAInNrLWVjZHNhLXNoYTItbmlzdHAyNTZAb3BlbnNza"
     "C5jb20AAAAIbmlzdHAyNTYAAABBBC8kpqimu9T8AeCizx8X8mXdC8aatIjn15d/jjW64cjsRU7qu8JMB"
     "uTnC4AejqyHHSXFOyd6zMSxPMnas0Yl2IoAAAAEc3NoOg==",
     "U1NIU0lHAAAAAQAAAH8AAAAic2stZWNkc2Etc2hhMi1uaXN0cDI1NkBvcGVuc3NoLmNvbQAAAAhuaXN0"
     "cDI1NgAAAEEELySmqKa71PwB4KLPHxfyZd0Lxpq0iOfXl3+ONbrhyOxFTuq7wkwG5OcLgB6OrIcdJcU7"
     "J3rMxLE8ydqzRiXYigAAAARzc2g6AAAAEGJhbGxvdEBwYXBlcmNsdWIAAAAAAAAABnNoYTUxMgAAAHkA"
     "AAAic2stZWNkc2Etc2hhMi1uaXN0cDI1NkBvcGVuc3NoLmNvbQAAAEoAAAAhANPyRrAY46Xj5n39dPdt"
     "ZlDiRZ/9TupO7NYrtqqA+muqAAAAIQD2XVMnN4xQgZeXksz7sp3w+6asjHt+T/dJ2vxGf/hYLgUAAAAJ"},
};

// Nobody touched the device.
const Example kUntouched = {
    "untouched",
    "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIHMcFsp21"
    "1+4Rke1W3Xs8hGfxtXTrK+Qf6R7xAYVz09hAAAABHNzaDo=",
    "U1NIU0lHAAAAAQAAAEoAAAAac2stc3NoLWVkMjU1MTlAb3BlbnNzaC5jb20AAAAgcxwWynbXX7hGR7Vb"
    "dezyEZ/G1dOsr5B/pHvEBhXPT2EAAAAEc3NoOgAAABBiYWxsb3RAcGFwZXJjbHViAAAAAAAAAAZzaGE1"
    "MTIAAABnAAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAQEiiZmvIrsOcpkL+/Lhb5wnxz4RG"
    "JqXD0VKyuQJXy6x75h59x3dKlO1fEMUxa09+71yb2GEjTN7osZwurygtMAoAAAAABw=="};

std::string armoured(const std::string& base64) {
  std::string text = "-----BEGIN SSH SIGNATURE-----\n";
  for (std::size_t at = 0; at < base64.size(); at += 70)
    text += base64.substr(at, 70) + "\n";
  return text + "-----END SSH SIGNATURE-----\n";
}

}  // namespace

TEST_CASE("what ssh-keygen signs is verified, for each kind of key") {
  for (const Example& one : kExamples) {
    CAPTURE(one.name);
    CHECK_FALSE(ssh_signature_problem(armoured(one.signature), kText, kSpace, {one.key}));
    CHECK_FALSE(ssh_signature_problem(armoured(one.signature), kText, kSpace,
                                      {"ssh-ed25519 AAAA", std::string(one.key) + " comment"}));
  }
}

TEST_CASE("another text, namespace or key is told") {
  for (const Example& one : kExamples) {
    CAPTURE(one.name);
    const std::string signature = armoured(one.signature);
    CHECK(ssh_signature_problem(signature, "another", kSpace, {one.key}) ==
          "it does not fit the text");
    CHECK(ssh_signature_problem(signature, kText, "git", {one.key}) ==
          "it was made for something else");
    CHECK(ssh_signature_problem(signature, kText, kSpace, {}) ==
          "its key is none of that member's");
    for (const Example& other : kExamples) {
      if (other.key != one.key) CHECK(ssh_signature_problem(signature, kText, kSpace, {other.key}));
    }
  }
}

TEST_CASE("what is no signature is told") {
  for (const std::string& text :
       {std::string(), std::string("x"), armoured(""), armoured("!!!!"), armoured("AAAA"),
        armoured("U1NIU0lH"), armoured("U1NIU0lHAAAAAf////8="), armoured(std::string(200000, 'A')),
        std::string("-----BEGIN SSH SIGNATURE-----")}) {
    CHECK(ssh_signature_problem(text, kText, kSpace, {kExamples[0].key}) ==
          "it is no SSH signature");
  }
}

TEST_CASE("no signature with another letter in it is good, and none is read beyond its end") {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  Random random(5);
  for (const Example& one : kExamples) {
    const std::string good = one.signature;
    for (int i = 0; i < 400; ++i) {
      std::string bad = good;
      // Not in the last group, whose spare bits mean nothing.
      const std::size_t at = random.below(bad.size() - 4);
      bad[at] = kLetters[random.below(kLetters.size())];
      if (random.one_in(8)) bad.resize(bad.size() / 8 * 4);
      CAPTURE(one.name, at, bad[at]);
      if (bad != good) CHECK(ssh_signature_problem(armoured(bad), kText, kSpace, {one.key}));
    }
  }
}

TEST_CASE("a signature has one form") {
  for (const Example& one : kExamples) {
    std::string text = armoured(one.signature);
    text.erase(text.find('\n', 40), 1);
    CHECK(ssh_signature_problem(text, kText, kSpace, {one.key}) == "it is no SSH signature");
    CHECK(ssh_signature_problem(armoured(one.signature) + "x", kText, kSpace, {one.key}));
    CHECK(ssh_signature_problem("\n" + armoured(one.signature), kText, kSpace, {one.key}));
  }
}

TEST_CASE("a security key that nobody touched says nothing") {
  CHECK(ssh_signature_problem(armoured(kUntouched.signature), kText, kSpace, {kUntouched.key}) ==
        "it does not fit the text");
}

TEST_CASE("keys that are none are passed over") {
  for (const char* key : {"", "ssh-ed25519", "ssh-ed25519 ", "ssh-ed25519 !!!!", "x y z"}) {
    CAPTURE(key);
    CHECK(ssh_signature_problem(armoured(kExamples[0].signature), kText, kSpace, {key}) ==
          "its key is none of that member's");
  }
}

TEST_CASE("digests are those of SHA-256") {
  CHECK(git::sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(git::sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace paperclub::tests

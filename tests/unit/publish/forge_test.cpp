#include "lib/publish/forge.hpp"

#include <fmt/format.h>

#include "tests/support/catch.hpp"

namespace paperclub::publish {
namespace {

std::string told(const Forge& forge) {
  constexpr const char* kNames[] = {"github", "gitlab", "gitea", "plain"};
  return fmt::format("{} {} {}", kNames[static_cast<int>(forge.kind)], forge.host, forge.path);
}

}  // namespace

TEST_CASE("an address of a remote leads to its host's pages, whatever its form") {
  for (const char* same : {"https://github.com/club/club", "https://github.com/club/club.git",
                           "https://ada:secret@github.com/club/club/",
                           "git@github.com:club/club.git", "ssh://git@github.com/club/club.git",
                           "ssh://git@github.com:22/club/club", "HTTPS://GitHub.com/club/club"}) {
    CAPTURE(same);
    CHECK(told(forge_of(same)) == "github github.com club/club");
  }
  CHECK(told(forge_of("https://gitlab.com/a/b/c.git")) == "gitlab gitlab.com a/b/c");
  CHECK(told(forge_of("git@codeberg.org:a/b")) == "gitea codeberg.org a/b");
  CHECK(told(forge_of("https://gitlab.example.org:8443/a/b")) ==
        "gitlab gitlab.example.org:8443 a/b");
  CHECK(told(forge_of("https://git.example.org/a/b")) == "plain git.example.org a/b");
  CHECK(told(forge_of("https://git.example.org/a/b", ForgeKind::gitea)) ==
        "gitea git.example.org a/b");
}

TEST_CASE("a folder, or what is no address of a repository, has no pages") {
  for (const char* plain : {"", "/srv/club.git", "../club.git", "./a:b", "file:///srv/club.git",
                            "ext::sh -c x", "https://github.com/club", "https://git hub.com/a/b",
                            "github.com/a/b", "https://github.com\"onload=x/a/b"}) {
    CAPTURE(plain);
    CHECK(told(forge_of(plain)) == "plain  ");
  }
}

TEST_CASE("the page of a pull request, from a branch or from a fork") {
  const Forge club = forge_of("https://github.com/club/club");
  const Forge fork = forge_of("git@github.com:eve/club.git");
  CHECK(request_page(club, "main", club, "suggest/x") ==
        "https://github.com/club/club/compare/main...suggest/x?expand=1");
  CHECK(request_page(club, "main", fork, "suggest/x") ==
        "https://github.com/club/club/compare/main...eve:suggest/x?expand=1");
  const Forge lab = forge_of("https://gitlab.com/a/b");
  CHECK(request_page(lab, "main", lab, "suggest/x") ==
        "https://gitlab.com/a/b/-/merge_requests/new?merge_request%5Bsource_branch%5D=suggest%2Fx"
        "&merge_request%5Btarget_branch%5D=main");
  const Forge tea = forge_of("https://codeberg.org/a/b");
  CHECK(request_page(tea, "main", tea, "suggest/x") ==
        "https://codeberg.org/a/b/compare/main...suggest/x");
  CHECK(request_page(forge_of("/srv/x.git"), "main", club, "suggest/x").empty());
}

TEST_CASE("what is filled into a page is data") {
  const Forge club = forge_of("https://github.com/club/club");
  CHECK(issue_form_page(club, "suggest.yml", {{"link", "https://a.org/?x=1&y=2#z"}, {"why", ""}}) ==
        "https://github.com/club/club/issues/new?template=suggest.yml"
        "&link=https%3A%2F%2Fa.org%2F%3Fx%3D1%26y%3D2%23z");
  CHECK(new_file_page(club, "main", "votes/r/ada.yaml", "approve: [a]\n") ==
        "https://github.com/club/club/new/main?filename=votes%2Fr%2Fada.yaml"
        "&value=approve%3A%20%5Ba%5D%0A");
  CHECK(new_file_page(forge_of("https://gitlab.com/a/b"), "main", "papers/x.yaml", "y") ==
        "https://gitlab.com/a/b/-/new/main?file_name=papers%2Fx.yaml");
  CHECK(issue_form_page(forge_of("https://gitlab.com/a/b"), "x", {}).empty());
  CHECK(new_file_page(forge_of("/srv/x.git"), "main", "x", "y").empty());
}

TEST_CASE("the words for the kinds of hosts") {
  CHECK(forge_kind("forgejo") == ForgeKind::gitea);
  CHECK(forge_kind("plain") == ForgeKind::plain);
  CHECK_FALSE(forge_kind("GitHub"));
}

}  // namespace paperclub::publish

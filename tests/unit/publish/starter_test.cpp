#include "lib/publish/starter.hpp"

#include <algorithm>

#include "lib/club/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/club/fake_tree.hpp"

namespace paperclub::tests {
namespace {

record::ClubSettings named(const std::string& name) {
  record::ClubSettings settings;
  settings.id = "my-club";
  settings.name = name;
  return settings;
}

std::string text_of(const std::vector<club::Change>& files, const std::string& path) {
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&path](const club::Change& file) { return file.path == path; });
  return found == files.end() ? "" : found->bytes.value_or("");
}

}  // namespace

TEST_CASE("a new club has no finding, with the example and without it") {
  for (const bool example : {false, true}) {
    FakeTree tree;
    for (const club::Change& file :
         publish::starter_files({named("My Club"), example ? "ada" : "", example})) {
      CHECK_FALSE(club::path_problem(file.path));
      tree.put(file.path, *file.bytes);
    }
    const club::Snapshot snapshot = club::load_snapshot(tree, {club::Scope::everything, 1, {}});
    CHECK(snapshot.papers.size() == (example ? 1U : 0U));
    CHECK(club::check_club(snapshot, tree).empty());
  }
}

TEST_CASE("the club's name stands in its files as text") {
  const auto files = publish::starter_files({named("<b>*Us*"), "", false});
  const std::string readme = text_of(files, "README.md");
  CHECK(readme.starts_with("# "));
  CHECK(readme.find("Us") < readme.find('\n'));
  CHECK(readme.find("<b>") == readme.npos);
  CHECK(readme.find("*Us*") == readme.npos);
  for (const club::Change& file : files)
    CHECK((file.bytes->find("{{name}}") & file.bytes->find("{{organiser}}")) == std::string::npos);
}

TEST_CASE("who answers for the rules is asked about each file that makes them, where known") {
  CHECK(text_of(publish::starter_files({named("C"), "", false, "main"}), ".github/CODEOWNERS")
            .empty());
  const std::string owners =
      text_of(publish::starter_files({named("C"), "club/organisers", false}), ".github/CODEOWNERS");
  for (const char* path : {"/.github/", "/club.yaml", "/schema/", "/members/"}) {
    CAPTURE(path);
    CHECK(owners.find(std::string("\n") + path + " @club/organisers\n") != owners.npos);
  }
}

TEST_CASE("a login is a name at a forge, or a team's") {
  for (const char* good : {"ada", "Ada-L", "a_b.c", "club/organisers"})
    CHECK(publish::is_login(good));
  for (const char* bad : {"", "-a", "a b", "a\nb", "@ada", "a/b/c", "/a", "a/", "a*"})
    CHECK_FALSE(publish::is_login(bad));
}

TEST_CASE("the workflow gives what is checked no power") {
  const std::string text = text_of(publish::starter_files({named("C"), "", false, "main"}),
                                   ".github/workflows/club.yml");
  REQUIRE_FALSE(text.empty());
  for (const char* never : {"pull_request_target", "workflow_run", "secrets.", "head_ref",
                            ": write", "cache@", "set-output"}) {
    CAPTURE(never);
    CHECK(text.find(never) == text.npos);
  }
  for (const char* always :
       {"permissions:\n  contents: read\n", "persist-credentials: false", "fetch-depth: 0",
        "timeout-minutes: 10", "sha256sum --check --strict"}) {
    CAPTURE(always);
    CHECK(text.find(always) != text.npos);
  }
  // Every action is pinned by the whole id of a commit.
  for (std::size_t at = text.find("uses: "); at != text.npos; at = text.find("uses: ", at + 1)) {
    const std::size_t id = text.find('@', at) + 1;
    CHECK(text.find_first_not_of("0123456789abcdef", id) - id == 40);
  }
  // What a request says reaches the shell through the environment alone.
  const std::size_t run = text.find("run: |");
  CHECK(text.find("${{", run) == text.npos);
  CHECK(text.find("--login \"$LOGIN\"", run) != text.npos);
}

}  // namespace paperclub::tests

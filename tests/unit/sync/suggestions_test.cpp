#include "lib/sync/suggestions.hpp"

#include <fmt/format.h>

#include "tests/support/catch.hpp"

namespace paperclub::sync {
namespace {

git::ObjectId id(int number) { return *git::ObjectId::parse(fmt::format("{:040x}", number)); }

std::string told(const std::vector<git::RemoteRef>& refs) {
  std::string text;
  for (const Waiting& one : waiting_among(refs))
    text += fmt::format("{}({}) ", one.name, one.branch);
  return text;
}

}  // namespace

TEST_CASE("pull requests come first, by number; then branches by name") {
  CHECK(told({{"refs/heads/suggest/b", id(1)},
              {"refs/heads/suggest/a", id(2)},
              {"refs/pull/12/head", id(3)},
              {"refs/pull/3/head", id(4)},
              {"refs/merge-requests/5/head", id(5)}}) ==
        "#3() !5() #12() suggest/a(suggest/a) suggest/b(suggest/b) ");
}

TEST_CASE("a branch with a pull request is one suggestion") {
  CHECK(told({{"refs/heads/suggest/a", id(1)}, {"refs/pull/1/head", id(1)}}) == "#1(suggest/a) ");
}

TEST_CASE("what was declined is left out, until it is changed") {
  const std::vector<git::RemoteRef> refs{{declined_ref(id(1)), id(9)},
                                         {"refs/heads/suggest/a", id(1)},
                                         {"refs/pull/1/head", id(1)},
                                         {"refs/pull/2/head", id(2)}};
  CHECK(told(refs) == "#2() ");
}

TEST_CASE("what only looks like a suggestion is none") {
  CHECK(told({{"refs/heads/suggest/Not-Good", id(1)},
              {"refs/heads/suggest/a/b", id(2)},
              {"refs/heads/main", id(3)},
              {"refs/pull/x/head", id(4)},
              {"refs/pull/1/merge", id(5)},
              {"refs/pull//head", id(6)},
              {"refs/pull/99999999999999999999/head", id(7)},
              {"refs/tags/pull/1/head", id(8)}})
            .empty());
}

TEST_CASE("a suggestion answers to its name, its number, its branch and its paper") {
  const auto waiting =
      waiting_among({{"refs/heads/suggest/a", id(1)}, {"refs/pull/7/head", id(1)}});
  for (const char* name : {"#7", "7", "suggest/a", "a"}) {
    CAPTURE(name);
    CHECK(find_waiting(waiting, name) == &waiting.front());
  }
  for (const char* name : {"", "8", "suggest/", "b"})
    CHECK(find_waiting(waiting, name) == nullptr);
}

TEST_CASE("what is kept here of a remote's references has a place for each") {
  CHECK(kept_ref("origin", "refs/pull/1/head") == "refs/paperclub/origin/pull/1/head");
  CHECK(kept_ref("origin", "refs/heads/suggest/a") == "refs/paperclub/origin/heads/suggest/a");
}

}  // namespace paperclub::sync

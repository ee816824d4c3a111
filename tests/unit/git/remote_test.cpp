// What of a repository's own configuration stands in the way of a remote, and addresses.
#include "lib/git/remote.hpp"

#include "lib/base/error.hpp"
#include "lib/git/config.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/git/git_folder.hpp"

namespace paperclub::tests {
namespace {

class Configured : public GitFolder {
 public:
  void set(const std::string& words) const { git("config --local " + words); }
  bool is_refused() const {
    try {
      git::refuse_own_settings(open());
      return false;
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::repository);
      CHECK(error.hints().size() == 1);
      return true;
    }
  }
};

}  // namespace

TEST_CASE("what git and hosts' programs write of themselves is harmless") {
  for (const char* harmless :
       {"core.fileMode true", "core.sharedRepository group", "remote.origin.url https://x.org/y",
        "remote.origin.fetch +refs/heads/*:refs/remotes/origin/*", "branch.main.remote origin",
        "branch.feature/x.merge refs/heads/main", "user.name Ada", "pull.rebase true",
        "url.git@x.org:.insteadOf https://x.org/", "http.https://github.com/.extraheader x",
        "remote.origin.gh-resolved base", "paperclub.member ada", "commit.gpgSign true"}) {
    CAPTURE(harmless);
    const Configured folder;
    folder.set(harmless);
    CHECK_FALSE(folder.is_refused());
  }
}

TEST_CASE("what could run a program, or is not known, is refused by name") {
  for (const char* harmful :
       {"core.sshCommand x", "credential.helper x", "remote.origin.uploadpack x",
        "remote.origin.vcs ext", "include.path x", "includeIf.onbranch:main.path x",
        "filter.x.clean x", "http.sslVerify false", "something.else x", "core.gitProxy x",
        "remote.o.x.uploadpack x", "http.x.proxy x"}) {
    CAPTURE(harmful);
    const Configured folder;
    folder.set(harmful);
    CHECK(folder.is_refused());
  }
}

TEST_CASE("the names of what is set are told once each, also where they have no value") {
  const GitFolder folder;
  folder.write(".git/config", "[core]\n bare\n\tBare = false\n[Remote \"Or.Igin\"]\n URL = x\n");
  CHECK(git::own_keys(folder.open()) ==
        std::vector<std::string>{"core.bare", "remote.Or.Igin.url"});
}

TEST_CASE("a remote has a plain name that is set") {
  const Configured folder;
  folder.set("remote.origin.url https://example.org/x.git");
  folder.set("remote.other.url y");
  CHECK(git::remote_names(folder.open()) == std::vector<std::string>{"origin", "other"});
  const git::Repository repository = folder.open();
  CHECK(git::Remote(repository, {}, "origin").url() == "https://example.org/x.git");
  for (const char* bad : {"", "-x", "none", "a b", "../x", "https://example.org/x.git"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(git::Remote(repository, {}, bad), Error);
  }
}

}  // namespace paperclub::tests

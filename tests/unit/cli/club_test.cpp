#include "cli/club.hpp"

#include "cli/exit_codes.hpp"
#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/cli/captured.hpp"
#include "tests/unit/club/git_folder.hpp"

namespace paperclub::tests {
namespace {

constexpr const char* kClub = "format: 1\nid: club\nname: Club\n";

// Opens the club at or above a folder; what it says stays in `said`.
struct Opened {
  explicit Opened(const std::string& folder, const std::string& at = "")
      : ui(environment, cli::ColorChoice::never, false), context{environment, ui, folder} {
    Captured err(STDERR_FILENO);
    try {
      club = cli::open_club(context, at);
    } catch (const Error& error) {
      failure = error.what();
      kind = error.kind();
    }
    said = err.take();
  }

  cli::Environment environment;
  cli::Ui ui;
  cli::Context context;
  cli::OpenClub club;
  std::string failure;
  ErrorKind kind = ErrorKind::usage;
  std::string said;
};

std::string name_in(const Opened& opened) {
  return opened.club.files->read("club.yaml", 1000).bytes;
}

}  // namespace

TEST_CASE("a club is found from its top and from any folder below") {
  const TempFolder folder;
  folder.write("club.yaml", kClub);
  folder.write("papers/a/fig.png", "x");
  const Opened top(folder.path());
  CHECK(top.club.folder == folder.path());
  CHECK(top.club.subpath.empty());
  const Opened below(folder / "papers/a");
  CHECK(below.club.folder == folder.path());
  CHECK(below.club.subpath == "papers/a");
  CHECK(name_in(below) == kClub);
  CHECK(below.said.empty());
}

TEST_CASE("the nearest of two clubs is meant") {
  const TempFolder folder;
  folder.write("club.yaml", kClub);
  folder.write("inner/club.yaml", "inner");
  CHECK(name_in(Opened(folder / "inner")) == "inner");
}

TEST_CASE("a folder that is not there is told as what was given") {
  const TempFolder folder;
  const Opened opened(folder / "none");
  CHECK(opened.kind == ErrorKind::io);
  CHECK(opened.failure == "no folder '" + (folder / "none") + "'");
}

TEST_CASE("where there is no club, that is told with the folder, with and without a repository") {
  const TempFolder folder;
  const Opened none(folder.path());
  CHECK(none.kind == ErrorKind::not_a_club);
  CHECK(none.failure == "no club.yaml in '" + folder.path() + "' or in a folder above it");
  folder.write("x", "");
  commit_all(folder.path());
  CHECK(Opened(folder.path()).failure == none.failure);
}

TEST_CASE("a commit is read instead of the files where one is named") {
  const TempFolder folder;
  folder.write("club.yaml", kClub);
  commit_all(folder.path());
  folder.write("club.yaml", "newer");
  CHECK(name_in(Opened(folder.path())) == "newer");
  const Opened committed(folder.path(), "HEAD");
  CHECK(name_in(committed) == kClub);
  CHECK(committed.club.folder.empty());
}

TEST_CASE("a commit is read by the club's place in the repository") {
  const TempFolder folder;
  folder.write("clubs/asia/club.yaml", kClub);
  folder.write("clubs/asia/papers/a.yaml", "a");
  commit_all(folder.path());
  CHECK(name_in(Opened(folder / "clubs/asia/papers", "HEAD")) == kClub);
}

TEST_CASE("a club outside of every repository has no commits to read") {
  const TempFolder folder;
  folder.write("club.yaml", kClub);
  const Opened opened(folder.path(), "HEAD");
  CHECK(opened.kind == ErrorKind::repository);
  CHECK(opened.failure == "'" + folder.path() + "' is not in a git repository");
}

TEST_CASE("a revision that nothing is called is wrong usage") {
  const TempFolder folder;
  folder.write("club.yaml", kClub);
  commit_all(folder.path());
  CHECK(Opened(folder.path(), "nosuch").kind == ErrorKind::usage);
}

TEST_CASE("in a bare repository the newest commit is read") {
  const TempFolder folder;
  folder.write("club.yaml", kClub);
  commit_all(folder.path());
  const TempFolder bare;
  git(bare.path(), "clone --quiet --bare '" + folder.path() + "' b.git");
  CHECK(name_in(Opened(bare / "b.git")) == kClub);
  CHECK(name_in(Opened(bare / "b.git", "main")) == kClub);
}

TEST_CASE("a shallow clone is told, and read all the same") {
  const TempFolder folder;
  folder.write("club.yaml", kClub);
  commit_all(folder.path());
  git(folder.path(), "commit --quiet --allow-empty --message second");
  const TempFolder clones;
  git(clones.path(), "clone --quiet --depth 1 'file://" + folder.path() + "' c");
  for (const char* at : {"", "HEAD"}) {
    const Opened opened(clones / "c", at);
    CHECK(name_in(opened) == kClub);
    CHECK(opened.said ==
          "warning: this clone is shallow: what came before its first commit is missing\n"
          "hint: fetch the rest with 'git fetch --unshallow'\n");
  }
}

TEST_CASE("warnings do not decide the exit code and are not told with data") {
  const cli::Environment environment;
  cli::Ui ui(environment, cli::ColorChoice::never, false);
  cli::Context context{environment, ui, "."};
  const Output output = captured([&] {
    return cli::tell_findings(context, {{Rule::number_gap, "papers/a.yaml", {}, "m", "h"}});
  });
  CHECK(output.code == cli::kDone);
  CHECK(output.err.empty());
}

}  // namespace paperclub::tests

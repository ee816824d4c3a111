#include "lib/club/transaction.hpp"

#include "lib/base/error.hpp"
#include "lib/club/checkout.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/club/git_folder.hpp"

namespace paperclub::tests {
namespace {

using club::Change;
using club::Plan;
using club::Planner;
using club::WriteOptions;
using club::Written;

WriteOptions writer() {
  WriteOptions options;
  options.author = {"Ada", "ada@example.org", 1708084800, 480};
  options.committer = {"Ben", "ben@example.org", 1708084801, -90};
  options.now = 1708084900;
  return options;
}

Planner adds(const std::string& path, const std::string& bytes) {
  return [path, bytes](const club::FileTree&) {
    return Plan{{{path, bytes}}, "papers: add " + path, {{"Paperclub-Action", "add"}}};
  };
}

// A repository with one commit that has club.yaml and README.md.
class ClubFolder : public TempFolder {
 public:
  ClubFolder() {
    git_init();
    write("club.yaml", "format: 1\n");
    write("README.md", "old\n");
    commit_all(this->path());
  }
  std::string run(const std::string& arguments) const { return git(this->path(), arguments); }
  Written put(const std::string& path, const std::string& bytes) const {
    return club::write_commit(this->path(), "", writer(), adds(path, bytes));
  }
  std::string status() const { return run("status --porcelain"); }

 private:
  void git_init() { git(this->path(), "init --quiet --initial-branch=main"); }
};

// The failure of writing there: kind, place and message.
Error refusal(const std::string& folder, const Planner& planner) {
  try {
    club::write_commit(folder, "", writer(), planner);
  } catch (const Error& error) {
    return error;
  }
  FAIL("written all the same");
  return {ErrorKind::usage, ""};
}

// Somebody else is faster, with git itself.
void by_git(const ClubFolder& folder, const std::string& path) {
  folder.write(path, "f\n");
  folder.run("add " + path);
  folder.run("commit --quiet --message faster");
}

void check_whole(const ClubFolder& folder) {
  CHECK(folder.run("fsck --strict --no-dangling 2>&1") == "");
}

}  // namespace

TEST_CASE("a write is one commit on the branch, by author and committer, with its trailers") {
  const ClubFolder folder;
  const Written written = folder.put("papers/bert.yaml", "title: BERT\n");
  REQUIRE(written.commit);
  CHECK(written.branch == "refs/heads/main");
  CHECK(folder.run("rev-parse HEAD") == written.commit->hex());
  CHECK(folder.run("rev-list --count HEAD") == "2");
  CHECK(folder.run("log -1 --format='%an %ae %ad %cn %ce %cd' --date=raw") ==
        "Ada ada@example.org 1708084800 +0800 Ben ben@example.org 1708084801 -0130");
  CHECK(folder.run("log -1 --format=%s") == "papers: add papers/bert.yaml");
  CHECK(folder.run("log -1 --format='%(trailers:key=Paperclub-Action,valueonly)'") == "add");
  CHECK(folder.run("show --name-status --format= HEAD") == "A\tpapers/bert.yaml");
  CHECK(folder.run("reflog -1 --format=%gs") == "paperclub: papers: add papers/bert.yaml");
  CHECK(folder.read("papers/bert.yaml") == "title: BERT\n");
  CHECK(folder.status() == "");
  check_whole(folder);
}

TEST_CASE("a write that changes nothing makes no commit") {
  const ClubFolder folder;
  CHECK_FALSE(folder.put("README.md", "old\n").commit);
  CHECK(folder.run("rev-list --count HEAD") == "1");
  const Planner nothing = [](const club::FileTree&) { return Plan{}; };
  CHECK_FALSE(club::write_commit(folder.path(), "", writer(), nothing).commit);
}

TEST_CASE("a dry run gives the plan and changes nothing") {
  const ClubFolder folder;
  WriteOptions options = writer();
  options.dry_run = true;
  const Written written =
      club::write_commit(folder.path(), "", options, adds("papers/a.yaml", "x"));
  CHECK_FALSE(written.commit);
  CHECK(written.plan.changes.size() == 1);
  CHECK(folder.status() == "");
  CHECK(folder.run("count-objects") == folder.run("count-objects"));
}

TEST_CASE("a dry run refuses what the write itself would refuse, and leaves the index alone") {
  const ClubFolder folder;
  WriteOptions options = writer();
  options.dry_run = true;
  folder.write("README.md", "mine\n");
  const std::string before = folder.run("hash-object .git/index");
  CHECK_THROWS_AS(club::write_commit(folder.path(), "", options, adds("README.md", "new\n")),
                  Error);
  CHECK_NOTHROW(club::write_commit(folder.path(), "", options, adds("papers/a.yaml", "x")));
  CHECK(folder.run("hash-object .git/index") == before);
  CHECK(folder.read("README.md") == "mine\n");
}

TEST_CASE("what an interrupted write left is told with a way back that works") {
  const ClubFolder folder;
  folder.write("papers/a.yaml", "half done\n");
  folder.run("add papers/a.yaml");
  const Error error = refusal(folder.path(), adds("papers/a.yaml", "x\n"));
  REQUIRE(error.hints().size() == 2);
  const std::string hint = error.hints().back();
  folder.run(hint.substr(hint.find("git ") + 4));
  CHECK(folder.status() == "");
  CHECK(folder.put("papers/a.yaml", "x\n").commit);
}

TEST_CASE("files are changed, removed and moved in one commit; folders that become empty go") {
  const ClubFolder folder;
  folder.put("papers/2024/a.yaml", "a\n");
  const Planner moves = [](const club::FileTree& files) {
    const std::string bytes = files.read("papers/2024/a.yaml", 100).bytes;
    return Plan{
        {{"papers/2024/a.yaml", std::nullopt}, {"papers/b.yaml", bytes}, {"README.md", "new\n"}},
        "move",
        {}};
  };
  club::write_commit(folder.path(), "", writer(), moves);
  CHECK(folder.run("ls-files") == "README.md\nclub.yaml\npapers/b.yaml");
  CHECK(folder.run("ls-tree -r --name-only HEAD") == "README.md\nclub.yaml\npapers/b.yaml");
  CHECK(folder.status() == "");
  check_whole(folder);
}

TEST_CASE("folders, links and submodules beside the change stay what they are") {
  const ClubFolder folder;
  folder.write("docs/deep/x.txt", "x\n");
  shell("ln -s nowhere " + folder / "link");
  const std::string first = commit_all(folder.path());
  folder.run("update-index --add --cacheinfo 160000," + first + ",module");
  folder.run("commit --quiet --message module");
  folder.put("papers/a.yaml", "a\n");
  folder.run("rm --quiet --cached papers/a.yaml");
  CHECK(folder.run("ls-tree -r -t HEAD docs link module README.md club.yaml") + "\n" ==
        folder.run("ls-tree -r -t HEAD~1 docs link module README.md club.yaml") + "\n");
  check_whole(folder);
}

TEST_CASE("the mode of a file stays") {
  const ClubFolder folder;
  folder.run("update-index --chmod=+x README.md");
  folder.run("commit --quiet --message mode");
  folder.run("checkout --quiet -- README.md");
  folder.put("README.md", "new\n");
  CHECK(folder.run("ls-tree HEAD README.md").starts_with("100755 "));
  CHECK(folder.status() == "");
}

TEST_CASE("a branch without a commit gets its first one") {
  const TempFolder folder;
  git(folder.path(), "init --quiet --initial-branch=main");
  const Written written =
      club::write_commit(folder.path(), "", writer(), adds("club.yaml", "format: 1\n"));
  REQUIRE(written.commit);
  CHECK(git(folder.path(), "rev-list --count main") == "1");
  CHECK(git(folder.path(), "status --porcelain") == "");
}

TEST_CASE("a bare repository takes a write too") {
  const ClubFolder origin;
  const TempFolder folder;
  git(folder.path(), "clone --quiet --bare " + origin.path() + " bare");
  const Written written =
      club::write_commit(folder / "bare", "", writer(), adds("papers/a.yaml", "a\n"));
  CHECK(git(folder.path(), "-C bare rev-parse main") == written.commit->hex());
  CHECK(git(folder.path(), "-C bare show main:papers/a.yaml") == "a");
}

TEST_CASE("a linked working tree has its own branch, index and files") {
  const ClubFolder folder;
  const TempFolder other;
  folder.run("worktree add --quiet -b side " + other / "tree");
  const Written written =
      club::write_commit(other / "tree", "", writer(), adds("papers/a.yaml", "a\n"));
  CHECK(written.branch == "refs/heads/side");
  CHECK(git(other.path(), "-C tree status --porcelain") == "");
  CHECK(folder.status() == "");
  CHECK(folder.run("rev-list --count main") == "1");
}

TEST_CASE("a club below the top of its repository is written below its prefix") {
  const ClubFolder folder;
  folder.write("clubs/asia/club.yaml", "format: 1\n");
  commit_all(folder.path());
  club::write_commit(folder.path(), "clubs/asia", writer(), [](const club::FileTree& files) {
    CHECK(files.kind_of("club.yaml"));
    return Plan{{{"papers/a.yaml", "a\n"}}, "add", {}};
  });
  CHECK(folder.run("show --name-only --format= HEAD") == "clubs/asia/papers/a.yaml");
}

TEST_CASE("what is staged or changed elsewhere stays exactly as it is") {
  const ClubFolder folder;
  folder.write("staged.txt", "staged\n");
  folder.run("add staged.txt");
  folder.write("staged.txt", "changed again\n");
  folder.write("README.md", "dirty\n");
  folder.write("untracked.txt", "x");
  folder.run("rm --quiet --cached club.yaml");
  const std::string before = folder.status();
  folder.put("papers/a.yaml", "a\n");
  CHECK(folder.status() == before);
  CHECK(folder.run("show --name-only --format= HEAD") == "papers/a.yaml");
  CHECK(folder.read("README.md") == "dirty\n");
}

TEST_CASE("a target with changes that are not committed is refused by name") {
  const ClubFolder folder;
  const auto refused = [&folder] {
    const std::string before = folder.status();
    const Error error = refusal(folder.path(), adds("README.md", "new\n"));
    CHECK(error.kind() == ErrorKind::unacceptable);
    CHECK(error.message() == "'README.md' has changes that are not committed");
    CHECK(folder.status() == before);
    CHECK(folder.run("rev-list --count HEAD") == "1");
  };
  folder.write("README.md", "mine\n");
  refused();
  folder.run("add README.md");
  refused();
  folder.write("README.md", "old\n");
  refused();
  folder.run("reset --quiet");
  shell("rm " + folder / "README.md");
  refused();
}

TEST_CASE("a file that holds what is to be written already is no hindrance") {
  const ClubFolder folder;
  folder.write("papers/a.yaml", "a\n");
  CHECK(folder.put("papers/a.yaml", "a\n").commit);
  CHECK(folder.status() == "");
  folder.write("papers/b.yaml", "other\n");
  CHECK(refusal(folder.path(), adds("papers/b.yaml", "b\n")).kind() == ErrorKind::unacceptable);
}

TEST_CASE("what somebody changes after us stays when a write is taken back, and is told") {
  const ClubFolder folder;
  const auto repository = git::Repository::discover(folder.path());
  REQUIRE(repository);
  git::ObjectWriter objects(*repository);
  const git::ObjectId blob = objects.write_blob("ours\n");
  const auto readme =
      repository->find_entry(repository->tree_of(*repository->head().commit), "README.md");
  REQUIRE(readme);
  auto index = git::Index::lock(*repository);
  REQUIRE(index);
  {
    club::Checkout checkout(*repository, std::move(*index),
                            {{"new.yaml", std::nullopt, blob, "ours\n"},
                             {"other.yaml", std::nullopt, blob, "ours\n"},
                             {"README.md", readme->id, blob, "ours\n"}});
    checkout.refuse_dirty();
    checkout.apply();
    CHECK(folder.read("README.md") == "ours\n");
    folder.write("new.yaml", "theirs\n");
    CHECK(checkout.undo().made == std::vector<std::string>{"new.yaml"});
  }
  CHECK(folder.read("new.yaml") == "theirs\n");
  CHECK(folder.read("README.md") == "old\n");
  CHECK(folder.status() == "?? new.yaml");
}

TEST_CASE("a lost race is run again on what is there now") {
  const ClubFolder folder;
  int calls = 0;
  const Planner planner = [&](const club::FileTree& files) {
    if (++calls == 1) by_git(folder, "papers/faster.yaml");
    const bool seen = files.kind_of("papers/faster.yaml").has_value();
    return Plan{{{"papers/slower.yaml", seen ? "second\n" : "first\n"}}, "add slower", {}};
  };
  CHECK(club::write_commit(folder.path(), "", writer(), planner).commit);
  CHECK(calls == 2);
  CHECK(folder.run("show HEAD:papers/slower.yaml") == "second");
  CHECK(folder.run("show HEAD:papers/faster.yaml") == "f");
  CHECK(folder.run("rev-list --count HEAD") == "3");
  CHECK(folder.status() == "");
}

TEST_CASE("a race that is lost each time ends, and nothing is written") {
  const ClubFolder folder;
  int calls = 0;
  std::size_t waited = 0;
  WriteOptions options = writer();
  options.wait = [&waited](std::size_t attempt) { waited = std::max(waited, attempt); };
  const Planner planner = [&](const club::FileTree&) {
    by_git(folder, "papers/n" + std::to_string(++calls) + ".yaml");
    return Plan{{{"papers/slower.yaml", "s\n"}}, "add slower", {}};
  };
  CHECK_THROWS_AS(club::write_commit(folder.path(), "", options, planner), Error);
  CHECK(calls > 5);
  CHECK(waited == static_cast<std::size_t>(calls) - 1);
  CHECK(folder.status() == "");
  CHECK(folder.run("ls-tree HEAD papers/slower.yaml") == "");
}

TEST_CASE("a lock that stays is named with its age and never removed") {
  const ClubFolder folder;
  for (const char* lock : {".git/index.lock", ".git/refs/heads/main.lock"}) {
    CAPTURE(lock);
    folder.write(lock, "");
    const Error error = refusal(folder.path(), adds("papers/a.yaml", "a\n"));
    CHECK(error.kind() == ErrorKind::repository);
    CHECK(error.message().find(folder / lock) != std::string::npos);
    CHECK(error.message().find(" old") != std::string::npos);
    CHECK(folder.read(lock).empty());
    shell("rm " + folder / lock);
    CHECK(folder.status() == "");
  }
}

TEST_CASE("HEAD on no branch and a merge under way are refused with the remedy") {
  const ClubFolder folder;
  folder.run("checkout --quiet --detach");
  const Error detached = refusal(folder.path(), adds("papers/a.yaml", "a\n"));
  CHECK(detached.kind() == ErrorKind::repository);
  CHECK(detached.hints()[0].find("git switch") != std::string::npos);
  folder.run("checkout --quiet main");
  folder.write(".git/MERGE_HEAD", folder.run("rev-parse HEAD") + "\n");
  const Error merging = refusal(folder.path(), adds("papers/a.yaml", "a\n"));
  CHECK(merging.message() == "a merge is under way in this working tree");
}

TEST_CASE("a folder that takes no file leaves all as it was") {
  const ClubFolder folder;
  folder.write("papers", "a file in the way\n");
  const Error error = refusal(folder.path(), adds("papers/a.yaml", "a\n"));
  CHECK(error.kind() != ErrorKind::usage);
  CHECK(folder.read("papers") == "a file in the way\n");
  CHECK(folder.run("rev-list --count HEAD") == "1");
  check_whole(folder);
}

TEST_CASE("only plain paths are written") {
  for (const char* path :
       {"club.yaml", "papers/a-b.yaml", "README.md", ".github/workflows/x.yml", "votes/r1/ada.yaml",
        "papers/a/Figure 1 (left).png", "papers/a/caf\xc3\xa9.png"}) {
    CAPTURE(path);
    CHECK_FALSE(club::path_problem(path));
  }
  for (const char* path :
       {"",         "/abs", "a//b", "../x",  "a/../b",          ".git/config",   ".hidden",
        "a/.git/x", "-x",   "a\\b", "a:b",   "papers/con.yaml", "papers/NUL.md", "x.",
        "a\nb",     " a",   "a ",   "a\xff", "git~1",           "a$(b)",         "a\u202eb",
        "papers/"}) {
    CAPTURE(path);
    CHECK(club::path_problem(path));
    const ClubFolder folder;
    CHECK(refusal(folder.path(), adds(path, "x")).kind() == ErrorKind::usage);
  }
}

TEST_CASE("a person who cannot stand in a commit is told why") {
  CHECK_FALSE(git::person_problem({"Ada", "ada@example.org", 0, 0}));
  CHECK(git::person_problem({"", "ada@example.org", 0, 0}) == "is empty");
  CHECK(git::person_problem({"A <b>", "ada@example.org", 0, 0}));
  CHECK(git::person_problem({"Ada", "a\nb", 0, 0}));
}

}  // namespace paperclub::tests

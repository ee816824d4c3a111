#include "lib/club/overlay.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/club/club_repository.hpp"
#include "tests/unit/club/fake_tree.hpp"

namespace paperclub::tests {
namespace {

using club::Change;

std::vector<std::string> paths(const std::vector<club::TreeFile>& files) {
  std::vector<std::string> names;
  for (const club::TreeFile& file : files)
    names.push_back(file.path);
  return names;
}

class TwoPapers : public FakeTree {
 public:
  TwoPapers() {
    put("club.yaml", "format: 1\n");
    put("papers/a.yaml", "title: A\n");
    put("papers/c.yaml", "title: C\n");
  }
};

}  // namespace

TEST_CASE("changed files read as they will be, and the others as they are") {
  const TwoPapers tree;
  const std::vector<Change> changes{
      {"papers/a.yaml", "new\n"}, {"papers/b.yaml", "b\n"}, {"papers/c.yaml", std::nullopt}};
  const auto files = club::with_changes(tree, changes);
  CHECK(files->read("papers/a.yaml", 100).bytes == "new\n");
  CHECK(files->read("papers/b.yaml", 100).bytes == "b\n");
  CHECK(files->read("papers/b.yaml", 1).status == os::ReadStatus::too_large);
  CHECK(files->read("papers/c.yaml", 100).status == os::ReadStatus::missing);
  CHECK(files->read("club.yaml", 100).bytes == "format: 1\n");
  CHECK(files->kind_of("papers/b.yaml") == os::FileKind::regular);
  CHECK_FALSE(files->kind_of("papers/c.yaml"));
  CHECK(files->kind_of("club.yaml") == os::FileKind::regular);
}

TEST_CASE("a folder is there as long as a file is in it") {
  TwoPapers tree;
  tree.put("papers/a/x.png", "png");
  tree.put("papers/c/x.png", "png");
  const std::vector<Change> changes{{"papers/a/x.png", std::nullopt},
                                    {"papers/b/x.png", "png"},
                                    {"papers/c/x.png", std::nullopt},
                                    {"papers/c/y.png", "png"}};
  const auto files = club::with_changes(tree, changes);
  CHECK_FALSE(files->kind_of("papers/a"));
  CHECK(files->kind_of("papers/b") == os::FileKind::folder);
  CHECK(files->kind_of("papers/c") == os::FileKind::folder);
  CHECK(files->kind_of("papers") == os::FileKind::folder);
  CHECK_FALSE(files->kind_of("paper"));
}

TEST_CASE("lists hold what will be there, sorted") {
  const TwoPapers tree;
  const std::vector<Change> changes{{"papers/b.yaml", "b\n"},
                                    {"papers/c.yaml", std::nullopt},
                                    {"sessions/s0001.yaml", "s\n"},
                                    {"README.md", "r\n"}};
  const auto files = club::with_changes(tree, changes);
  CHECK(paths(files->list("papers")) == std::vector<std::string>{"papers/a.yaml", "papers/b.yaml"});
  CHECK(paths(files->list("sessions")) == std::vector<std::string>{"sessions/s0001.yaml"});
  CHECK(files->list("paper").empty());
  std::vector<std::string> top;
  for (const os::FolderItem& item : files->top())
    top.push_back(item.name);
  CHECK(top == std::vector<std::string>{"README.md", "club.yaml", "papers", "sessions"});
}

TEST_CASE("what differs between two trees reads as the later has it, below one folder") {
  ClubRepository made;
  const auto before = made.commit({}, {{"a/club.yaml", "format: 1\n"},
                                       {"a/papers/gone.yaml", "gone\n"},
                                       {"a/papers/kept.yaml", "kept\n"},
                                       {"a/sessions/s0001.yaml", "s\n"},
                                       {"b/papers/other.yaml", "other\n"}});
  const auto after = made.commit({before}, {{"a/papers/gone.yaml", std::nullopt},
                                            {"a/papers/new.yaml", "new\n"},
                                            {"a/papers/link.yaml", "new.yaml", kLink},
                                            {"a/sessions/s0001.yaml", std::nullopt},
                                            {"a/members", "no folder\n"},
                                            {"b/papers/more.yaml", "more\n"}});
  const git::Repository& repository = made.repository();
  const auto differences =
      git::compare_trees(repository, repository.tree_of(before), repository.tree_of(after));
  const auto below = club::commit_tree(git::Repository::open(made.path()), before, "a");
  const auto files =
      club::with_differences(*below, git::Repository::open(made.path()), differences, "a");
  CHECK(paths(files->list("papers")) ==
        std::vector<std::string>{"papers/kept.yaml", "papers/link.yaml", "papers/new.yaml"});
  CHECK(files->read("papers/new.yaml", 4).bytes == "new\n");
  CHECK(files->read("papers/new.yaml", 3).status == os::ReadStatus::too_large);
  CHECK(files->read("papers/gone.yaml", 9).status == os::ReadStatus::missing);
  CHECK(files->read("papers/link.yaml", 9).status == os::ReadStatus::not_regular);
  CHECK(files->kind_of("papers/link.yaml") == os::FileKind::link);
  CHECK(files->read("papers/kept.yaml", 9).bytes == "kept\n");
  CHECK_FALSE(files->kind_of("sessions"));
  CHECK(paths(files->list("members")) == std::vector<std::string>{"members"});
  CHECK(files->kind_of("members") == os::FileKind::regular);
}

TEST_CASE("a club that comes is made on no files") {
  const auto nothing = club::no_files();
  CHECK(nothing->top().empty());
  CHECK(nothing->list("papers").empty());
  CHECK_FALSE(nothing->kind_of("club.yaml"));
  CHECK(nothing->read("club.yaml", 9).status == os::ReadStatus::missing);
  const std::vector<Change> changes{{"club.yaml", "format: 1\n"}};
  const auto files = club::with_changes(*nothing, changes);
  CHECK(files->top().size() == 1);
  CHECK(files->read("club.yaml", 99).bytes == "format: 1\n");
}

TEST_CASE("a file may take a folder's place, and a folder a file's") {
  const TwoPapers tree;
  const std::vector<Change> changes{{"club.yaml", std::nullopt},
                                    {"club.yaml/x", "x\n"},
                                    {"papers", "none\n"},
                                    {"papers/a.yaml", std::nullopt},
                                    {"papers/c.yaml", std::nullopt}};
  const auto files = club::with_changes(tree, changes);
  CHECK(files->kind_of("club.yaml") == os::FileKind::folder);
  CHECK(files->kind_of("papers") == os::FileKind::regular);
  CHECK(paths(files->list("papers")) == std::vector<std::string>{"papers"});
  CHECK(paths(files->list("club.yaml")) == std::vector<std::string>{"club.yaml/x"});
}

TEST_CASE("a club with changes on top is the club that has them") {
  ClubRepository made;
  const auto before = made.commit({}, {{"club.yaml", "format: 1\n"},
                                       {"Sessions/s0001.yaml", "s\n"},
                                       {"papers/a.yaml", "a\n"},
                                       {"papers/.hidden", "h\n"},
                                       {"papers/a/x.png", "x\n"}});
  const auto after = made.commit({before}, {{"Sessions/s0001.yaml", std::nullopt},
                                            {"sessions/s0001.yaml", "s\n"},
                                            {"papers/a/x.png", std::nullopt},
                                            {"papers/b/x.png", "x\n"},
                                            {"papers/.more", "m\n"},
                                            {"votes/.gitkeep", ""},
                                            {"club.yaml", "a.yaml", kLink}});
  const git::Repository& repository = made.repository();
  const auto differences =
      git::compare_trees(repository, repository.tree_of(before), repository.tree_of(after));
  const auto below = club::commit_tree(git::Repository::open(made.path()), before, "");
  const auto laid =
      club::with_differences(*below, git::Repository::open(made.path()), differences, "");
  const auto whole = club::commit_tree(git::Repository::open(made.path()), after, "");
  const auto names = [](const club::FileTree& files) {
    std::vector<std::string> items;
    for (const os::FolderItem& item : files.top())
      items.push_back(item.name + (item.kind == os::FileKind::folder ? "/" : ""));
    return items;
  };
  CHECK(names(*laid) == names(*whole));
  for (const char* folder : {"papers", "sessions", "Sessions", "votes", "members", "club.yaml"}) {
    CAPTURE(folder);
    CHECK(paths(laid->list(folder)) == paths(whole->list(folder)));
    CHECK(laid->kind_of(folder) == whole->kind_of(folder));
  }
}

}  // namespace paperclub::tests

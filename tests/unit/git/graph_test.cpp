#include "lib/git/graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"
#include "tests/unit/git/git_folder.hpp"

namespace paperclub::tests {
namespace {

using git::CommitGraph;
using git::ObjectId;

// A repository whose commits are made without a working tree, on parents of any number.
class History : public GitFolder {
 public:
  History() : tree_(git("hash-object -t tree -w /dev/null")) {}

  ObjectId add(const std::vector<ObjectId>& parents = {}, const std::string& message = "x") const {
    std::string on;
    for (const ObjectId& parent : parents)
      on += " -p " + parent.hex();
    return ObjectId::parse(git("commit-tree " + tree_ + on + " -m '" + message + "'")).value();
  }
  CommitGraph load(const ObjectId& tip) const { return CommitGraph::load(open(), tip); }

 private:
  std::string tree_;
};

std::size_t place_of(const CommitGraph& graph, const ObjectId& id) {
  for (std::size_t place = 0; place < graph.size(); ++place)
    if (graph.node(place).id == id) return place;
  FAIL("the commit is not in the graph");
  return 0;
}

std::set<ObjectId> ancestry(const CommitGraph& graph, const ObjectId& id) {
  const std::vector<bool> marked = graph.ancestry_of(place_of(graph, id));
  REQUIRE(marked.size() == graph.size());
  std::set<ObjectId> all;
  for (std::size_t place = 0; place < graph.size(); ++place)
    if (marked[place]) all.insert(graph.node(place).id);
  return all;
}

// Returns the first commit whose parents do not all stand before it, or the size.
std::size_t first_out_of_order(const CommitGraph& graph) {
  std::size_t place = 0;
  while (place < graph.size() &&
         std::all_of(graph.node(place).parents.begin(), graph.node(place).parents.end(),
                     [&](std::size_t parent) { return parent < place; }))
    ++place;
  return place;
}

}  // namespace

TEST_CASE("a first commit is a graph of its own") {
  const History history;
  const ObjectId only = history.add();
  const CommitGraph graph = history.load(only);
  REQUIRE(graph.size() == 1);
  CHECK(graph.tip() == 0);
  CHECK(graph.node(0).id == only);
  CHECK(graph.node(0).parents.empty());
  CHECK(graph.ancestry_of(0) == std::vector<bool>{true});
}

TEST_CASE("a commit in the graph has its tree, author and committer") {
  const GitFolder folder;
  folder.write("a", "1\n");
  folder.git("add a");
  folder.git("commit --quiet --message x --author 'Ben <ben@example.org>'");
  const git::Repository repository = folder.open();
  const CommitGraph graph = CommitGraph::load(repository, folder.id("HEAD"));
  CHECK(graph.node(0).tree == folder.id("HEAD^{tree}"));
  CHECK(graph.node(0).author.name == "Ben");
  CHECK(graph.node(0).author.email == "ben@example.org");
  CHECK(graph.node(0).committer.email == "ada@example.org");
}

TEST_CASE("only what the commit stands on is in the graph, and it is the last") {
  const History history;
  const ObjectId root = history.add();
  const ObjectId left = history.add({root}, "left");
  const ObjectId right = history.add({root}, "right");
  const CommitGraph graph = history.load(left);
  CHECK(graph.size() == 2);
  CHECK(graph.node(graph.tip()).id == left);
  CHECK(history.load(right).node(1).id == right);
}

TEST_CASE("a merge stands on both sides, and neither side on the other") {
  const History history;
  const ObjectId root = history.add();
  const ObjectId left = history.add({root}, "left");
  const ObjectId right = history.add({root}, "right");
  const ObjectId merge = history.add({left, right}, "merge");
  const CommitGraph graph = history.load(merge);
  CHECK(graph.size() == 4);
  CHECK(ancestry(graph, root) == std::set{root});
  CHECK(ancestry(graph, left) == std::set{root, left});
  CHECK(ancestry(graph, right) == std::set{root, right});
  CHECK(ancestry(graph, merge) == std::set{root, left, right, merge});
}

TEST_CASE("parents keep their order, whichever was made or read first") {
  const History history;
  const ObjectId root = history.add();
  const ObjectId left = history.add({root}, "left");
  const ObjectId right = history.add({left}, "right");
  for (const auto& parents : {std::vector{left, right}, std::vector{right, left}}) {
    const CommitGraph graph = history.load(history.add(parents, "merge"));
    std::vector<ObjectId> told;
    for (const std::size_t place : graph.node(graph.tip()).parents)
      told.push_back(graph.node(place).id);
    CHECK(told == parents);
  }
}

TEST_CASE("histories without a common beginning are one graph where they were merged") {
  const History history;
  const ObjectId one = history.add({}, "one");
  const ObjectId other = history.add({}, "other");
  const CommitGraph graph = history.load(history.add({one, other}));
  CHECK(graph.size() == 3);
  CHECK(ancestry(graph, one) == std::set{one});
  CHECK(ancestry(graph, other) == std::set{other});
}

TEST_CASE("in any history parents stand before children and ancestry is that of the parents") {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const History history;
    std::vector<ObjectId> commits;
    std::map<ObjectId, std::set<ObjectId>> expected;
    for (int i = 0; i < 25; ++i) {
      std::set<ObjectId> parents;
      for (std::size_t n = random.below(4); n > 0 && !commits.empty(); --n)
        parents.insert(random.pick(commits));
      if (i == 24) parents.insert(commits.begin(), commits.end());
      commits.push_back(history.add({parents.begin(), parents.end()}, fmt::format("{}", i)));
      std::set<ObjectId>& own = expected[commits.back()];
      own.insert(commits.back());
      for (const ObjectId& parent : parents)
        own.insert(expected[parent].begin(), expected[parent].end());
    }
    const CommitGraph graph = history.load(commits.back());
    CHECK(graph.size() == commits.size());
    CHECK(first_out_of_order(graph) == graph.size());
    for (const ObjectId& commit : commits)
      CHECK(ancestry(graph, commit) == expected[commit]);
  }
}

TEST_CASE("a long history is read, with dates that run backwards") {
  const GitFolder folder;
  constexpr int kCommits = 20'000;
  std::string stream;
  for (int i = 1; i <= kCommits; ++i)
    stream += fmt::format("commit refs/heads/main\ncommitter a <a@x> {} +0000\ndata 1\nx\n",
                          1'700'000'000 - i * 60);
  folder.write("stream", stream);
  folder.git("fast-import --quiet < " + (folder / "stream"));
  const CommitGraph graph = CommitGraph::load(folder.open(), folder.id("main"));
  REQUIRE(graph.size() == kCommits);
  CHECK(first_out_of_order(graph) == graph.size());
  CHECK(graph.node(0).committer.seconds == 1'700'000'000 - 60);
  const std::vector<bool> half = graph.ancestry_of(kCommits / 2);
  CHECK(std::count(half.begin(), half.end(), true) == kCommits / 2 + 1);
}

TEST_CASE("a part of the history is refused with the remedy") {
  const History history;
  history.git("update-ref refs/heads/main " + history.add({history.add()}).hex());
  const TempFolder clone;
  shell("git clone --quiet --depth 1 file://" + history.path() + " " + (clone / "part"));
  const git::Repository repository = git::Repository::open(clone / "part");
  try {
    CommitGraph::load(repository, repository.resolve_commit("HEAD"));
    FAIL("it was read");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::damaged);
    CHECK(error.hints() == std::vector<std::string>{"fetch the rest with 'git fetch --unshallow'"});
  }
}

TEST_CASE("a history of which a commit is missing is damage") {
  const History history;
  const ObjectId root = history.add();
  const ObjectId tip = history.add({history.add({root}, "middle")}, "tip");
  std::filesystem::remove_all(history / history.object_path(root));
  const std::string told = outcome([&] { history.load(tip); });
  CHECK(told.starts_with("damaged: "));
  CHECK(told.find(root.hex()) != told.npos);
}

}  // namespace paperclub::tests

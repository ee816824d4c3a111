// Repositories whose objects are elsewhere or incomplete: alternates, shallow and partial clones.
#include <filesystem>

#include "lib/base/error.hpp"
#include "lib/git/graph.hpp"
#include "lib/git/repository.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/git/git_folder.hpp"

using namespace paperclub;
using git::ObjectId;
using git::Repository;
using tests::GitFolder;
using tests::TempFolder;

namespace {

bool is_damage(const std::string& outcome) { return outcome.starts_with("damaged: "); }

// How opening the repository at `folder` and reading all of HEAD ends.
std::string reading(const std::string& folder) {
  return tests::bounded_outcome([&folder] {
    const auto repository = Repository::discover(folder);
    if (!repository) throw Error{ErrorKind::usage, "none"};
    tests::read_everything(*repository, repository->resolve_commit("HEAD"));
  });
}

void truncate_object(const GitFolder& folder, const ObjectId& id) {
  const std::string whole = folder.read(folder.object_path(id));
  folder.put_object(id, whole.substr(0, whole.size() / 2));
}

}  // namespace

TEST_CASE("objects that a clone shares with another repository are read") {
  const GitFolder origin;
  origin.write("a", "shared");
  const ObjectId commit = origin.commit();
  const TempFolder folder;
  tests::shell("git clone -q --shared " + origin.path() + " " + folder / "clone");
  REQUIRE(folder.read("clone/.git/objects/info/alternates").find(origin.path()) == 0);
  const auto repository = Repository::discover(folder / "clone");
  CHECK(repository->resolve_commit("HEAD") == commit);
  CHECK(tests::read_everything(*repository, commit).find("shared") != std::string::npos);
}

TEST_CASE("a damaged loose object is damage when it is shared too") {
  const GitFolder origin;
  origin.write("a", "shared");
  origin.commit();
  const TempFolder folder;
  tests::shell("git clone -q --shared " + origin.path() + " " + folder / "one");
  tests::shell("git clone -q --shared " + folder / "one" + " " + folder / "two");
  CHECK(reading(folder / "two") == "ok");
  truncate_object(origin, origin.id("HEAD:a"));
  CHECK(is_damage(reading(folder / "one")));
  CHECK(is_damage(reading(folder / "two")));
}

TEST_CASE("a shared folder of objects may be named by a relative path") {
  const GitFolder origin;
  origin.write("a", "shared");
  const ObjectId commit = origin.commit();
  const TempFolder folder;
  tests::shell("cd " + folder.path() + " && git init -q -b main clone");
  const auto relative =
      std::filesystem::relative(origin / ".git/objects", folder / "clone/.git/objects");
  folder.write("clone/.git/objects/info/alternates", "# where\n\n" + relative.string() + "\n");
  folder.write("clone/.git/refs/heads/main", commit.hex() + "\n");
  CHECK(reading(folder / "clone") == "ok");
  truncate_object(origin, origin.id("HEAD:a"));
  CHECK(is_damage(reading(folder / "clone")));
}

TEST_CASE("a damaged loose object is damage in the last of many shared folders too") {
  const GitFolder folder;
  folder.write("a", "shared");
  folder.commit();
  const ObjectId blob = folder.id("HEAD:a");
  std::string alternates;
  for (int i = 0; i < 40; ++i) {
    const std::string name = "shared" + std::to_string(i);
    std::filesystem::create_directories(folder / name);
    alternates += folder / name + "\n";
  }
  const std::string whole = folder.read(folder.object_path(blob));
  std::filesystem::remove(folder / folder.object_path(blob));
  folder.write("shared39/" + blob.hex().substr(0, 2) + "/" + blob.hex().substr(2),
               whole.substr(0, 15));
  folder.write(".git/objects/info/alternates", alternates);
  CHECK(is_damage(reading(folder.path())));
}

TEST_CASE("shared folders may name each other, or be gone") {
  const GitFolder one;
  const GitFolder two;
  one.write("a", "x");
  one.commit();
  two.write("b", "x");
  two.commit();
  one.write(".git/objects/info/alternates",
            two / ".git/objects\n" + one / ".git/objects\n" + "/nowhere\n");
  two.write(".git/objects/info/alternates", one / ".git/objects\n");
  CHECK(reading(one.path()) == "ok");
  CHECK(reading(two.path()) == "ok");
}

TEST_CASE(
    "a list of shared folders that is garbage does not keep the repository's own objects away") {
  const GitFolder folder;
  folder.write("a", "x");
  folder.commit();
  for (const std::string& text :
       {std::string(50000, 'x'), std::string("\0\xff\n", 3), std::string("\n\n\n"),
        std::string("/dev/null\n"), folder / "a\n", std::string("/dev\n")}) {
    CAPTURE(text.substr(0, 50));
    folder.write(".git/objects/info/alternates", text);
    CHECK(reading(folder.path()) == "ok");
  }
}

TEST_CASE("in a shallow clone what was cut off is named, with the remedy") {
  const GitFolder origin;
  origin.write("a", "1");
  const ObjectId first = origin.commit();
  origin.write("a", "2");
  const ObjectId second = origin.commit();
  const TempFolder folder;
  tests::shell("git clone -q --depth 1 file://" + origin.path() + " " + folder / "clone");
  const auto repository = Repository::discover(folder / "clone");
  REQUIRE(repository);
  CHECK(repository->is_shallow());
  CHECK(repository->resolve_commit("HEAD") == second);
  CHECK(reading(folder / "clone") == "ok");
  const auto hint_of = [](const std::function<void()>& work) {
    try {
      work();
    } catch (const Error& error) {
      return error.hints().empty() ? std::string() : error.hints().front();
    }
    return std::string("it was read");
  };
  const std::string remedy = "this clone is shallow; fetch the rest with 'git fetch --unshallow'";
  CHECK(hint_of([&] { repository->resolve_commit("HEAD~1"); }) == remedy);
  CHECK(hint_of([&] { repository->resolve_commit(first.hex()); }) == remedy);
  CHECK(hint_of([&] { repository->tree_of(first); }) == remedy);
  CHECK(repository->is_cut_off(second));
  CHECK_FALSE(repository->is_cut_off(first));
  CHECK_THROWS_AS(git::stands_on(*repository, second, ObjectId(ObjectId::Bytes{})), Error);
  CHECK_FALSE(git::stands_on(*repository, second, ObjectId(ObjectId::Bytes{}), git::AtCut::end));
  CHECK(is_damage(tests::outcome([&] { repository->tree_of(first); })));
}

TEST_CASE("a partial clone is refused at once, or at the first object that it lacks") {
  const GitFolder origin;
  origin.write("a", "1");
  origin.commit();
  origin.git("config uploadpack.allowFilter true");
  const TempFolder folder;
  tests::shell("git clone -q --no-checkout --filter=blob:none file://" + origin.path() + " " +
               folder / "clone");
  const std::string said = reading(folder / "clone");
  CAPTURE(said);
  CHECK((is_damage(said) || said.starts_with("repository: ")));
}

TEST_CASE("a submodule's folder is a repository of its own") {
  const GitFolder origin;
  origin.write("a", "inner");
  const ObjectId inner = origin.commit();
  const GitFolder outer;
  outer.write("b", "outer");
  outer.commit();
  outer.git("-c protocol.file.allow=always submodule --quiet add " + origin.path() + " module");
  const auto repository = Repository::discover(outer / "module");
  REQUIRE(repository);
  CHECK(repository->working_folder() == outer / "module");
  CHECK(repository->resolve_commit("HEAD") == inner);
}

TEST_CASE("one repository may be open several times, and moved") {
  const GitFolder folder;
  folder.write("a", "x");
  const ObjectId commit = folder.commit();
  Repository first = folder.open();
  const Repository second = folder.open();
  Repository third = std::move(first);
  first = std::move(third);
  CHECK(first.resolve_commit("HEAD") == commit);
  CHECK(second.resolve_commit("HEAD") == commit);
}

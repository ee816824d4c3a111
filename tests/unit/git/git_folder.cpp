#include "tests/unit/git/git_folder.hpp"

#include <git2.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include "lib/base/error.hpp"
#include "lib/git/library.hpp"
#include "tests/support/catch.hpp"

namespace paperclub::tests {
namespace {

constexpr std::size_t kMaxBytes = 1000000;

// An empty home for git and libgit2, fixed names and dates; set before the first test runs.
class Surroundings {
 public:
  Surroundings() {
    for (const auto& [name, value] :
         {std::pair<const char*, const char*>{"HOME", home_.path().c_str()},
          {"XDG_CONFIG_HOME", home_.path().c_str()},
          {"GIT_CONFIG_GLOBAL", "/dev/null"},
          {"GIT_CONFIG_NOSYSTEM", "1"},
          {"GIT_AUTHOR_NAME", "ada"},
          {"GIT_AUTHOR_EMAIL", "ada@example.org"},
          {"GIT_AUTHOR_DATE", "2024-02-16T12:00:00Z"},
          {"GIT_COMMITTER_NAME", "ada"},
          {"GIT_COMMITTER_EMAIL", "ada@example.org"},
          {"GIT_COMMITTER_DATE", "2024-02-16T12:00:00Z"},
          {"TZ", "UTC"},
          {"LC_ALL", "C.UTF-8"}}) {
      ::setenv(name, value, 1);
    }
    for (const char* name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
                             "GIT_CEILING_DIRECTORIES", "SUDO_UID"}) {
      ::unsetenv(name);
    }
    git::start_library();
    for (const int level :
         {GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL}) {
      git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, home_.path().c_str());
    }
  }

 private:
  TempFolder home_;
};

const Surroundings kSurroundings;

const char* kind_name(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage: return "usage";
    case ErrorKind::not_a_club: return "not_a_club";
    case ErrorKind::io: return "io";
    case ErrorKind::repository: return "repository";
    case ErrorKind::damaged: return "damaged";
    case ErrorKind::limit: return "limit";
    case ErrorKind::unacceptable: return "unacceptable";
  }
  return "?";
}

void read_tree(const git::Repository& repository, const git::ObjectId& tree, std::string& out) {
  for (const git::TreeEntry& entry : repository.list_tree(tree)) {
    out += entry.name + " " + entry.id.hex() + "\n";
    if (entry.kind == git::EntryKind::folder) read_tree(repository, entry.id, out);
    if (entry.kind != git::EntryKind::file) continue;
    out += repository.read_blob(entry.id, kMaxBytes).value() + "\n";
  }
}

}  // namespace

GitFolder::GitFolder(const std::string& options) { git("init -q -b main " + options); }

std::string GitFolder::git(const std::string& arguments) const {
  std::string printed = shell("git -C " + path() + " " + arguments);
  if (!printed.empty() && printed.back() == '\n') printed.pop_back();
  return printed;
}

git::ObjectId GitFolder::commit() const {
  git("add -A");
  git("commit -q --allow-empty -m change");
  return id("HEAD");
}

git::ObjectId GitFolder::id(const std::string& revision) const {
  return git::ObjectId::parse(git("rev-parse --verify '" + revision + "'")).value();
}

git::Repository GitFolder::open() const { return git::Repository::discover(path()).value(); }

std::string GitFolder::object_path(const git::ObjectId& id) const {
  return ".git/objects/" + id.hex().substr(0, 2) + "/" + id.hex().substr(2);
}

void GitFolder::put_object(const git::ObjectId& id, std::string_view bytes) const {
  std::filesystem::remove_all(*this / object_path(id));  // git makes them read-only
  write(object_path(id), bytes);
}

std::string listing(const std::string& folder) {
  return shell("find " + folder + " -printf '%P %y %m %U %s %T@ %C@\\n' | sort");
}

std::string deflated(std::string_view content) {
  uLongf size = ::compressBound(content.size());
  std::string out(size, '\0');
  const auto* bytes = reinterpret_cast<const Bytef*>(content.data());
  if (::compress(reinterpret_cast<Bytef*>(out.data()), &size, bytes, content.size()) != Z_OK) {
    throw std::runtime_error("compress failed");
  }
  out.resize(size);
  return out;
}

std::string outcome(const std::function<void()>& work) {
  try {
    work();
    return "ok";
  } catch (const Error& error) {
    return std::string(kind_name(error.kind())) + ": " + error.message();
  } catch (const std::exception& error) {
    return std::string("exception: ") + error.what();
  }
}

std::string bounded_outcome(const std::function<void()>& work) {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    std::signal(SIGALRM, SIG_DFL);
    ::alarm(10);
    const std::string said = outcome(work);
    const ssize_t wrote = ::write(ends[1], said.data(), said.size());
    ::_exit(wrote < 0 ? 1 : 0);
  }
  ::close(ends[1]);
  std::string said;
  std::array<char, 4096> buffer{};
  for (ssize_t got = 1; got > 0;) {
    got = ::read(ends[0], buffer.data(), buffer.size());
    if (got > 0) said.append(buffer.data(), static_cast<std::size_t>(got));
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) {
    return WTERMSIG(status) == SIGALRM ? "too slow" : "signal " + std::to_string(WTERMSIG(status));
  }
  return said;
}

std::string read_everything(const git::Repository& repository, const git::ObjectId& commit) {
  std::string out;
  read_tree(repository, repository.tree_of(commit), out);
  return out;
}

}  // namespace paperclub::tests

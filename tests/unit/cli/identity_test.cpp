#include "cli/identity.hpp"

#include <optional>

#include "tests/support/catch.hpp"
#include "tests/support/temp_folder.hpp"

namespace paperclub::tests {
namespace {

using cli::Environment;

// A home with a configuration, and a repository in it.
class Home {
 public:
  explicit Home(const std::string& config) {
    home_.write(".gitconfig", config);
    home_.write("club/.git/HEAD", "ref: refs/heads/main\n");
    home_.write("club/.git/objects/info/.keep", "");
    home_.write("club/.git/refs/.keep", "");
  }

  void write(const std::string& path, const std::string& text) const { home_.write(path, text); }

  // Who writes in the club, with more variables set.
  cli::Identity identity(std::vector<std::string> variables = {}) const {
    Environment environment;
    variables.push_back("HOME=" + home_.path());
    variables.emplace_back("GIT_CONFIG_NOSYSTEM=1");
    variables.emplace_back("SOURCE_DATE_EPOCH=1700000000");
    environment.variables = std::move(variables);
    const auto repository = git::Repository::discover(home_.path() + "/club");
    return cli::identity_of(environment, cli::read_git_config(environment, &*repository));
  }

  std::string email(std::vector<std::string> variables = {}) const {
    return identity(std::move(variables)).author.email;
  }

 private:
  TempFolder home_;
};

constexpr const char* kAda = "[user]\n name = Ada\n email = ada@example.org\n";

}  // namespace

TEST_CASE("a person is named by the configuration of the home, and by that of the repository") {
  const Home home(kAda);
  CHECK(home.identity().author.name == "Ada");
  CHECK(home.email() == "ada@example.org");
  home.write("club/.git/config", "[user]\n email = ada@club.example\n");
  CHECK(home.identity().author.name == "Ada");
  CHECK(home.email() == "ada@club.example");
}

TEST_CASE("a conditional include counts where the repository lies in its folder, and only there") {
  const Home home(std::string(kAda) + "[includeIf \"gitdir:./club/\"]\n path = work.config\n");
  home.write("work.config", "[user]\n email = ada@work.example\n");
  CHECK(home.email() == "ada@work.example");
  const Home other(std::string(kAda) +
                   "[includeIf \"gitdir:./elsewhere/\"]\n path = work.config\n");
  other.write("work.config", "[user]\n email = ada@work.example\n");
  CHECK(other.email() == "ada@example.org");
}

TEST_CASE("author and committer may have sections of their own") {
  const Home home(std::string(kAda) + "[author]\n email = writes@example.org\n" +
                  "[committer]\n name = The Bot\n email = bot@example.org\n");
  const cli::Identity both = home.identity();
  CHECK(both.author.name == "Ada");
  CHECK(both.author.email == "writes@example.org");
  CHECK(both.committer.name == "The Bot");
  CHECK(both.committer.email == "bot@example.org");
}

TEST_CASE("variables win over every file, and each of the two persons has its own") {
  const Home home(kAda);
  const cli::Identity both =
      home.identity({"GIT_AUTHOR_EMAIL=x@example.org", "GIT_COMMITTER_NAME=Someone",
                     "GIT_AUTHOR_DATE=1600000000 +0200"});
  CHECK(both.author.email == "x@example.org");
  CHECK(both.author.name == "Ada");
  CHECK(both.author.seconds == 1600000000);
  CHECK(both.author.offset_minutes == 120);
  CHECK(both.committer.name == "Someone");
  CHECK(both.committer.email == "ada@example.org");
  CHECK(both.committer.seconds == 1700000000);
}

TEST_CASE("what git was told for one run counts: by numbered variables and by -c") {
  const Home home(kAda);
  CHECK(home.email({"GIT_CONFIG_COUNT=2", "GIT_CONFIG_KEY_0=User.Email",
                    "GIT_CONFIG_VALUE_0=first@example.org", "GIT_CONFIG_KEY_1=user.email",
                    "GIT_CONFIG_VALUE_1=last@example.org"}) == "last@example.org");
  CHECK(home.email({"GIT_CONFIG_PARAMETERS='user.email'='c@example.org'"}) == "c@example.org");
  CHECK(home.email({"GIT_CONFIG_PARAMETERS='a.b=c d' 'user.email=old@example.org'"}) ==
        "old@example.org");
  CHECK(home.identity({"GIT_CONFIG_PARAMETERS='user.name'='O'\\''Hara'"}).author.name == "O'Hara");
  CHECK(home.email({"GIT_CONFIG_COUNT=9"}) == "ada@example.org");
}

TEST_CASE("EMAIL helps where nothing else says an address, and an address is never guessed") {
  const Home home("[user]\n name = Ada\n");
  CHECK(home.email({"EMAIL=ada@mail.example"}) == "ada@mail.example");
  CHECK(Home(kAda).email({"EMAIL=ada@mail.example"}) == "ada@example.org");
  CHECK_THROWS_AS(home.email(), Error);
}

TEST_CASE("a name that no commit can hold is refused") {
  const Home home("[user]\n name = A<da\n email = ada@example.org\n");
  CHECK_THROWS_AS(home.email(), Error);
}

TEST_CASE("an include for the sake of a remote's address counts where a remote has it") {
  const Home home(std::string(kAda) +
                  "[includeIf \"hasconfig:remote.*.url:https://forge.example/work/**\"]\n"
                  " path = work.config\n");
  home.write("work.config", "[user]\n email = ada@work.example\n");
  CHECK(home.email() == "ada@example.org");
  home.write("club/.git/config", "[remote \"origin\"]\n url = https://forge.example/play/a/b\n");
  CHECK(home.email() == "ada@example.org");
  home.write("club/.git/config", "[remote \"origin\"]\n url = https://forge.example/work/a/b\n");
  CHECK(home.email() == "ada@work.example");
  CHECK(home.identity().author.name == "Ada");
  home.write("club/.git/config",
             "[remote \"origin\"]\n url = https://forge.example/work/a/b\n"
             "[user]\n email = ada@club.example\n");
  CHECK(home.email() == "ada@club.example");
}

TEST_CASE("a pattern of an address knows one star within a part, and two beyond it") {
  const auto email = [](const std::string& pattern) {
    const Home home(std::string(kAda) + "[includeIf \"hasconfig:remote.*.url:" + pattern +
                    "\"]\n path = ~/work.config\n");
    home.write("work.config", "[user]\n email = work\n");
    home.write("club/.git/config", "[remote \"up\"]\n url = git@forge.example:team/sub/club.git\n");
    return home.email();
  };
  for (const char* yes :
       {"git@forge.example:team/sub/club.git", "git@forge.example:**", "git@*:team/*/club.git",
        "**/club.git", "git@forge.example:team/", "git@forge.example:team/s?b/*"}) {
    CAPTURE(yes);
    CHECK(email(yes) == "work");
  }
  const std::string slow = "**a**a**a**a**a**a**a**a**a**a**a**a**a**a**a**a**a**a**b";
  CHECK(email(slow) == "ada@example.org");  // where each star is tried anew, this never ends
  for (const char* no : {"git@forge.example:*", "git@forge.example:team", "*/club.git", "**/club",
                         "git@forge.example:other/"}) {
    CAPTURE(no);
    CHECK(email(no) == "ada@example.org");
  }
}

}  // namespace paperclub::tests

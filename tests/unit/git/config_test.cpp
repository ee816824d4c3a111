#include "lib/git/config.hpp"

#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_folder.hpp"

namespace paperclub::tests {
namespace {

// What one file of a person says, with overrides on top of it.
class File {
 public:
  explicit File(const std::string& text,
                std::vector<std::pair<std::string, std::string>> overrides = {}) {
    folder_.write("config", text);
    files_.person = {folder_ / "config"};
    files_.overrides = std::move(overrides);
  }

  git::Config config() const { return {files_, nullptr}; }

 private:
  TempFolder folder_;
  git::ConfigFiles files_;
};

}  // namespace

TEST_CASE("a key is yes or no in each of the words that git knows, or not there") {
  const File file(
      "[a]\n one = yes\n two = On\n three = 1\n four\n"
      "[b]\n one = false\n two = off\n three = 0\n four =\n");
  const git::Config config = file.config();
  for (const char* word : {"one", "two", "three", "four"}) {
    CAPTURE(word);
    CHECK(config.truth(std::string("a.") + word) == true);
    CHECK(config.truth(std::string("b.") + word) == false);
    CHECK(config.truth(std::string("A.") + word) == true);
  }
  CHECK(config.truth("a.five") == std::nullopt);
}

TEST_CASE("what is neither yes nor no is refused, with its key") {
  const File file("[a]\n one = maybe\n", {{"a.two", "perhaps"}});
  for (const char* key : {"a.one", "a.two"}) {
    CAPTURE(key);
    try {
      static_cast<void>(file.config().truth(key));
      FAIL("it was taken");
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::repository);
      CHECK(error.message().ends_with(key));
    }
  }
}

TEST_CASE("an override wins over the files, the last one of them") {
  const File file("[a]\n one = yes\n word = file\n",
                  {{"a.one", "yes"}, {"A.One", "no"}, {"a.WORD", "last"}});
  CHECK(file.config().truth("a.one") == false);
  CHECK(file.config().text("a.word") == "last");
}

}  // namespace paperclub::tests

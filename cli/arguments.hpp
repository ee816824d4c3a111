// What a command takes: declared here by the command, read from the command line by the parser.
// Only this file and the parser know the library that does it, which is slow to compile.
#pragma once

#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): that is what it is called
class App;
}

namespace paperclub::cli {

// Whether it may be left out.
enum class Needed { no, yes };

// The arguments and flags of one command.  What is given goes to `target`, which must outlive the
// parse and holds the default; `what` is the line in the help, `type` the word there for the value.
class Arguments {
 public:
  explicit Arguments(CLI::App& app) : app_(app) {}

  // An argument that stands alone, and several.
  void word(const char* name, std::string& target, const char* what, Needed needed = Needed::no);
  void words(const char* name, std::vector<std::string>& target, const char* what,
             Needed needed = Needed::no);

  // A flag without a value; `names` may hold several, parted by commas.
  void flag(const char* names, bool& target, const char* what);
  // A flag that changes nothing, for who spells the default out.
  void flag(const char* names, const char* what);
  // A flag with a value, and one that may be given several times.
  void text(const char* flag, std::string& target, const char* what, const char* type,
            Needed needed = Needed::no);
  void list(const char* flag, std::vector<std::string>& target, const char* what, const char* type);
  // A flag with a number from `least` to `most`.
  void number(const char* flag, long long& target, const char* what, long long least,
              long long most);
  // A flag, or argument without dashes, whose value is one of `allowed`; another one is refused
  // with the nearest.
  void choice(const std::string& flag, std::string& target, const std::string& what,
              const std::vector<std::string>& allowed, Needed needed = Needed::no);
  // Says that the two flags cannot be given together.
  void exclude(const char* flag, const char* other);

  // `--format` with its values, and `--json`.
  void format(std::string& target, const std::vector<std::string>& allowed);
  // `--at REV`.
  void at(std::string& target);

 private:
  CLI::App& app_;
};

}  // namespace paperclub::cli

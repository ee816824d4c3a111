#include "cli/identity.hpp"

#include <fmt/format.h>

#include <charconv>

#include "cli/clock.hpp"
#include "lib/base/error.hpp"
#include "lib/base/text.hpp"

namespace paperclub::cli {
namespace {

// The words of a list in single quotes, as git hands `-c KEY=VALUE` to its children.
std::vector<std::string> quoted_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\'') {
      quoted = !quoted;
    } else if (!quoted && c == ' ') {
      if (!word.empty()) words.push_back(std::exchange(word, {}));
    } else if (!quoted && c == '\\' && i + 1 < text.size()) {
      word += text[++i];
    } else {
      word += c;
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

// What `git -c` and GIT_CONFIG_KEY_n set for this one run.
std::vector<std::pair<std::string, std::string>> overrides_of(const Environment& environment) {
  std::vector<std::pair<std::string, std::string>> overrides;
  const std::string text = environment.get("GIT_CONFIG_COUNT");
  std::size_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  for (std::size_t i = 0; i < count && environment.has(fmt::format("GIT_CONFIG_KEY_{}", i)); ++i) {
    overrides.emplace_back(environment.get(fmt::format("GIT_CONFIG_KEY_{}", i)),
                           environment.get(fmt::format("GIT_CONFIG_VALUE_{}", i)));
  }
  for (const std::string& word : quoted_words(environment.get("GIT_CONFIG_PARAMETERS"))) {
    const std::size_t equals = std::min(word.find('='), word.size());
    // A key alone says yes, as in a file.
    const bool alone = equals == word.size();
    overrides.emplace_back(word.substr(0, equals), alone ? "true" : word.substr(equals + 1));
  }
  return overrides;
}

// git's own rules of which files it reads.
git::ConfigFiles config_files(const Environment& environment) {
  git::ConfigFiles files;
  files.overrides = overrides_of(environment);
  files.home = environment.get("HOME");
  const std::string no_system = fold(environment.get("GIT_CONFIG_NOSYSTEM"));
  const bool reads_system =
      no_system.empty() || no_system == "0" || no_system == "false" || no_system == "no";
  if (reads_system) {
    files.system = environment.has("GIT_CONFIG_SYSTEM") ? environment.get("GIT_CONFIG_SYSTEM")
                                                        : "/etc/gitconfig";
  }
  if (environment.has("GIT_CONFIG_GLOBAL")) {
    const std::string only = environment.get("GIT_CONFIG_GLOBAL");
    if (!only.empty()) files.person.push_back(only);
    return files;
  }
  const std::string home = environment.get("HOME");
  const std::string xdg = environment.get("XDG_CONFIG_HOME");
  if (!xdg.empty()) {
    files.person.push_back(xdg + "/git/config");
  } else if (!home.empty()) {
    files.person.push_back(home + "/.config/git/config");
  }
  if (!home.empty()) files.person.push_back(home + "/.gitconfig");
  return files;
}

// What git looks through for one part of a person, in this order.
std::string first_of(const Environment& environment, const git::Config& config,
                     const std::string& variable, const std::vector<std::string>& keys) {
  std::string value = environment.get(variable);
  if (!value.empty()) return value;
  for (const std::string& key : keys) {
    std::string set = config.text(key).value_or("");
    if (!set.empty()) return set;
  }
  return {};
}

Instant date_of(const Environment& environment, const std::string& variable) {
  const std::string text = environment.get(variable);
  if (text.empty()) return now(environment);
  if (const auto instant = instant_of(text)) return *instant;
  throw Error{ErrorKind::usage, fmt::format("{} is no date: {}", variable, quote(text, 100))}.hint(
      "write it as 2005-04-07T22:13:13+02:00");
}

git::Person person(const Environment& environment, const git::Config& config,
                   const std::string& variable, const std::string& section) {
  const auto chosen = [&](const char* part, const char* key) {
    return first_of(environment, config, fmt::format("GIT_{}_{}", variable, part),
                    {fmt::format("{}.{}", section, key), fmt::format("user.{}", key)});
  };
  const Instant when = date_of(environment, fmt::format("GIT_{}_DATE", variable));
  git::Person person{chosen("NAME", "name"), chosen("EMAIL", "email"), when.seconds,
                     when.offset_minutes};
  if (person.email.empty()) person.email = environment.get("EMAIL");
  if (person.name.empty() || person.email.empty()) {
    throw Error{ErrorKind::repository,
                "git does not know who you are, and a commit names its author"}
        .hint("git config --global user.name 'Your Name'")
        .hint("git config --global user.email you@example.org");
  }
  if (const auto problem = git::person_problem(person)) {
    throw Error{ErrorKind::repository,
                fmt::format("the name or address {} {}",
                            quote(person.name + " <" + person.email + ">", 100), *problem)}
        .hint("see 'git config user.name' and 'git config user.email'");
  }
  return person;
}

}  // namespace

git::Config read_git_config(const Environment& environment, const git::Repository* repository) {
  return {config_files(environment), repository};
}

Identity identity_of(const Environment& environment, const git::Config& config) {
  return {person(environment, config, "AUTHOR", "author"),
          person(environment, config, "COMMITTER", "committer")};
}

}  // namespace paperclub::cli

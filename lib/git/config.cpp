#include "lib/git/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <set>

#include "lib/base/text.hpp"
#include "lib/git/repository_impl.hpp"

namespace paperclub::git {
namespace {

constexpr std::string_view kByRemote = "includeif.hasconfig:remote.*.url:";
constexpr std::string_view kPath = ".path";

// One file with what it includes.
struct Source {
  ConfigPtr config;
  std::string file;
};

ConfigPtr new_config() {
  git_config* raw = nullptr;
  const int code = git_config_new(&raw);
  ConfigPtr config(raw);
  if (code < 0) throw library_error(code, "cannot read git's configuration");
  return config;
}

Source read_file(const std::string& file, git_repository* repository) {
  Source source{new_config(), file};
  const int code = git_config_add_file_ondisk(source.config.get(), file.c_str(),
                                              GIT_CONFIG_LEVEL_GLOBAL, repository, 1);
  if (code == 0 || code == GIT_ENOTFOUND) return source;
  throw Error{ErrorKind::repository,
              fmt::format("cannot read git's configuration: {}", last_message(code))}
      .at(escape(file))
      .hint("see what git says with 'git config --list --show-origin'");
}

// Names and values of the entries whose name begins and ends so, in the order of the file.
std::vector<std::pair<std::string, std::string>> entries_of(const Source& source,
                                                            std::string_view begin,
                                                            std::string_view end) {
  std::vector<std::pair<std::string, std::string>> entries;
  git_config_iterator* raw = nullptr;
  if (git_config_iterator_new(&raw, source.config.get()) < 0) return entries;
  const std::unique_ptr<git_config_iterator, void (*)(git_config_iterator*)> iterator(
      raw, git_config_iterator_free);
  git_config_entry* entry = nullptr;
  while (git_config_next(&entry, iterator.get()) == 0) {
    const std::string_view name = entry->name;
    const bool fits =
        name.size() > begin.size() + end.size() && name.starts_with(begin) && name.ends_with(end);
    if (fits && entry->value != nullptr) entries.emplace_back(name, entry->value);
  }
  return entries;
}

// Whether `text` is of the form of git's globs for paths: `*` and `?` stop at a slash, `**` does
// not.
bool fits(std::string_view pattern, std::string_view text) {
  // reached[n]: what stands of the pattern so far fits the first n characters.
  std::vector<bool> reached(text.size() + 1, false);
  reached[0] = true;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const bool star = pattern[at] == '*';
    const bool deep = star && pattern.substr(at, 2) == "**";
    std::vector<bool> next(text.size() + 1, false);
    for (std::size_t n = 0; n <= text.size(); ++n) {
      if (star) {
        next[n] = reached[n] || (n > 0 && next[n - 1] && (deep || text[n - 1] != '/'));
      } else if (n > 0) {
        const bool same = pattern[at] == '?' ? text[n - 1] != '/' : pattern[at] == text[n - 1];
        next[n] = reached[n - 1] && same;
      }
    }
    if (deep) ++at;
    reached = std::move(next);
  }
  return reached[text.size()];
}

// Where an included file lies: beside the one that includes it, if not at home or elsewhere.
std::string included_path(const std::string& path, const std::string& from,
                          const std::string& home) {
  if (path.starts_with("~/")) return home + path.substr(1);
  return path.starts_with('/') ? path : from.substr(0, from.rfind('/') + 1) + path;
}

// The names that the configuration in git's folder sets, as often as it does.
std::vector<std::string> all_own_keys(const std::string& folder) {
  const Source source = read_file(folder + "config", nullptr);
  git_config_iterator* raw = nullptr;
  const int code = git_config_iterator_new(&raw, source.config.get());
  if (code < 0) throw library_error(code, "cannot read git's configuration");
  const std::unique_ptr<git_config_iterator, void (*)(git_config_iterator*)> iterator(
      raw, git_config_iterator_free);
  std::vector<std::string> keys;
  git_config_entry* entry = nullptr;
  while (git_config_next(&entry, iterator.get()) == 0)
    keys.emplace_back(entry->name);
  return keys;
}

}  // namespace

struct Config::Impl {
  std::vector<Source> sources;  // the nearest one first
  std::vector<std::pair<std::string, std::string>> overrides;

  const std::string* override_of(const std::string& key) const {
    for (auto own = overrides.rbegin(); own != overrides.rend(); ++own) {
      if (fold(own->first) == fold(key)) return &own->second;
    }
    return nullptr;
  }

  // Adds what is included for the sake of a remote's address, which libgit2 does not know.
  void add_by_remote(const std::string& home, git_repository* repository) {
    std::vector<std::string> addresses;
    for (const Source& source : sources) {
      for (const auto& [name, value] : entries_of(source, "remote.", ".url"))
        addresses.push_back(value);
    }
    std::vector<Source> all;
    for (Source& source : sources) {
      std::vector<Source> included;
      for (const auto& [name, path] : entries_of(source, kByRemote, kPath)) {
        const std::string_view pattern = std::string_view(name).substr(
            kByRemote.size(), name.size() - kByRemote.size() - kPath.size());
        const bool applies =
            std::any_of(addresses.begin(), addresses.end(), [pattern](const std::string& address) {
              return fits(pattern, address) ||
                     (pattern.ends_with('/') && fits(std::string(pattern) + "**", address));
            });
        if (applies)
          included.push_back(read_file(included_path(path, source.file, home), repository));
      }
      // What is included comes behind what stands in the file itself, as good as always.
      for (auto file = included.rbegin(); file != included.rend(); ++file)
        all.push_back(std::move(*file));
      all.push_back(std::move(source));
    }
    sources = std::move(all);
  }
};

Config::Config(const ConfigFiles& files, const Repository* repository)
    : impl_(std::make_unique<Impl>()) {
  start_library();
  impl_->overrides = files.overrides;
  git_repository* about = repository == nullptr ? nullptr : repository->impl_->repository.get();
  if (about != nullptr) {
    impl_->sources.push_back(
        read_file(std::string(git_repository_commondir(about)) + "config", about));
  }
  for (auto file = files.person.rbegin(); file != files.person.rend(); ++file)
    impl_->sources.push_back(read_file(*file, about));
  if (!files.system.empty()) impl_->sources.push_back(read_file(files.system, about));
  impl_->add_by_remote(files.home, about);
}

Config::~Config() = default;

std::optional<std::string> Config::text(const std::string& key) const {
  if (const std::string* own = impl_->override_of(key)) return *own;
  for (const Source& source : impl_->sources) {
    git_buf value = GIT_BUF_INIT;
    const int code = git_config_get_string_buf(&value, source.config.get(), key.c_str());
    std::optional<std::string> found;
    if (code == 0) found = std::string(value.ptr, value.size);
    git_buf_dispose(&value);
    if (found) return found;
  }
  return std::nullopt;
}

std::optional<bool> Config::truth(const std::string& key) const {
  int value = 0;
  int code = GIT_ENOTFOUND;
  if (const std::string* own = impl_->override_of(key)) {
    code = git_config_parse_bool(&value, own->c_str());
  } else {
    for (std::size_t i = 0; i < impl_->sources.size() && code == GIT_ENOTFOUND; ++i)
      code = git_config_get_bool(&value, impl_->sources[i].config.get(), key.c_str());
  }
  if (code == GIT_ENOTFOUND) return std::nullopt;
  if (code == 0) return value != 0;
  throw Error{ErrorKind::repository,
              fmt::format("git's configuration says neither yes nor no for {}", key)}
      .hint(fmt::format("see 'git config --show-origin {}'", key));
}

std::vector<std::string> own_keys(const Repository& repository) {
  const std::vector<std::string> all = all_own_keys(repository.common_folder());
  const std::set<std::string> keys(all.begin(), all.end());
  return {keys.begin(), keys.end()};
}

std::size_t count_own(const Repository& repository, const std::string& key) {
  const std::vector<std::string> all = all_own_keys(repository.common_folder());
  return static_cast<std::size_t>(std::count(all.begin(), all.end(), key));
}

// Here, with the rest that reads configuration.
os::Permissions Repository::shared_permissions() const {
  git_config* raw = nullptr;
  if (git_repository_config(&raw, impl_->repository.get()) < 0) return {};
  const ConfigPtr config(raw);
  git_buf value = GIT_BUF_INIT;
  std::string word;
  if (git_config_get_string_buf(&value, config.get(), "core.sharedrepository") == 0)
    word = fold(std::string_view(value.ptr, value.size));
  git_buf_dispose(&value);
  if (word == "group" || word == "true" || word == "1") return {0660, false};
  if (word == "all" || word == "world" || word == "everybody" || word == "2") return {0664, false};
  unsigned octal = 0;
  const char* end = word.data() + word.size();
  const bool digits = word.size() > 1 && word.front() == '0' &&
                      std::from_chars(word.data(), end, octal, 8).ptr == end;
  return {digits ? octal & 0666U : 0, digits};
}

}  // namespace paperclub::git

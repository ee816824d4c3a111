#include "lib/git/config.hpp"

#include <fmt/format.h>

#include "lib/base/text.hpp"
#include "lib/git/repository_impl.hpp"

namespace paperclub::git {

struct Config::Impl {
  ConfigPtr config;
  std::vector<std::pair<std::string, std::string>> overrides;
  git_repository* repository = nullptr;  // what conditional includes are about

  const std::string* override_of(const std::string& key) const {
    for (auto own = overrides.rbegin(); own != overrides.rend(); ++own) {
      if (fold(own->first) == fold(key)) return &own->second;
    }
    return nullptr;
  }

  void add(const std::string& file, git_config_level_t level) const {
    const int code = git_config_add_file_ondisk(config.get(), file.c_str(), level, repository, 1);
    if (code == 0 || code == GIT_ENOTFOUND) return;
    throw Error{ErrorKind::repository,
                fmt::format("cannot read git's configuration: {}", last_message(code))}
        .at(escape(file))
        .hint("see what git says with 'git config --list --show-origin'");
  }
};

Config::Config(const ConfigFiles& files, const Repository* repository)
    : impl_(std::make_unique<Impl>()) {
  start_library();
  git_config* raw = nullptr;
  const int code = git_config_new(&raw);
  impl_->config.reset(raw);
  if (code < 0) throw library_error(code, "cannot read git's configuration");
  impl_->overrides = files.overrides;
  if (repository != nullptr) impl_->repository = repository->impl_->repository.get();
  if (!files.system.empty()) impl_->add(files.system, GIT_CONFIG_LEVEL_SYSTEM);
  // libgit2 knows two files of a person: the later one is the nearer one.
  const git_config_level_t levels[] = {GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL};
  for (std::size_t i = 0; i < files.person.size() && i < 2; ++i)
    impl_->add(files.person[i], levels[files.person.size() == 1 ? 1 : i]);
  if (repository == nullptr) return;
  const char* common = git_repository_commondir(impl_->repository);
  impl_->add(std::string(common) + "config", GIT_CONFIG_LEVEL_LOCAL);
}

Config::~Config() = default;

std::optional<std::string> Config::text(const std::string& key) const {
  if (const std::string* own = impl_->override_of(key)) return *own;
  git_buf value = GIT_BUF_INIT;
  const int code = git_config_get_string_buf(&value, impl_->config.get(), key.c_str());
  std::optional<std::string> found;
  if (code == 0) found = std::string(value.ptr, value.size);
  git_buf_dispose(&value);
  return found;
}

std::optional<bool> Config::truth(const std::string& key) const {
  const std::string* own = impl_->override_of(key);
  int value = 0;
  const int code = own == nullptr ? git_config_get_bool(&value, impl_->config.get(), key.c_str())
                                  : git_config_parse_bool(&value, own->c_str());
  if (code == GIT_ENOTFOUND) return std::nullopt;
  if (code == 0) return value != 0;
  throw Error{ErrorKind::repository,
              fmt::format("git's configuration says neither yes nor no for {}", key)}
      .hint(fmt::format("see 'git config --show-origin {}'", key));
}

}  // namespace paperclub::git

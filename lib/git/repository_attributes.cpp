// Repository: what git's attributes do to a file between the store and the working tree.
#include <fmt/format.h>
#include <git2.h>

#include <array>

#include "lib/base/text.hpp"
#include "lib/git/library.hpp"
#include "lib/git/repository_impl.hpp"

namespace paperclub::git {

std::optional<std::string> Repository::conversion_of(const std::string& path) const {
  constexpr std::array<const char*, 3> kNames = {"filter", "ident", "working-tree-encoding"};
  for (const char* name : kNames) {
    const char* value = nullptr;
    if (git_attr_get(&value, impl_->repository.get(), 0, path.c_str(), name) < 0)
      return std::nullopt;
    const git_attr_value_t kind = git_attr_value(value);
    if (kind == GIT_ATTR_VALUE_STRING) return fmt::format("{}={}", name, value);
    if (kind == GIT_ATTR_VALUE_TRUE) return std::string(name);
  }
  return std::nullopt;
}

bool Repository::stores_line_feeds(const std::string& path) const {
  git_repository* repository = impl_->repository.get();
  const auto attribute = [&](const char* name) {
    const char* value = nullptr;
    const bool read = git_attr_get(&value, repository, 0, path.c_str(), name) == 0;
    return read ? git_attr_value(value) : GIT_ATTR_VALUE_UNSPECIFIED;
  };
  const git_attr_value_t text = attribute("text");
  if (text == GIT_ATTR_VALUE_FALSE) return false;
  if (text != GIT_ATTR_VALUE_UNSPECIFIED || attribute("eol") == GIT_ATTR_VALUE_STRING) return true;
  git_config* raw = nullptr;
  if (git_repository_config_snapshot(&raw, repository) < 0) return false;
  const ConfigPtr config(raw);
  const char* value = nullptr;
  if (git_config_get_string(&value, raw, "core.autocrlf") < 0) return false;
  return fold(value) == "input" || fold(value) == "true";
}

}  // namespace paperclub::git

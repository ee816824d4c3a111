// The web pages of a git host: where a pull request is opened, and where somebody without a
// terminal suggests or votes.  The addresses are those of GitHub, GitLab, and Gitea with its
// relatives; nothing is ever fetched.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace paperclub::publish {

// Whose pages a host has; `plain` has none that are known.
enum class ForgeKind { github, gitlab, gitea, plain };

// Returns the kind called github, gitlab, gitea (or forgejo) or plain, or nothing.
std::optional<ForgeKind> forge_kind(std::string_view name);

// A repository at a host.
struct Forge {
  ForgeKind kind = ForgeKind::plain;
  std::string host;  // with the port of its pages, where that is not the usual one; "" for a folder
  std::string path;  // owner/repository, of any depth; without .git

  // Returns https://host/path.
  std::string page() const;
  // Returns who owns it: all of the path but the last part.
  std::string owner() const;
};

// Returns what the address of a remote leads to: https, ssh, `user@host:path`, or a folder.  Which
// kind of host it is is told by its name, or by `kind` where that is given.  Names and passwords
// are left out.
Forge forge_of(std::string_view address, std::optional<ForgeKind> kind = std::nullopt);

// Returns the page that opens a pull request from `branch` of `fork` to `base` of `club` (short
// names); "" where the host has none.
std::string request_page(const Forge& club, const std::string& base, const Forge& fork,
                         const std::string& branch);

// Returns the page that begins a new file with `text`, which GitLab's does not take; "" where the
// host has none.
std::string new_file_page(const Forge& club, const std::string& branch, const std::string& path,
                          const std::string& text);

// Returns the page that begins an issue by the form `form` (a file's name), with its fields by
// their ids; "" where the host has none.
std::string issue_form_page(const Forge& club, const std::string& form,
                            const std::vector<std::pair<std::string, std::string>>& fields);

}  // namespace paperclub::publish

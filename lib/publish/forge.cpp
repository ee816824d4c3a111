#include "lib/publish/forge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lib/base/link.hpp"
#include "lib/base/text.hpp"

namespace paperclub::publish {
namespace {

// `text` as a value behind `?key=`.
std::string query_value(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return out;
}

ForgeKind kind_of(std::string_view host) {
  host = host.substr(0, host.find(':'));
  const auto is = [host](std::string_view name) {
    return host == name || host.ends_with("." + std::string(name));
  };
  if (is("github.com") || host.starts_with("github.")) return ForgeKind::github;
  if (is("gitlab.com") || host.starts_with("gitlab.")) return ForgeKind::gitlab;
  const bool gitea = is("codeberg.org") || is("gitea.com") || host.starts_with("gitea.") ||
                     host.starts_with("forgejo.");
  return gitea ? ForgeKind::gitea : ForgeKind::plain;
}

// The path without slashes around it and `.git`.
std::string plain_path(std::string_view path) {
  while (path.starts_with('/'))
    path.remove_prefix(1);
  while (path.ends_with('/'))
    path.remove_suffix(1);
  if (path.ends_with(".git")) path.remove_suffix(4);
  return std::string(path);
}

// A host as it may stand in an address of ours, or "".
std::string plain_host(std::string_view host) {
  std::string name = fold(host);
  const bool good = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
  });
  return good ? name : std::string();
}

}  // namespace

std::optional<ForgeKind> forge_kind(std::string_view name) {
  if (name == "github") return ForgeKind::github;
  if (name == "gitlab") return ForgeKind::gitlab;
  if (name == "gitea" || name == "forgejo") return ForgeKind::gitea;
  if (name == "plain") return ForgeKind::plain;
  return std::nullopt;
}

std::string Forge::page() const { return fmt::format("https://{}/{}", host, percent_encode(path)); }

std::string Forge::owner() const { return path.substr(0, std::min(path.rfind('/'), path.size())); }

Forge forge_of(std::string_view address, std::optional<ForgeKind> kind) {
  Forge forge;
  const std::size_t scheme = address.find("://");
  std::string_view rest = address;
  if (scheme != address.npos) {
    const std::string name = fold(address.substr(0, scheme));
    if (name != "https" && name != "http" && name != "ssh" && name != "git+ssh") return forge;
    rest = address.substr(scheme + 3);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    std::string_view host = rest.substr(0, slash);
    if (const std::size_t at = host.rfind('@'); at != host.npos) host.remove_prefix(at + 1);
    // The port of ssh is not that of the pages.
    const bool web = name == "https" || name == "http";
    if (!web) host = host.substr(0, host.find(':'));
    forge.host = plain_host(host);
    forge.path = plain_path(rest.substr(slash));
  } else {
    // `user@host:path`; a slash in front of the colon makes it a folder.
    const std::size_t colon = rest.find(':');
    if (colon == rest.npos || rest.find('/') < colon) return forge;
    std::string_view host = rest.substr(0, colon);
    if (const std::size_t at = host.rfind('@'); at != host.npos) host.remove_prefix(at + 1);
    forge.host = plain_host(host);
    forge.path = plain_path(rest.substr(colon + 1));
  }
  if (forge.host.empty() || forge.path.find('/') == std::string::npos) return {};
  forge.kind = kind.value_or(kind_of(forge.host));
  return forge;
}

std::string request_page(const Forge& club, const std::string& base, const Forge& fork,
                         const std::string& branch) {
  const bool same = club.path == fork.path && club.host == fork.host;
  const std::string from = percent_encode(branch);
  const std::string to = percent_encode(base);
  switch (club.kind) {
    case ForgeKind::github:
      return fmt::format("{}/compare/{}...{}{}?expand=1", club.page(), to,
                         same ? "" : percent_encode(fork.owner()) + ":", from);
    case ForgeKind::gitlab:
      return fmt::format(
          "{}/-/merge_requests/new?merge_request%5Bsource_branch%5D={}"
          "&merge_request%5Btarget_branch%5D={}",
          fork.page(), query_value(branch), query_value(base));
    case ForgeKind::gitea:
      return fmt::format("{}/compare/{}...{}{}", club.page(), to,
                         same ? "" : percent_encode(fork.owner()) + ":", from);
    case ForgeKind::plain: break;
  }
  return {};
}

std::string new_file_page(const Forge& club, const std::string& branch, const std::string& path,
                          const std::string& text) {
  if (club.kind == ForgeKind::gitlab) {
    return fmt::format("{}/-/new/{}?file_name={}", club.page(), percent_encode(branch),
                       query_value(path));
  }
  if (club.kind != ForgeKind::github) return {};
  return fmt::format("{}/new/{}?filename={}&value={}", club.page(), percent_encode(branch),
                     query_value(path), query_value(text));
}

std::string issue_form_page(const Forge& club, const std::string& form,
                            const std::vector<std::pair<std::string, std::string>>& fields) {
  if (club.kind != ForgeKind::github) return {};
  std::string page = fmt::format("{}/issues/new?template={}", club.page(), query_value(form));
  for (const auto& [id, value] : fields) {
    if (!value.empty()) page += fmt::format("&{}={}", query_value(id), query_value(value));
  }
  return page;
}

}  // namespace paperclub::publish

#include "lib/publish/starter.hpp"

#include <algorithm>
#include <string>

#include "lib/base/embedded.hpp"
#include "lib/club/layout.hpp"
#include "lib/publish/escape.hpp"
#include "lib/yaml/emit.hpp"

namespace paperclub::publish {
namespace {

constexpr std::string_view kStarter = "starter/";
constexpr std::string_view kSchema = ".schema.json";
constexpr std::string_view kOwners = "github/CODEOWNERS";

// Where a file of the starter lies in the club; a folder of the sources begins with no dot.
std::string path_in_club(std::string_view path) {
  if (path.starts_with("github/")) return "." + std::string(path);
  if (path.ends_with(".yaml") && path.find('/') == path.npos)
    return std::string(club::kPapersFolder) + "/" + std::string(path);
  return std::string(path);
}

// The text with `word` for each {{key}}.
std::string filled(std::string_view text, std::string_view key, const std::string& word) {
  const std::string mark = "{{" + std::string(key) + "}}";
  std::string out;
  for (std::size_t at = text.find(mark); at != text.npos; at = text.find(mark)) {
    out.append(text.substr(0, at)).append(word);
    text.remove_prefix(at + mark.size());
  }
  return out.append(text);
}

// The branch as YAML or as Markdown says it.
std::string branch_word(const std::string& branch, std::string_view path) {
  return path.ends_with(".md") ? markdown_text(branch) : yaml::emit_in_brackets(branch);
}

}  // namespace

bool is_login(std::string_view login) {
  const bool plain = std::all_of(login.begin(), login.end(), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || std::string_view("-_./").find(c) != std::string_view::npos;
  });
  const std::size_t slash = login.find('/');
  const bool two_parts = slash == login.npos || (slash > 0 && slash + 1 < login.size() &&
                                                 login.find('/', slash + 1) == login.npos);
  return plain && two_parts && !login.empty() && login.size() <= 130 && login.front() != '-';
}

std::vector<club::Change> starter_files(const Starter& starter) {
  std::vector<club::Change> files;
  files.push_back(
      {std::string(club::kClubFile), "# yaml-language-server: $schema=schema/club.schema.json\n" +
                                         yaml::emit(record::to_yaml(starter.settings))});
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path.ends_with(kSchema) && file.path.find('/') == file.path.npos)
      files.push_back({"schema/" + std::string(file.path), std::string(file.text)});
    if (!file.path.starts_with(kStarter)) continue;
    const std::string_view path = file.path.substr(kStarter.size());
    if (path.ends_with(".yaml") && !starter.example) continue;
    if (path == kOwners && starter.organiser.empty()) continue;
    std::string text = filled(file.text, "name", markdown_text(starter.settings.name));
    text = filled(text, "organiser", "@" + starter.organiser);
    text = filled(text, "branch", branch_word(starter.branch, path));
    files.push_back({path_in_club(path), std::move(text)});
  }
  return files;
}

}  // namespace paperclub::publish

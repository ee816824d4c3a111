#include "lib/publish/starter.hpp"

#include <string>

#include "lib/base/embedded.hpp"
#include "lib/club/layout.hpp"
#include "lib/publish/escape.hpp"
#include "lib/yaml/emit.hpp"

namespace paperclub::publish {
namespace {

constexpr std::string_view kStarter = "starter/";
constexpr std::string_view kSchema = ".schema.json";
constexpr std::string_view kName = "{{name}}";

// Where a file of the starter lies in the club; a folder of the sources begins with no dot.
std::string path_in_club(std::string_view path) {
  if (path.starts_with("github/")) return "." + std::string(path);
  if (path.ends_with(".yaml") && path.find('/') == path.npos)
    return std::string(club::kPapersFolder) + "/" + std::string(path);
  return std::string(path);
}

std::string with_name(std::string_view text, const std::string& name) {
  std::string out;
  for (std::size_t at = text.find(kName); at != text.npos; at = text.find(kName)) {
    out.append(text.substr(0, at)).append(markdown_text(name));
    text.remove_prefix(at + kName.size());
  }
  return out.append(text);
}

}  // namespace

std::vector<club::Change> starter_files(const record::ClubSettings& settings, bool example) {
  std::vector<club::Change> files;
  files.push_back(
      {std::string(club::kClubFile), "# yaml-language-server: $schema=schema/club.schema.json\n" +
                                         yaml::emit(record::to_yaml(settings))});
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path.ends_with(kSchema) && file.path.find('/') == file.path.npos)
      files.push_back({"schema/" + std::string(file.path), std::string(file.text)});
    if (!file.path.starts_with(kStarter)) continue;
    const std::string_view path = file.path.substr(kStarter.size());
    if (path.ends_with(".yaml") && !example) continue;
    files.push_back({path_in_club(path), with_name(file.text, settings.name)});
  }
  return files;
}

}  // namespace paperclub::publish

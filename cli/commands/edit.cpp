// paperclub edit: changes keys of one paper's record; the rest of the file stays as the person
// wrote it.
#include <fmt/format.h>

#include <memory>

#include "cli/commands.hpp"
#include "cli/writing.hpp"
#include "lib/club/locate.hpp"
#include "lib/schema/schema.hpp"
#include "lib/yaml/scalar.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::string name;
  std::vector<std::string> assignments;
  std::vector<std::string> additions;
  std::vector<std::string> removals;
  WriteFlags flags;
};

// `discussion.big-idea` as a path; the names of ours never hold a point.
yaml::Path path_of(std::string_view key) {
  yaml::Path path;
  while (true) {
    const std::size_t point = key.find('.');
    path.emplace_back(key.substr(0, point));
    if (point == key.npos) return path;
    key.remove_prefix(point + 1);
  }
}

// What other commands keep in step with more than this record.
void refuse_kept(const std::string& key) {
  if (key != "number" && key != "aliases") return;
  throw Error{ErrorKind::usage, fmt::format("{} is not changed by hand", quote(key))}.hint(
      "a number is given once, and former ids are kept so that old links work");
}

yaml::Path checked_path(const std::string& key) {
  yaml::Path path = path_of(key);
  const std::vector<std::string> known = schema::schema_of("paper").property_names();
  refuse_kept(path.front());
  if (std::find(known.begin(), known.end(), path.front()) != known.end()) return path;
  Error error{ErrorKind::usage, fmt::format("a paper has no key {}", quote(path.front()))};
  const std::string near = nearest(path.front(), known);
  throw error.hint(near.empty() ? fmt::format("it may have {}", one_of(known))
                                : fmt::format("did you mean {}?", quote(near)));
}

std::pair<std::string, std::string> split(const std::string& text, const char* form) {
  const std::size_t equals = text.find('=');
  if (equals != text.npos && equals > 0) return {text.substr(0, equals), text.substr(equals + 1)};
  throw Error{ErrorKind::usage, fmt::format("{} is no {}", quote(text), form)}.hint(
      "write it as venue='NAACL 2019'");
}

// The value as the record should have it: dates without quotes, identifiers in them.
yaml::Value value_of(const yaml::Path& path, const std::string& text) {
  const std::string& key = path.front();
  if (key == "published" || path.back() == "on") {
    const auto date = parse_partial_date(text);
    const bool plain = date && date->month == 0 ? true : date && date->day != 0;
    return plain ? yaml::Value::plain(text) : yaml::Value::quoted(text);
  }
  return key == "arxiv" ? yaml::Value::quoted(text) : yaml::Value(text);
}

std::vector<yaml::Edit> edits_of(const Options& options) {
  std::vector<yaml::Edit> edits;
  for (const std::string& key : options.removals)
    edits.push_back(yaml::Edit::remove(checked_path(key)));
  for (const std::string& assignment : options.assignments) {
    const auto [key, text] = split(assignment, "KEY=VALUE");
    const yaml::Path path = checked_path(key);
    edits.push_back(yaml::Edit::set(path, value_of(path, text)));
  }
  for (const std::string& addition : options.additions) {
    const auto [key, text] = split(addition, "KEY=VALUE");
    edits.push_back(yaml::Edit::append(checked_path(key), yaml::Value(text)));
  }
  if (!edits.empty()) return edits;
  throw Error{ErrorKind::usage, "nothing to change"}.hint(
      "write KEY=VALUE, --add KEY=VALUE or --unset KEY");
}

int run(const Options& options, Context& context) {
  const std::vector<yaml::Edit> edits = edits_of(options);
  return change_club(context, options.flags, "edit", [&](const Desk& desk) {
    const club::PaperRecord& paper = club::find_paper(desk.snapshot, options.name);
    const std::string& id = paper.id.str();
    return Outcome{id,
                   {edited(desk, "paper", paper.file, edits)},
                   fmt::format("papers: edit {}", id),
                   fmt::format("paperclub show {}", id),
                   true};
  });
}

Run setup(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("ID", options->name, "The paper, by any of its names")->required();
  app.add_option("KEY=VALUE", options->assignments,
                 "What a key says from now on; discussion.big-idea=TEXT works too");
  app.add_option("--add", options->additions, "Adds a value to a list; may be given several times")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  app.add_option("--unset", options->removals, "Takes a key away; may be given several times")
      ->type_name("KEY")
      ->allow_extra_args(false);
  add_write_flags(app, options->flags);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command edit_command() {
  return {"edit",
          "Write",
          "change what the record of a paper says",
          "[OPTIONS] ID [KEY=VALUE...]",
          "paperclub edit bert venue='NAACL 2019' --add tags=language\n"
          "paperclub edit bert --unset venue --dry-run",
          "add",
          setup,
          Argument::paper};
}

}  // namespace paperclub::cli

#include "cli/edits.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lib/base/date.hpp"
#include "lib/schema/schema.hpp"

namespace paperclub::cli {
namespace {

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

// The keys that a kind of record may have, and those of them that are not for hands.
struct Keys {
  std::string_view kind;
  std::vector<std::string> known;
  const std::vector<std::string>& kept;
};

yaml::Path checked_path(const Keys& keys, const std::string& key) {
  yaml::Path path = path_of(key);
  if (std::find(keys.kept.begin(), keys.kept.end(), path.front()) != keys.kept.end()) {
    throw Error{ErrorKind::usage, fmt::format("{} is not changed by hand", quote(path.front()))}
        .hint("'schedule', 'rename', 'withdraw' and 'restore' change it, with all that follows");
  }
  if (std::find(keys.known.begin(), keys.known.end(), path.front()) != keys.known.end())
    return path;
  Error error{ErrorKind::usage, fmt::format("a {} has no key {}", keys.kind, quote(path.front()))};
  // The words of `add` for what the record calls otherwise.
  const std::string near = path.front() == "year"   ? "published"
                           : path.front() == "link" ? "url"
                                                    : nearest(path.front(), keys.known);
  throw error.hint(near.empty() ? fmt::format("it may have {}", one_of(keys.known))
                                : fmt::format("did you mean {}?", quote(near)));
}

// The way to a list, which people may call by one of its items: `tag` for `tags`.
yaml::Path list_path(const Keys& keys, const std::string& key) {
  const auto known = [&keys](const std::string& name) {
    return std::find(keys.known.begin(), keys.known.end(), name) != keys.known.end();
  };
  if (known(key)) return checked_path(keys, key);
  for (const char* ending : {"s", "es"}) {
    if (known(key + ending)) return checked_path(keys, key + ending);
  }
  return checked_path(keys, key);
}

std::pair<std::string, std::string> split(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals != text.npos && equals > 0) return {text.substr(0, equals), text.substr(equals + 1)};
  throw Error{ErrorKind::usage, fmt::format("{} is no KEY=VALUE", quote(text))}.hint(
      "write it as venue='NAACL 2019'");
}

// The value as the record should have it: dates without quotes, identifiers in them.
yaml::Value value_of(const yaml::Path& path, const std::string& text) {
  const std::string& key = path.front();
  if (key == "published" || path.back() == "on") {
    const auto date = parse_partial_date(text);
    const bool plain = date && (date->month == 0 || date->day != 0);
    return plain ? yaml::Value::plain(text) : yaml::Value::quoted(text);
  }
  return key == "arxiv" ? yaml::Value::quoted(text) : yaml::Value(text);
}

// The way to the item of the list at `path` that says `text`; a list's last item goes with its key.
yaml::Path item_path(const yaml::Document& document, yaml::Path path, const std::string& text) {
  std::optional<yaml::Node> node = document.root();
  for (const std::string& key : path)
    node = node && node->kind() == yaml::NodeKind::mapping ? node->find(key) : std::nullopt;
  if (node && node->kind() == yaml::NodeKind::sequence) {
    for (std::size_t i = 0; i < node->size(); ++i) {
      const yaml::Node item = node->item(i);
      if (item.kind() != yaml::NodeKind::scalar || item.text() != text) continue;
      if (node->size() > 1) path.push_back(std::to_string(i));
      return path;
    }
  }
  throw Error{
      ErrorKind::usage,
      fmt::format("{} has no item {}", quote(fmt::format("{}", fmt::join(path, "."))), quote(text))}
      .hint("write it as it stands in the record");
}

}  // namespace

void add_edit_options(Arguments& args, EditOptions& options) {
  args.words("KEY=VALUE", options.assignments, "What a key says from now on");
  args.list("--add", options.additions, "Adds a value to a list; may be given several times",
            "KEY=VALUE");
  args.list("--remove", options.removals, "Takes a value out of a list", "KEY=VALUE");
  args.list("--unset", options.unset, "Takes a key away; may be given several times", "KEY");
}

std::vector<yaml::Edit> edits_of(const EditOptions& options, std::string_view kind,
                                 const std::vector<std::string>& kept,
                                 const yaml::Document& document) {
  const Keys keys{kind, schema::schema_of(kind).property_names(), kept};
  std::vector<yaml::Edit> edits;
  if (options.removals.size() > 1) {
    throw Error{ErrorKind::usage, "--remove takes one value at a time"}.hint(
        "run the command once for each");
  }
  for (const std::string& removal : options.removals) {
    const auto [key, text] = split(removal);
    edits.push_back(yaml::Edit::remove(item_path(document, list_path(keys, key), text)));
  }
  for (const std::string& key : options.unset)
    edits.push_back(yaml::Edit::remove(checked_path(keys, key)));
  for (const std::string& assignment : options.assignments) {
    const auto [key, text] = split(assignment);
    const yaml::Path path = checked_path(keys, key);
    edits.push_back(yaml::Edit::set(path, value_of(path, text)));
  }
  for (const std::string& addition : options.additions) {
    const auto [key, text] = split(addition);
    edits.push_back(yaml::Edit::append(list_path(keys, key), yaml::Value(text)));
  }
  return edits;
}

}  // namespace paperclub::cli

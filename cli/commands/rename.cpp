// paperclub rename: gives a paper another id; what belongs to it follows, and the old id leads to
// it for ever.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/commands.hpp"
#include "cli/writing.hpp"
#include "lib/base/markdown.hpp"
#include "lib/club/locate.hpp"

namespace paperclub::cli {
namespace {

// Larger pictures and attachments are moved with git.
constexpr std::size_t kMaxBytes = 16 * 1024 * 1024;

struct Options {
  std::string name;
  std::string id;
  WriteFlags flags;
};

void refuse_taken(const club::Snapshot& snapshot, const club::PaperRecord& paper,
                  const std::string& id) {
  if (const auto problem = id_problem(id)) {
    const std::string better = suggest_id(id);
    throw Error{ErrorKind::usage, fmt::format("{} cannot be an id: {}", quote(id), *problem)}.hint(
        better.empty() ? "write it with a-z, 0-9 and hyphens" : fmt::format("such as {}", better));
  }
  const club::PaperRecord* other = club::find_by_id(snapshot, id);
  const bool own_former = other == &paper && paper.id.str() != id;
  if (id == "none" || (other != nullptr && !own_former)) {
    throw Error{ErrorKind::unacceptable, fmt::format("the id {} is taken", quote(id))}.hint(
        "choose another one");
  }
}

// The path of a file of the paper after it has the new id: papers/OLD.md, papers/OLD/x.png.
std::string moved_path(const std::string& path, const std::string& folder, const std::string& old,
                       const std::string& id) {
  return folder + id + path.substr(folder.size() + old.size());
}

std::string read_whole(const Desk& desk, const std::string& path) {
  os::ReadResult file = desk.files.read(path, kMaxBytes);
  if (file.status == os::ReadStatus::ok) return std::move(file.bytes);
  throw Error{ErrorKind::unacceptable, "the file cannot be moved"}
      .at(escape(path))
      .hint("it is too large, or no regular file: move it with git first");
}

// The path that `target` leads to from `folder` ("papers/"), as written; "" where it leads out.
std::string path_from(const std::string& folder, std::string_view target) {
  std::vector<std::string_view> parts;
  const std::string path = folder + std::string(target.substr(0, target.find_first_of("?#")));
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view part = rest.substr(0, slash);
    rest.remove_prefix(std::min(slash + 1, rest.size()));
    if (part == ".." && parts.empty()) return {};
    if (part == "..") {
      parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
  }
  return fmt::format("{}", fmt::join(parts, "/"));
}

// Where in `target`, which stands in notes in `folder`, the last part of `stem` (papers/OLD) is
// named; nothing where it does not lead to a file of that paper.
std::optional<std::size_t> place_of_id(const std::string& folder, std::string_view target,
                                       const std::string& stem) {
  const std::string path = path_from(folder, target);
  const bool leads_there = path.size() > stem.size() && path.starts_with(stem) &&
                           (path[stem.size()] == '/' || path.substr(stem.size()) == ".md" ||
                            path.substr(stem.size()) == ".yaml");
  if (!leads_there) return std::nullopt;
  const std::size_t behind = path.size() - stem.rfind('/') - 1;
  const std::size_t end = std::min(target.find_first_of("?#"), target.size());
  return end < behind ? std::nullopt : std::optional(end - behind);
}

// The notes, which lie in `folder`, with links to files of the paper `stem` (papers/OLD) as these
// are called from now on.
std::string with_links(const std::string& notes, const std::string& folder, const std::string& stem,
                       const std::string& id) {
  std::vector<MarkdownLink> links = markdown_links(notes);
  // A definition stands behind the links that use it.
  std::sort(links.begin(), links.end(), [](const MarkdownLink& a, const MarkdownLink& b) {
    return a.place.begin < b.place.begin;
  });
  const std::size_t old_size = stem.size() - stem.rfind('/') - 1;
  std::string out;
  std::size_t done = 0;
  for (const MarkdownLink& link : links) {
    const std::string_view target =
        std::string_view(notes).substr(link.place.begin, link.place.end - link.place.begin);
    const auto at = place_of_id(folder, target, stem);
    if (!at || link.place.begin < done) continue;
    out += notes.substr(done, link.place.begin + *at - done) + id;
    done = link.place.begin + *at + old_size;
  }
  return out + notes.substr(done);
}

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/') + 1); }

// The paper's own files get the new id, and links to them in everybody's notes follow.
void move_files(const Desk& desk, const club::PaperRecord& paper, const std::string& id,
                std::vector<club::Change>& changes) {
  const std::string& old = paper.id.str();
  const std::string folder = folder_of(paper.file);
  for (const club::TreeFile& file : desk.snapshot.files) {
    const bool notes = club::place_of(file.path).place == club::PlaceKind::notes;
    const bool own =
        file.path == club::notes_path(paper.file) || file.path.starts_with(folder + old + "/");
    if ((!notes && !own) || file.kind != os::FileKind::regular) continue;
    const os::ReadResult read = desk.files.read(file.path, kMaxBytes);
    if (!own && read.status != os::ReadStatus::ok) continue;
    const std::string bytes = own ? read_whole(desk, file.path) : read.bytes;
    std::string text = notes ? with_links(bytes, folder_of(file.path), folder + old, id) : bytes;
    if (own) {
      changes.push_back({file.path, std::nullopt});
      changes.push_back({moved_path(file.path, folder, old, id), std::move(text)});
    } else if (text != bytes) {
      changes.push_back({file.path, std::move(text)});
    }
  }
}

// The record with the old id among its former ones.
void move_record(const Desk& desk, const club::PaperRecord& paper, const std::string& id,
                 std::vector<club::Change>& changes) {
  std::vector<yaml::Edit> edits;
  const std::vector<PaperId>& aliases = paper.paper.aliases;
  for (std::size_t i = 0; i < aliases.size(); ++i) {
    if (aliases[i].str() != id) continue;
    edits.push_back(aliases.size() == 1 ? yaml::Edit::remove({"aliases"})
                                        : yaml::Edit::remove({"aliases", std::to_string(i)}));
  }
  edits.push_back(yaml::Edit::append({"aliases"}, paper.id.str()));
  const std::string folder = paper.file.substr(0, paper.file.rfind('/') + 1);
  club::Change record = edited(desk, "paper", paper.file, edits);
  record.path = folder + id + ".yaml";
  changes.push_back({paper.file, std::nullopt});
  changes.push_back(std::move(record));
}

void change_sessions(const Desk& desk, const club::PaperRecord& paper, const std::string& id,
                     std::vector<club::Change>& changes) {
  for (const club::SessionRecord& session : desk.snapshot.sessions) {
    std::vector<yaml::Edit> edits;
    const std::vector<PaperId>& papers = session.session.papers;
    for (std::size_t i = 0; i < papers.size(); ++i) {
      if (papers[i] == paper.id)
        edits.push_back(yaml::Edit::set({"papers", std::to_string(i)}, id));
    }
    if (!edits.empty()) changes.push_back(edited(desk, "session", session.file, edits));
  }
}

int run(const Options& options, Context& context) {
  return change_club(context, options.flags, "rename", [&](const Desk& desk) {
    const club::PaperRecord& paper = club::find_paper(desk.snapshot, options.name);
    refuse_taken(desk.snapshot, paper, options.id);
    refuse_candidate(desk.snapshot, paper, "rename");
    Outcome outcome;
    outcome.id = options.id;
    move_record(desk, paper, options.id, outcome.changes);
    move_files(desk, paper, options.id, outcome.changes);
    change_sessions(desk, paper, options.id, outcome.changes);
    outcome.subject = fmt::format("papers: rename {} to {}", paper.id.str(), options.id);
    outcome.next = fmt::format("paperclub show {}", options.id);
    outcome.timeline = true;
    return outcome;
  });
}

Run setup(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("OLD", options->name, "The paper, by any of its names")->required();
  app.add_option("NEW", options->id, "Its id from now on")->required();
  add_write_flags(app, options->flags);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command rename_command() {
  return {"rename",
          "Write",
          "give a paper another id; the old one still leads to it",
          "[OPTIONS] OLD NEW",
          "paperclub rename dot-by-dot filler-tokens",
          "edit",
          setup,
          Argument::paper};
}

}  // namespace paperclub::cli

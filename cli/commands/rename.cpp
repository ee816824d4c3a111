// paperclub rename: gives a paper another id; what belongs to it follows, and the old id leads to
// it for ever.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/commands.hpp"
#include "cli/writing.hpp"
#include "lib/club/locate.hpp"
#include "lib/club/relink.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::string name;
  std::string id;
  WriteFlags flags;
};

void refuse_taken(const club::Snapshot& snapshot, const club::PaperRecord& paper,
                  const std::string& id) {
  require_id(id);
  const club::PaperRecord* other = club::find_by_id(snapshot, id);
  const bool own_former = other == &paper && paper.id.str() != id;
  if (id == "none" || (club::is_id_taken(snapshot, id) && !own_former)) {
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
  os::ReadResult file = desk.files.read(path, club::kMaxFileBytes);
  if (file.status == os::ReadStatus::ok) return std::move(file.bytes);
  throw Error{ErrorKind::unacceptable, "the file cannot be moved"}
      .at(escape(path))
      .hint("it is too large, or no regular file: move it with git first");
}

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/') + 1); }

std::string without_slash(const std::string& folder) { return folder.substr(0, folder.rfind('/')); }

bool is_markdown(const std::string& path) { return path.ends_with(".md"); }

// The paper's own files get the new id, and links to them in everybody's notes follow.
void move_files(const Desk& desk, const club::PaperRecord& paper, const club::Rename& rename,
                std::vector<club::Change>& changes) {
  const std::string& old = paper.id.str();
  const std::string folder = folder_of(paper.file);
  std::vector<club::TreeFile> files = desk.snapshot.files;
  files.push_back({std::string(club::kReadmeFile), os::FileKind::regular});
  for (const club::TreeFile& file : files) {
    const bool own =
        file.path == club::notes_path(paper.file) || file.path.starts_with(folder + old + "/");
    if ((!is_markdown(file.path) && !own) || file.kind != os::FileKind::regular) continue;
    const os::ReadResult read = desk.files.read(file.path, club::kMaxFileBytes);
    if (!own && read.status != os::ReadStatus::ok) continue;
    const std::string bytes = own ? read_whole(desk, file.path) : read.bytes;
    std::string text =
        is_markdown(file.path)
            ? club::relinked_notes(bytes, without_slash(folder_of(file.path)), rename)
            : bytes;
    if (own) {
      changes.push_back({file.path, std::nullopt});
      changes.push_back({moved_path(file.path, folder, old, rename.id), std::move(text)});
    } else if (text != bytes) {
      changes.push_back({file.path, std::move(text)});
    }
  }
}

// The edits of one record whose links lead to the paper's files.
class Followed {
 public:
  explicit Followed(const club::Rename& rename) : rename_(rename) {}

  void links(const char* key, const std::vector<record::Link>& links) {
    for (std::size_t i = 0; i < links.size(); ++i) {
      const std::string url = club::relinked(links[i].url, "", rename_);
      if (url != links[i].url)
        edits_.push_back(yaml::Edit::set({key, std::to_string(i), "url"}, url));
    }
  }
  void markdown(const yaml::Path& path, const std::string& text) {
    const std::string now = club::relinked_notes(text, "", rename_);
    if (now != text) edits_.push_back(yaml::Edit::set(path, now));
  }
  void answers(const std::vector<record::Answer>& answers) {
    for (const record::Answer& answer : answers) {
      for (std::size_t i = 0; i < answer.texts.size(); ++i) {
        yaml::Path path{"discussion", answer.question};
        if (answer.is_list) path.push_back(std::to_string(i));
        markdown(path, answer.texts[i]);
      }
    }
  }
  std::vector<yaml::Edit>& edits() { return edits_; }

 private:
  const club::Rename& rename_;
  std::vector<yaml::Edit> edits_;
};

// The record itself moves, with the old id among its former ones; links of other papers follow.
void change_papers(const Desk& desk, const club::PaperRecord& paper, const club::Rename& rename,
                   std::vector<club::Change>& changes) {
  for (const club::PaperRecord& one : desk.snapshot.papers) {
    Followed followed(rename);
    followed.links("links", one.paper.links);
    followed.markdown({"summary"}, one.paper.summary);
    followed.answers(one.paper.discussion);
    if (&one != &paper) {
      if (!followed.edits().empty())
        changes.push_back(edited(desk, "paper", one.file, followed.edits()));
      continue;
    }
    const std::vector<PaperId>& aliases = paper.paper.aliases;
    for (std::size_t i = 0; i < aliases.size(); ++i) {
      if (aliases[i].str() != rename.id) continue;
      followed.edits().push_back(aliases.size() == 1
                                     ? yaml::Edit::remove({"aliases"})
                                     : yaml::Edit::remove({"aliases", std::to_string(i)}));
    }
    followed.edits().push_back(yaml::Edit::append({"aliases"}, paper.id.str()));
    club::Change record = edited(desk, "paper", paper.file, followed.edits());
    record.path = folder_of(paper.file) + rename.id + ".yaml";
    changes.push_back({paper.file, std::nullopt});
    changes.push_back(std::move(record));
  }
}

void change_sessions(const Desk& desk, const club::PaperRecord& paper, const club::Rename& rename,
                     std::vector<club::Change>& changes) {
  for (const club::SessionRecord& session : desk.snapshot.sessions) {
    Followed followed(rename);
    const std::vector<PaperId>& papers = session.session.papers;
    for (std::size_t i = 0; i < papers.size(); ++i) {
      if (papers[i] == paper.id)
        followed.edits().push_back(yaml::Edit::set({"papers", std::to_string(i)}, rename.id));
    }
    followed.links("recordings", session.session.recordings);
    followed.links("slides", session.session.slides);
    followed.markdown({"note"}, session.session.note);
    if (!followed.edits().empty())
      changes.push_back(edited(desk, "session", session.file, followed.edits()));
  }
}

void change_club_page(const Desk& desk, const club::Rename& rename,
                      std::vector<club::Change>& changes) {
  Followed followed(rename);
  followed.markdown({"about"}, desk.snapshot.settings.about);
  if (!followed.edits().empty())
    changes.push_back(edited(desk, "club", std::string(club::kClubFile), followed.edits()));
}

int run(const Options& options, Context& context) {
  return change_club(context, options.flags, "rename", [&](const Desk& desk) {
    const club::PaperRecord& paper = club::find_paper(desk.snapshot, options.name);
    refuse_taken(desk.snapshot, paper, options.id);
    refuse_candidate(desk, paper, "rename");
    Outcome outcome;
    outcome.id = options.id;
    const club::Rename rename{folder_of(paper.file) + paper.id.str(), options.id};
    change_papers(desk, paper, rename, outcome.changes);
    move_files(desk, paper, rename, outcome.changes);
    change_sessions(desk, paper, rename, outcome.changes);
    change_club_page(desk, rename, outcome.changes);
    outcome.subject = fmt::format("papers: rename {} to {}", paper.id.str(), options.id);
    outcome.next = fmt::format("paperclub show {}", options.id);
    outcome.timeline = true;
    return outcome;
  });
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.word("OLD", options->name, "The paper, by any of its names", Needed::yes);
  args.word("NEW", options->id, "Its id from now on", Needed::yes);
  add_write_flags(args, options->flags);
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

#include "cli/change.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/club.hpp"
#include "cli/exit_codes.hpp"
#include "cli/findings.hpp"
#include "cli/writing.hpp"
#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"
#include "lib/gate/gate.hpp"
#include "lib/publish/change_summary.hpp"

namespace paperclub::cli {
namespace {

// Adds the text to the file, which others write to as well.
void append(const Context& context, const std::string& file, const std::string& text) {
  const std::string path = file.starts_with('/') ? file : context.folder + "/" + file;
  const std::size_t slash = path.rfind('/');
  const os::Folder folder = os::Folder::open(slash == 0 ? "/" : path.substr(0, slash));
  const std::string name = path.substr(slash + 1);
  const os::ReadResult old = folder.read(name, club::kMaxFileBytes);
  if (old.status != os::ReadStatus::ok && old.status != os::ReadStatus::missing) {
    throw Error{ErrorKind::io, fmt::format("cannot add to {}", quote(file, 200))}.hint(
        "name a file for --summary");
  }
  folder.put(name, old.bytes + text);
}

std::size_t count_records(const gate::Judgement& judgement) {
  return static_cast<std::size_t>(
      std::count_if(judgement.files.begin(), judgement.files.end(), [](const std::string& file) {
        return club::place_of(file).place == club::PlaceKind::record;
      }));
}

}  // namespace

int check_change(Context& context, const ChangeOptions& options) {
  const OpenClub club = open_club(context, options.base);
  const std::string folder = os::resolve_path(context.folder).value_or(context.folder);
  const git::Repository repository = git::Repository::open(folder);
  gate::Request request{repository.resolve_commit(options.base),
                        repository.resolve_commit(options.head),
                        options.actor,
                        options.login,
                        false,
                        {}};
  request.now = now_of(context, {});
  const gate::Judgement judgement = gate::judge_change({folder, {}}, club.prefix, request);
  print_findings(context, options.format, judgement.findings, count_records(judgement),
                 club.prefix);
  if (!options.summary.empty()) {
    append(context, options.summary,
           publish::change_summary(judgement.added, judgement.after, judgement.findings));
  }
  return count_errors(judgement.findings) > 0 ? kUnacceptable : kDone;
}

}  // namespace paperclub::cli

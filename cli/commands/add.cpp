// paperclub add: a paper that the club may read, as one commit.
#include <memory>

#include "cli/adding.hpp"
#include "cli/commands.hpp"
#include "lib/club/layout.hpp"
#include "lib/git/repository.hpp"

namespace paperclub::cli {
namespace {

// The branch is asked: a file that an interrupted write left behind is no paper yet.
void refuse_known_in_branch(Context& context, const record::Paper& paper) {
  const OpenClub club = open_club(context, "");
  const auto repository = git::Repository::discover(repository_folder(context, club));
  if (!repository || !repository->has_commit()) return;
  const std::string file = club::repository_path(club.prefix, club::kClubFile);
  const git::ObjectId tree = repository->tree_of(repository->resolve_commit("HEAD"));
  if (!repository->find_entry(tree, file)) return;  // told when it is written
  refuse_known_paper(
      load_club(context, open_club(context, "HEAD"), club::Scope::papers_and_members), paper);
}

int run(const AddOptions& options, Context& context) {
  return run_add(
      context, options,
      {"add", [&](const record::Paper& paper) { refuse_known_in_branch(context, paper); },
       [&](const Work& work) {
         return change_club(context, options.flags, "add", work, club::Scope::papers_and_members);
       }});
}

Run setup(Arguments& args) {
  auto options = std::make_shared<AddOptions>();
  add_paper_flags(args, *options);
  add_write_flags(args, options->flags);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command add_command() {
  return {"add",
          "Write",
          "suggest a paper: a record of its own, as one commit",
          "[OPTIONS] [LINK|ID|TITLE]",
          "paperclub add 2307.08620 --title 'Retentive Network' --why fast\n"
          "paperclub add https://example.org/paper.pdf --title 'A Paper' --dry-run",
          "show",
          setup};
}

}  // namespace paperclub::cli

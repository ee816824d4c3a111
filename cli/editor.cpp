#include "cli/editor.hpp"

#include <fmt/format.h>

#include "cli/identity.hpp"
#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/os/file.hpp"
#include "lib/os/process.hpp"

namespace paperclub::cli {
namespace {

constexpr std::size_t kMaxBytes = 1024 * 1024;

// A repository's own configuration names no program that we start.
std::string chosen_editor(const Environment& environment) {
  for (const char* name : {"PAPERCLUB_EDITOR", "GIT_EDITOR"}) {
    if (!environment.get(name).empty()) return environment.get(name);
  }
  std::string configured = read_git_config(environment, nullptr).text("core.editor").value_or("");
  if (!configured.empty()) return configured;
  for (const char* name : {"VISUAL", "EDITOR"}) {
    if (!environment.get(name).empty()) return environment.get(name);
  }
  throw Error{ErrorKind::usage, "no editor is set"}.hint(
      "set one: export EDITOR=nano, or give what is to change as arguments");
}

bool wants_again(Context& context, const std::string& file) {
  // Whoever leaves here by Ctrl-C must know it.
  context.ui.note(fmt::format("until it is good, your text is in {}", file));
  const auto answer = context.ui.ask("edit it again? (Y/n)");
  return answer && fold(*answer) != "n" && fold(*answer) != "no";
}

}  // namespace

bool can_edit(const Context& context) {
  const Environment& environment = context.environment;
  return environment.in_is_terminal && environment.out_is_terminal && environment.err_is_terminal;
}

Draft::Draft(Context& context, std::string name, std::string text)
    : context_(context),
      folder_(temporary_parent(context.environment)),
      name_(std::move(name)),
      before_(std::move(text)),
      text_(before_) {
  os::Folder::open(folder_.path()).put(name_, before_);
}

Draft::~Draft() {
  if (accepted_ || (text_ == before_ && !unread_)) return;
  folder_.keep();
  context_.ui.note(fmt::format("your text is kept in {}/{}", folder_.path(), name_));
}

// The value may hold arguments and quotes: it is the person's own shell that reads it.
void Draft::run_editor() {
  const std::string editor = chosen_editor(context_.environment);
  os::ProcessSpec spec;
  spec.program = "/bin/sh";
  spec.arguments = {"-c", editor + " \"$@\"", editor, fmt::format("{}/{}", folder_.path(), name_)};
  spec.environment = context_.environment.variables;
  spec.default_signals = context_.environment.own_signals;
  context_.ui.flush();
  const int status = os::run_program(spec);
  os::ReadResult file = os::Folder::open(folder_.path()).read(name_, kMaxBytes);
  unread_ = file.status != os::ReadStatus::ok && file.status != os::ReadStatus::missing;
  if (file.status == os::ReadStatus::ok) text_ = std::move(file.bytes);
  if (status == 0 && file.status == os::ReadStatus::ok) return;
  if (status == 0) {
    const bool is_large = file.status == os::ReadStatus::too_large;
    throw Error{ErrorKind::io, is_large ? "the text is larger than 1 MiB"
                                        : "the editor left no file that can be read"}
        .hint("nothing was written");
  }
  throw Error{ErrorKind::io, fmt::format("the editor {} ended with {}", quote(editor), status)}
      .hint("nothing was written");
}

void Draft::put(std::string text) {
  text_ = std::move(text);
  os::Folder::open(folder_.path()).put(name_, text_);
}

bool Draft::edit(const std::function<bool(const std::string& text)>& judge) {
  while (true) {
    run_editor();
    if (text_ == before_ || squeeze(text_).empty()) {
      accepted_ = true;  // nothing to keep
      return false;
    }
    if (judge(text_)) return true;
    if (!wants_again(context_, fmt::format("{}/{}", folder_.path(), name_)))
      throw Error{ErrorKind::unacceptable, "the text would not be good, and nothing was written"};
  }
}

}  // namespace paperclub::cli

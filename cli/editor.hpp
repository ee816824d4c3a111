// The person's editor: for texts that are too long for a flag.
#pragma once

#include <functional>
#include <string>

#include "cli/context.hpp"
#include "lib/os/file.hpp"

namespace paperclub::cli {

// Returns whether somebody sits at a terminal where an editor can be opened.
bool can_edit(const Context& context);

// A text that a person edits.  What they wrote is never lost: unless it was accepted, it is kept in
// a file, and the person is told where.
class Draft {
 public:
  // Makes the file, called `name`, with `text`.  Throws Error{io}.
  Draft(Context& context, std::string name, std::string text);
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft();

  // Opens the editor: PAPERCLUB_EDITOR, GIT_EDITOR, core.editor of the person's own configuration,
  // VISUAL or EDITOR; the value may hold arguments.  While `judge` says no to the text, after it
  // has told why, the person is asked whether to open it again.  Returns false where the text came
  // back as it was, or empty.  Throws Error{usage} where there is no editor, Error{io} where it
  // fails, and Error{unacceptable} where the person gives up.
  bool edit(const std::function<bool(const std::string& text)>& judge);
  // Puts a text there that came from elsewhere.  Throws Error{io}.
  void put(std::string text);
  // Returns the text as it was edited last.
  const std::string& text() const { return text_; }
  // Says that the text is where it belongs.
  void accept() { accepted_ = true; }

 private:
  void run_editor();

  Context& context_;
  os::TemporaryFolder folder_;
  std::string name_;
  std::string before_;
  std::string text_;
  bool accepted_ = false;
  bool unread_ = false;  // the editor left a file that we could not read
};

}  // namespace paperclub::cli

#include "cli/guard.hpp"

#include <fmt/format.h>

#include <new>

#include "cli/exit_codes.hpp"
#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/publish/json.hpp"

namespace paperclub::cli {
namespace {

void tell_bug(Ui& ui, const std::vector<std::string>& arguments, const char* what) {
  std::string line = "paperclub";
  for (const std::string& argument : arguments)
    line += " " + escape(argument);
  ui.err(
      fmt::format("error: internal error: {}\n"
                  "This is a bug in paperclub {}, not in your club.\n"
                  "hint: report it where you got paperclub from, with these lines, the output of "
                  "'paperclub --version --verbose' and the command:\n  {}\n",
                  escape(what), program_version(), line));
}

// Tells a failure, as data too where `json`; returns its exit code.
int tell(Ui& ui, const Error& error, bool json) {
  if (json) ui.out(publish::error_json(error));
  ui.error(error);
  const int code = exit_code(error.kind());
  if (!json) return code;
  try {
    ui.flush();
  } catch (const Error&) {
    // Told already, and the exit code says so too.
  }
  return code;
}

}  // namespace

int guard(Ui& ui, const std::vector<std::string>& arguments, bool json,
          const std::function<int()>& body) {
  try {
    const int code = body();
    ui.flush();
    return code;
  } catch (const Error& error) {
    ui.discard();
    return tell(ui, error, json);
  } catch (const std::bad_alloc&) {
    ui.discard();
    return tell(
        ui, Error{ErrorKind::io, "out of memory"}.hint("close other programs, or raise the limit"),
        json);
  } catch (const std::exception& error) {
    tell_bug(ui, arguments, error.what());
    return kBug;
  }
}

const char* program_version() { return PAPERCLUB_VERSION; }

}  // namespace paperclub::cli

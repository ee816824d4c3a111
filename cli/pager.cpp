#include "cli/pager.hpp"

#include <algorithm>
#include <csignal>

#include "lib/base/text.hpp"
#include "lib/os/process.hpp"

namespace paperclub::cli {
namespace {

std::string chosen_pager(const Environment& environment) {
  for (const char* name : {"PAPERCLUB_PAGER", "GIT_PAGER", "PAGER"}) {
    if (environment.has(name)) return environment.get(name);
  }
  return "less";
}

// A value may hold arguments and quotes: it is the person's own shell that reads it.
os::ProcessSpec pager_process(const Environment& environment, const std::string& pager) {
  os::ProcessSpec spec;
  spec.environment = environment.variables;
  spec.default_signals = environment.own_signals;
  if (environment.get("LESS").empty()) spec.environment.emplace_back("LESS=FRX");
  const auto program = os::find_program(pager, environment.get("PATH"));
  if (program) {
    spec.program = *program;
  } else {
    spec.program = "/bin/sh";
    spec.arguments = {"-c", pager};
  }
  return spec;
}

}  // namespace

bool page(const Environment& environment, std::string_view text) {
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  const std::string pager = chosen_pager(environment);
  if (lines < environment.rows || pager == "cat" || pager.empty()) return false;
  const bool is_default = pager == "less";
  if (is_default && !os::find_program(pager, environment.get("PATH"))) return false;
  // What is typed there is meant for the pager, which must not be left alone on the terminal.
  const os::IgnoredSignals ignored({SIGINT, SIGQUIT});
  os::ProcessSpec spec = pager_process(environment, pager);
  for (const int signal : ignored.changed())
    spec.default_signals.push_back(signal);
  os::InputProcess process(spec);
  process.write(text);
  // The shell says 127 where there is no such program and 126 where it cannot run, and has shown
  // nothing.
  const int status = process.finish();
  return status != 126 && status != 127;
}

}  // namespace paperclub::cli

#include "cli/run.hpp"

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/guard.hpp"
#include "cli/help.hpp"
#include "cli/parse.hpp"
#include "lib/publish/json.hpp"

namespace paperclub::cli {
namespace {

#ifdef __OPTIMIZE__
constexpr const char* kBuild = "optimised";
#else
constexpr const char* kBuild = "not optimised";
#endif

ColorChoice color_choice(const std::string& value) {
  if (value == "always") return ColorChoice::always;
  return value == "never" ? ColorChoice::never : ColorChoice::automatic;
}

int print_version(Ui& ui, bool verbose, bool json) {
  const std::vector<std::pair<std::string, std::string>> parts = {
      {"compiler", fmt::format("{}", __VERSION__)},
      {"build", kBuild},
      {"language", fmt::format("C++ {}", __cplusplus)}};
  if (json) {
    ui.out(publish::version_json(program_version(), parts));
    return kDone;
  }
  ui.out(fmt::format("paperclub {}\n", program_version()));
  for (const auto& [name, text] : parts) {
    if (verbose) ui.out(fmt::format("{}: {}\n", name, text));
  }
  return kDone;
}

int run_parsed(Ui& ui, const Environment& environment, const Parsed& parsed) {
  const GlobalOptions& global = parsed.global;
  if (global.version) return print_version(ui, global.verbose, global.json);
  if (!parsed.family.empty()) {
    ui.out(family_help(*family_of(parsed.family), ui.help_width()));
    return kDone;
  }
  if (parsed.command == nullptr) {
    ui.out(program_help(ui.help_width(), global.help));
    return kDone;
  }
  if (global.help) {
    ui.out(command_help(*parsed.command, ui.help_width()));
    return kDone;
  }
  Context context{environment, ui, global.folder};
  return parsed.run(context);
}

}  // namespace

int run_program(const std::vector<std::string>& arguments, const Environment& environment) {
  const GlobalOptions early = peek_globals(arguments);
  Ui ui(environment, color_choice(early.color), !early.no_pager);
  return guard(ui, arguments, early.json, [&] {
    const Parsed parsed = parse_arguments(arguments);
    return run_parsed(ui, environment, parsed);
  });
}

}  // namespace paperclub::cli

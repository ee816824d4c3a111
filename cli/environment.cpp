#include "cli/environment.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <thread>

#include "lib/os/file.hpp"

namespace paperclub::cli {
namespace {

constexpr std::size_t kLeastColumns = 20;

std::optional<std::size_t> parse_count(const std::string& text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = error == std::errc() && end == text.data() + text.size() && value > 0;
  return good ? std::optional(value) : std::nullopt;
}

}  // namespace

std::string Environment::get(std::string_view name) const {
  for (const std::string& variable : variables) {
    const bool same =
        variable.size() > name.size() && variable.starts_with(name) && variable[name.size()] == '=';
    if (same) return variable.substr(name.size() + 1);
  }
  return {};
}

bool Environment::has(std::string_view name) const {
  const std::string lead = std::string(name) + "=";
  return std::any_of(variables.begin(), variables.end(),
                     [&lead](const std::string& variable) { return variable.starts_with(lead); });
}

std::string at_home(const Environment& environment, const std::string& path) {
  return path.starts_with("~/") ? environment.get("HOME") + path.substr(1) : path;
}

std::string temporary_parent(const Environment& environment) {
  const std::string folder = environment.get("TMPDIR");
  return folder.starts_with('/') && os::is_folder(folder) ? folder : "/tmp";
}

Environment read_environment(char** variables) {
  Environment environment;
  for (char** variable = variables; *variable != nullptr; ++variable) {
    environment.variables.emplace_back(*variable);
  }
  environment.in_is_terminal = ::isatty(STDIN_FILENO) == 1;
  environment.out_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  environment.err_is_terminal = ::isatty(STDERR_FILENO) == 1;
  environment.processors = std::max(1U, std::thread::hardware_concurrency());
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    environment.columns = std::max<std::size_t>(size.ws_col, kLeastColumns);
    environment.rows = size.ws_row;
  }
  const auto columns = parse_count(environment.get("COLUMNS"));
  if (columns) environment.columns = std::max(*columns, kLeastColumns);
  return environment;
}

}  // namespace paperclub::cli

#include "cli/arguments.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <optional>

#include "lib/base/text.hpp"

namespace paperclub::cli {
namespace {

std::optional<long long> whole_number(const std::string& text) {
  long long number = 0;
  const char* end = text.data() + text.size();
  const auto [parsed, problem] = std::from_chars(text.data(), end, number);
  if (text.empty() || parsed != end || problem != std::errc()) return std::nullopt;
  return number;
}

}  // namespace

void Arguments::word(const char* name, std::string& target, const char* what, Needed needed) {
  app_.add_option(name, target, what)->required(needed == Needed::yes);
}

void Arguments::words(const char* name, std::vector<std::string>& target, const char* what,
                      Needed needed) {
  app_.add_option(name, target, what)->required(needed == Needed::yes);
}

void Arguments::flag(const char* names, bool& target, const char* what) {
  app_.add_flag(names, target, what);
}

void Arguments::flag(const char* names, const char* what) {
  app_.add_flag_callback(
      names, [] {}, what);
}

void Arguments::text(const char* flag, std::string& target, const char* what, const char* type,
                     Needed needed) {
  app_.add_option(flag, target, what)->type_name(type)->required(needed == Needed::yes);
}

void Arguments::list(const char* flag, std::vector<std::string>& target, const char* what,
                     const char* type) {
  app_.add_option(flag, target, what)->type_name(type)->allow_extra_args(false);
}

void Arguments::number(const char* flag, long long& target, const char* what, long long least,
                       long long most) {
  // Read by ourselves: the library takes 010 for eight.
  const auto in_range = [least, most](const std::string& value) {
    const auto number = whole_number(value);
    if (number && *number >= least && *number <= most) return std::string();
    return fmt::format("must be a number from {} to {}, not {}", least, most, quote(value));
  };
  const auto take = [&target](const std::string& value) {
    target = whole_number(value).value_or(0);
  };
  app_.add_option_function<std::string>(flag, take, what)->type_name("N")->check(in_range, "");
}

void Arguments::choice(const std::string& flag, std::string& target, const std::string& what,
                       const std::vector<std::string>& allowed, Needed needed) {
  const std::string standard =
      target.empty() ? std::string() : fmt::format(" (default: {})", target);
  app_.add_option(flag, target, what + standard)
      ->type_name(fmt::format("{}", fmt::join(allowed, "|")))
      ->required(needed == Needed::yes);
}

void Arguments::exclude(const char* flag, const char* other) {
  app_.get_option(flag)->excludes(app_.get_option(other));
}

void Arguments::format(std::string& target, const std::vector<std::string>& allowed) {
  choice("--format", target, "Output format", allowed);
  const auto take = [&app = app_, &target] {
    if (app.get_option("--format")->count() > 0 && target != "json")
      throw CLI::ExcludesError("--json", "--format");
    target = "json";
  };
  app_.add_flag_callback("--json", take, "The same as --format json");
}

void Arguments::at(std::string& target) {
  text("--at", target, "Read this commit instead of the files as they lie", "REV");
}

}  // namespace paperclub::cli

// The program paperclub.
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

#include "cli/environment.hpp"
#include "cli/run.hpp"

int main(int argc, char** argv) {
  // A reader that goes away and a file that grows too large are answers of write(), not the end.
  auto environment = paperclub::cli::read_environment(environ);
  for (const int signal : {SIGPIPE, SIGXFSZ}) {
    if (std::signal(signal, SIG_IGN) != SIG_IGN) environment.own_signals.push_back(signal);
  }
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  return paperclub::cli::run_program(arguments, environment);
}

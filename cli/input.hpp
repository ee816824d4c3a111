// Files that people name on the command line, and standard input.
#pragma once

#include <string>

#include "cli/context.hpp"

namespace paperclub::cli {

// Returns the bytes of the file at `path`, or of standard input where that is `-`; at most
// `limit` of them.
// Throws Error{io} where it cannot be read, Error{limit} where it is larger.
std::string read_input(Context& context, const std::string& path,
                       std::size_t limit = std::size_t{1} << 20U);

}  // namespace paperclub::cli

// Tables of text whose columns line up by display width.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/ui.hpp"

namespace paperclub::cli {

// One row; every row has as many cells as the heading.
using Row = std::vector<std::string>;

// Returns the table, the heading first.  Where `ui` has a width, the last column is cut to fit it,
// and if that is not enough the first one; elsewhere nothing is cut.
std::string render_table(const Ui& ui, const Row& heading, const std::vector<Row>& rows);

}  // namespace paperclub::cli

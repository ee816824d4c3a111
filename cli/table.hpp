// Tables of text whose columns line up by display width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/ui.hpp"

namespace paperclub::cli {

// One row; every row has as many cells as the heading.
using Row = std::vector<std::string>;

// Returns the table, the heading first.  Where `ui` has a width, the last column is cut to fit it,
// and if that is not enough the first one; elsewhere nothing is cut.
std::string render_table(const Ui& ui, const Row& heading, const std::vector<Row>& rows);

// Returns the same in as many parts, one below the other, as are needed to fit the width: each
// begins with the first column and has some of the others.
std::string render_wide_table(const Ui& ui, const Row& heading, const std::vector<Row>& rows);

// Returns `label: value` as one line of a page, the values in line; nothing where `value` is empty.
std::string field_line(const Ui& ui, std::string_view label, const std::string& value);

}  // namespace paperclub::cli

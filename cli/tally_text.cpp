#include "cli/tally_text.hpp"

#include <cmath>

#include "cli/table.hpp"
#include "lib/base/text.hpp"

namespace paperclub::cli {
namespace {

constexpr double kBarColumns = 30;

std::string bar(double share) {
  std::string out;
  const auto columns = static_cast<std::size_t>(std::lround(share * kBarColumns));
  for (std::size_t i = 0; i < columns; ++i)
    out += "█";
  return out;
}

Row escaped(const std::vector<std::string>& cells) {
  Row row;
  for (const std::string& cell : cells)
    row.push_back(escape(cell));
  return row;
}

}  // namespace

std::string tally_text(const Ui& ui, const publish::Tally& tally) {
  std::string out;
  for (const publish::TallySection& section : publish::tally_sections(tally)) {
    out += (out.empty() ? "" : "\n") + ui.paint(Role::heading, escape(section.title)) + "\n";
    for (const std::string& line : section.lines)
      out += escape(line) + "\n";
    if (section.rows.empty()) continue;
    Row head = escaped(section.head);
    if (!section.bars.empty()) head.emplace_back();
    std::vector<Row> rows;
    for (std::size_t i = 0; i < section.rows.size(); ++i) {
      rows.push_back(escaped(section.rows[i]));
      if (!section.bars.empty()) rows.back().push_back(bar(section.bars[i]));
    }
    out +=
        section.has_column_each ? render_wide_table(ui, head, rows) : render_table(ui, head, rows);
  }
  return out;
}

}  // namespace paperclub::cli

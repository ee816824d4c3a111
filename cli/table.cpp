#include "cli/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>

#include "lib/base/text.hpp"

namespace paperclub::cli {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kLeastColumn = 8;

std::vector<std::size_t> column_widths(const Row& heading, const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const std::string& cell : heading)
    widths.push_back(display_width(cell));
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  return widths;
}

// Takes what is too much from `width`, but leaves kLeastColumn; returns what is still too much.
std::size_t shrink(std::size_t& width, std::size_t excess) {
  const std::size_t most = width > kLeastColumn ? width - kLeastColumn : 0;
  const std::size_t taken = std::min(most, excess);
  width -= taken;
  return excess - taken;
}

void fit(std::vector<std::size_t>& widths, std::size_t room) {
  const std::size_t gaps = kGap * (widths.size() - 1);
  const std::size_t used = std::accumulate(widths.begin(), widths.end(), gaps);
  if (room == 0 || used <= room) return;
  const std::size_t excess = shrink(widths.back(), used - room);
  shrink(widths.front(), excess);
}

std::string render_row(const Row& row, const std::vector<std::size_t>& widths, bool limited) {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::string cell = limited ? cut(row[i], widths[i]) : row[i];
    line += i + 1 == row.size() ? cell : pad(cell, widths[i] + kGap);
  }
  while (line.ends_with(' '))
    line.pop_back();
  return line;
}

}  // namespace

std::string render_table(const Ui& ui, const Row& heading, const std::vector<Row>& rows) {
  std::vector<std::size_t> widths = column_widths(heading, rows);
  fit(widths, ui.width());
  const bool limited = ui.width() > 0;
  std::string out = ui.paint(Role::heading, render_row(heading, widths, limited)) + "\n";
  for (const Row& row : rows)
    out += render_row(row, widths, limited) + "\n";
  return out;
}

std::string render_wide_table(const Ui& ui, const Row& heading, const std::vector<Row>& rows) {
  if (heading.size() < 2) return render_table(ui, heading, rows);
  const std::vector<std::size_t> widths = column_widths(heading, rows);
  const std::size_t room = ui.width();
  std::string out;
  for (std::size_t begin = 1, end = 1; begin < heading.size(); begin = end) {
    std::size_t used = widths.front();
    while (end < heading.size() &&
           (end == begin || room == 0 || used + kGap + widths[end] <= room)) {
      used += kGap + widths[end];
      ++end;
    }
    const auto part_of = [begin, end](const Row& row) {
      Row part{row.front()};
      part.insert(part.end(), row.begin() + static_cast<std::ptrdiff_t>(begin),
                  row.begin() + static_cast<std::ptrdiff_t>(end));
      return part;
    };
    std::vector<Row> parts;
    std::transform(rows.begin(), rows.end(), std::back_inserter(parts), part_of);
    if (!out.empty()) out += "\n";
    out += render_table(ui, part_of(heading), parts);
  }
  return out;
}

std::string field_line(const Ui& ui, std::string_view label, const std::string& value) {
  constexpr std::size_t kLabel = 12;
  if (value.empty()) return {};
  return ui.paint(Role::faint, pad(fmt::format("{}:", label), kLabel)) + escape(squeeze(value)) +
         "\n";
}

}  // namespace paperclub::cli

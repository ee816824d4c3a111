#include "cli/new_paper.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lib/base/similar.hpp"
#include "lib/base/text.hpp"
#include "lib/club/locate.hpp"
#include "lib/schema/schema.hpp"
#include "lib/yaml/edit.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::cli {
namespace {

// --- what is there already -----------------------------------------------------------------------

std::string state_of(const club::PaperRecord& paper) {
  const auto& number = paper.paper.number;
  return number ? fmt::format("number {} on the timeline", number->value)
                : std::string(record::state_name(record::state_of(paper.paper)));
}

[[noreturn]] void refuse_known(const club::PaperRecord& known, const std::string& why) {
  throw Error{ErrorKind::unacceptable, fmt::format("the club has this paper: {}, {}",
                                                   quote(known.id.str(), 100), state_of(known))}
      .hint(fmt::format("{}; see 'paperclub show {}'", why, known.id.str()));
}

// --- where it goes -------------------------------------------------------------------------------

bool is_taken(const club::Snapshot& snapshot, const std::string& id) {
  return id == "none" || club::is_id_taken(snapshot, id);
}

// The id asked for, or one made of the title that no paper has or had.
std::string id_of(const club::Snapshot& snapshot, const std::string& asked,
                  const record::Paper& paper) {
  if (!asked.empty()) {
    require_id(asked);
    if (!is_taken(snapshot, asked)) return asked;
    throw Error{ErrorKind::unacceptable, fmt::format("the id {} is taken", quote(asked))}.hint(
        "choose another one with --id");
  }
  const std::string wanted = suggest_id(record::display_title(paper));
  if (wanted.empty()) {
    throw Error{ErrorKind::usage, "the title gives no id"}.hint("give one with --id");
  }
  std::string id = wanted;
  for (int number = 2; is_taken(snapshot, id); ++number)
    id = fmt::format("{}-{}", wanted, number);
  return id;
}

std::string path_of(const club::Snapshot& snapshot, const std::string& id,
                    const record::Paper& paper, const Date& today) {
  if (!snapshot.settings.papers_by_year) return club::paper_path(id, "");
  const int year = paper.published ? paper.published->year : today.year;
  return club::paper_path(id, std::to_string(year));
}

Outcome outcome_of(const std::string& id, club::Change change) {
  return {id,
          {std::move(change)},
          fmt::format("papers: add {}", id),
          fmt::format("paperclub show {}", id)};
}

std::string suggested_by(const Desk& desk, const Proposal& proposal) {
  return club::person_named(desk.snapshot, proposal.by.empty() ? author_named(desk) : proposal.by);
}

// --- a record that a person wrote ----------------------------------------------------------------

// What is given later, by the command named.
void refuse_later_keys(const record::Paper& paper) {
  const auto refuse = [](const char* key, const char* command) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("a paper that is new has no '{}' yet, and nothing was written", key)}
        .hint(fmt::format("leave it out; 'paperclub {}' gives it", command));
  };
  if (paper.number) refuse("number", "schedule");
  if (paper.withdrawn) refuse("withdrawn", "withdraw");
  if (!paper.aliases.empty()) refuse("aliases", "rename");
}

// What the record lacks, as changes of its text.
std::vector<yaml::Edit> additions(const Desk& desk, const Proposal& proposal,
                                  const yaml::Document& document, const record::Paper& paper) {
  std::vector<yaml::Edit> edits;
  for (const char* key : {"arxiv", "doi"}) {
    const auto node = document.root().find(key);
    if (node && node->style() == yaml::ScalarStyle::plain)
      edits.push_back(yaml::Edit::set({key}, yaml::Value::quoted(node->text())));
  }
  const record::Suggestion given = paper.suggested.value_or(record::Suggestion{});
  if (given.by.empty() || !proposal.by.empty())
    edits.push_back(yaml::Edit::set({"suggested", "by"}, suggested_by(desk, proposal)));
  if (!given.on)
    edits.push_back(
        yaml::Edit::set({"suggested", "on"}, yaml::Value::plain(format_date(desk.now.date))));
  if (!proposal.why.empty())
    edits.push_back(yaml::Edit::set({"suggested", "why"}, squeeze(proposal.why)));
  return edits;
}

// Every line ends in CR LF.
std::string with_returns(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' && !out.ends_with('\r')) out += '\r';
    out += c;
  }
  return out;
}

}  // namespace

void refuse_known_paper(const club::Snapshot& snapshot, const record::Paper& paper) {
  const std::vector<club::PaperKeys> keys = club::keys_of(paper);
  const std::vector<std::size_t> order = club::by_seniority(snapshot);
  std::vector<std::string> titles{paper.title};
  for (const std::size_t i : order) {
    const club::PaperRecord& known = snapshot.papers[i];
    titles.push_back(known.paper.title);
    for (const club::PaperKeys& own : club::keys_of(known.paper)) {
      const bool same = std::any_of(keys.begin(), keys.end(), [&own](const club::PaperKeys& key) {
        return key.text == own.text;
      });
      if (same) refuse_known(known, fmt::format("both have {}", escape(own.text)));
    }
  }
  if (paper.title.empty()) return;
  for (const auto& [first, second] : similar_titles(titles)) {
    if (first == 0)
      refuse_known(snapshot.papers[order[second - 1]], "the titles are nearly the same");
  }
}

Outcome add_paper(const Desk& desk, const Proposal& proposal, record::Paper paper) {
  refuse_known_paper(desk.snapshot, paper);
  paper.suggested =
      record::Suggestion{suggested_by(desk, proposal), desk.now.date, squeeze(proposal.why)};
  const std::string id = id_of(desk.snapshot, proposal.id, paper);
  const std::string path = path_of(desk.snapshot, id, paper, desk.now.date);
  return outcome_of(id, made(desk.context, "paper", path, record::to_yaml(paper)));
}

Outcome add_record(const Desk& desk, const Proposal& proposal, const std::string& name,
                   const std::string& written) {
  // A mark of the byte order belongs to the file it was read from.
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  const std::string text =
      written.starts_with(kByteOrderMark) ? written.substr(kByteOrderMark.size()) : written;
  refuse_findings(desk.context, "paper", name, text);
  const yaml::Document document = *yaml::parse(name, text).document;
  const record::Paper paper = record::paper_from(document);
  refuse_later_keys(paper);
  refuse_known_paper(desk.snapshot, paper);
  const std::string id = id_of(desk.snapshot, proposal.id, paper);
  const std::string path = path_of(desk.snapshot, id, paper, desk.now.date);
  std::string whole = yaml::edited_text(document, additions(desk, proposal, document, paper),
                                        schema::schema_of("paper").property_names());
  if (whole.find("yaml-language-server:") == whole.npos)
    whole.insert(0, schema_line("paper", path));
  if (!whole.ends_with('\n')) whole += '\n';
  // One kind of line ending: that of what was written.
  if (text.find("\r\n") != text.npos) whole = with_returns(whole);
  refuse_findings(desk.context, "paper", path, whole);
  return outcome_of(id, {path, std::move(whole)});
}

}  // namespace paperclub::cli

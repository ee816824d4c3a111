#include "lib/yaml/edit.hpp"

#include <fmt/format.h>

#include <utility>

#include "lib/base/error.hpp"
#include "lib/base/line_endings.hpp"
#include "lib/base/text.hpp"
#include "lib/yaml/meaning.hpp"
#include "lib/yaml/parse.hpp"
#include "lib/yaml/splice.hpp"

namespace paperclub::yaml {
namespace {

Error misfit(const Document& document, const Edit& edit) {
  return Error{
      ErrorKind::unacceptable,
      fmt::format("cannot change {} here", quote(fmt::format("{}", fmt::join(edit.path, "."))))}
      .at(escape(document.source().file()))
      .hint("something else stands there; change it by hand");
}

// The text with the splice made, its line breaks as those of the file.
std::string spliced(const std::string& text, const Splice& splice) {
  const std::size_t first = text.find('\n');
  const bool crlf = first != text.npos && first > 0 && text[first - 1] == '\r';
  const std::string middle = crlf ? with_returns(splice.text) : splice.text;
  return text.substr(0, splice.span.begin) + middle + text.substr(splice.span.end);
}

// One edit; returns the new text, which says what was meant.
std::string edited_once(const Document& document, const Edit& edit,
                        const std::vector<std::string>& order) {
  Meaning meant = meaning_of(document.root());
  if (!apply(edit, meant)) throw misfit(document, edit);
  const auto splice = splice_for(document, edit, order);
  const std::string& text = document.source().text();
  std::string result = splice ? spliced(text, *splice) : text;
  const ParseResult parsed = parse(document.source().file(), result);
  if (!parsed.document && !parsed.findings.empty()) {
    const Finding& finding = parsed.findings.front();
    throw Error{ErrorKind::unacceptable, finding.message}
        .at(escape(document.source().file()))
        .hint(finding.hint.empty() ? "write it in another way" : finding.hint);
  }
  if (!parsed.document || !(meaning_of(parsed.document->root()) == meant))
    throw misfit(document, edit);
  return result;
}

}  // namespace

Edit Edit::set(Path path, Value value) { return {Kind::set, std::move(path), std::move(value)}; }

Edit Edit::remove(Path path) { return {Kind::remove, std::move(path), Value(false)}; }

Edit Edit::append(Path path, Value value) {
  return {Kind::append, std::move(path), std::move(value)};
}

std::string edited_text(const Document& document, const std::vector<Edit>& edits,
                        const std::vector<std::string>& order) {
  std::string text = document.source().text();
  for (const Edit& edit : edits) {
    const ParseResult now = parse(document.source().file(), text);
    if (!now.document) throw misfit(document, edit);
    text = edited_once(*now.document, edit, order);
  }
  return text;
}

}  // namespace paperclub::yaml

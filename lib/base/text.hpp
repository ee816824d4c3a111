// Text for people: width on a terminal, cutting, wrapping, and the one escape function for
// everything that comes from outside.  Nothing here knows about colours or terminals' state.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace paperclub {

// Returns true for characters that must not reach a terminal or stand in a record: C0 but LF, DEL,
// C1, line and paragraph separators, bidirectional controls, tag characters, noncharacters, and
// U+FEFF, the byte order mark.
bool is_forbidden(char32_t value);

// Returns `text` with every forbidden character and every byte that is not UTF-8 made visible
// (`\x1b`, `\u{202e}`, `\xff`), and so the first character of what a host that runs workflows would
// take for a command (`::` at the beginning of a line, `##[`); secrets are hidden.  LF stays only
// where `keep_newlines`. The result is valid UTF-8 that no terminal, log or editor acts on.
std::string escape(std::string_view text, bool keep_newlines = false);

// Returns `text` with who logs in to an address (`https://user:secret@host`) made asterisks, as
// many as there were bytes.
std::string hide_secrets(std::string_view text);

// Returns at most `limit` characters of `text`, escaped, with … where something was cut, in
// 'single quotes': the form in which messages name what they found.
std::string quote(std::string_view text, std::size_t limit = 40);

// Returns `text` as one word of a POSIX shell: as it is where that is safe, else in single quotes.
std::string shell_word(std::string_view text);

// Returns the number of terminal columns of `text`, which holds no line break: 2 for East Asian
// wide characters and emoji, 0 for combining marks.
std::size_t display_width(std::string_view text);

// Returns `text` cut to at most `width` columns, ending in … where it was cut; never inside a
// grapheme cluster.
std::string cut(std::string_view text, std::size_t width);

// Returns `text` followed by blanks up to `width` columns; longer text stays as it is.
std::string pad(std::string_view text, std::size_t width);

// Returns the lines of `text` broken at blanks so that each fits `width` columns; a longer word is
// broken between its characters, but for a link, which stands alone on its line, uncut.  Runs of
// white space count as one blank.  A line that would begin like a command to a host that runs
// workflows is escaped as escape() does it.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

// Returns `text` with each run of white space made one blank, and none at either end.
std::string squeeze(std::string_view text);

// Returns `text` in the form in which names are compared: NFC, then full case folding, then NFC.
// Bytes that are not UTF-8 stay as they are.
std::string fold(std::string_view text);

// Returns `text` folded and without accents (NFKD without marks), for comparing titles and for
// finding text.
std::string fold_loosely(std::string_view text);

// Returns the words of `text` in loosely folded form: runs of letters and digits.
std::vector<std::string> words_of(std::string_view text);

// Returns `1 record`, `2 records`: the count and the noun, with an s where the count is not 1.
std::string counted(std::size_t count, std::string_view noun);

// Returns 'a', 'b' or 'c': the words quoted and joined for a sentence.
std::string one_of(const std::vector<std::string>& words);

}  // namespace paperclub

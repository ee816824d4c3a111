// Editing a person's file: the smallest span of text changes, and everything else (comments, order,
// quotes, indentation, line endings, a last line without its break) stays byte for byte.  The new
// text is parsed again and must say what was meant; nothing is ever re-emitted as a whole.
#pragma once

#include <string>
#include <vector>

#include "lib/yaml/document.hpp"
#include "lib/yaml/emit.hpp"

namespace paperclub::yaml {

// A way from the root: keys of mappings, and items of lists by their index in digits.
using Path = std::vector<std::string>;

// One change of a value.
struct Edit {
  enum class Kind { set, remove, append };

  // Gives the key or item at `path` the value; a key that is not there is added, with the mappings
  // on the way to it.
  static Edit set(Path path, Value value);
  // Takes the key or item at `path` away; one that is not there is no failure.
  static Edit remove(Path path);
  // Adds an item at the end of the list at `path`; a list that is not there is made.
  static Edit append(Path path, Value value);

  Kind kind;
  Path path;
  Value value;  // of set and append
};

// Returns the text of `document` with the edits made one after another.  `order` names the keys of
// the root in the order in which a new one finds its place (Schema::property_names).  Throws
// Error{unacceptable} where a path does not fit the document (a key of a text, an item of a
// mapping) or where the new text would not say what was meant; nothing is half done then.
std::string edited_text(const Document& document, const std::vector<Edit>& edits,
                        const std::vector<std::string>& order);

}  // namespace paperclub::yaml

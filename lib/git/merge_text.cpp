#include "lib/git/merge_text.hpp"

#include <git2.h>

#include <algorithm>

#include "lib/git/library.hpp"

namespace paperclub::git {
namespace {

git_merge_file_input input_of(std::string_view text) {
  git_merge_file_input input{};
  input.version = GIT_MERGE_FILE_INPUT_VERSION;
  input.ptr = text.data();
  input.size = text.size();
  return input;
}

// Takes the lines out of `text` up to the one that begins with `mark`, and that one.
std::string lines_before(std::string_view& text, std::string_view mark) {
  std::string lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (line.starts_with(mark)) break;
    lines += line;
  }
  return lines;
}

}  // namespace

TextMerge merge_text(std::string_view base, std::string_view mine, std::string_view theirs) {
  TextMerge merge;
  for (const std::string_view text : {base, mine, theirs}) {
    if (text.find('\0') != text.npos) return merge;
  }
  start_library();
  const git_merge_file_input old = input_of(base);
  const git_merge_file_input own = input_of(mine);
  const git_merge_file_input other = input_of(theirs);
  git_merge_file_result result{};
  const int code = git_merge_file(&result, &old, &own, &other, nullptr);
  if (code < 0) throw library_error(code, "cannot join two texts");
  std::string_view joined(result.ptr, result.len);
  if (result.automergeable != 0) {
    merge.text = joined;
  } else {
    lines_before(joined, "<<<<<<<");
    merge.mine = lines_before(joined, "=======");
    merge.theirs = lines_before(joined, ">>>>>>>");
  }
  git_merge_file_result_free(&result);
  return merge;
}

}  // namespace paperclub::git

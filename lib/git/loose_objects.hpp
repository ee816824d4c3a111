// A reader of loose objects that ends on every input.  libgit2's own (1.5.1) loops for ever on a
// truncated file; this one stands in front of it and refuses what is damaged or too large.
#pragma once

#include <git2/types.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "lib/git/library.hpp"

namespace paperclub::git {

// Objects larger than this are refused, however small they are packed.
inline constexpr std::size_t kMaxObjectBytes = 64U * 1024 * 1024;

// Returns the file that a loose object with this content is: header and content, packed.
std::string deflate_object(git_object_t type, std::string_view content);

// Puts a reader for the loose objects below `objects_folder` in front of the one that `odb` has.
void guard_loose_objects(git_odb* odb, const std::string& objects_folder);

}  // namespace paperclub::git

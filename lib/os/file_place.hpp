// What reading and writing of files share.  For this room only.
#pragma once

#include <fcntl.h>

#include <string>
#include <string_view>

#include "lib/base/error.hpp"
#include "lib/os/file.hpp"
#include "lib/os/handle.hpp"

namespace paperclub::os {

inline constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

// Returns the system's words for the errno `code`.
std::string system_words(int code);

// Returns the failure `what path: why`, with what can be done about it.
Error io_error(std::string_view what, const std::string& path, int code);

// Opens `folder`/`name` as a real folder, or returns none with errno set.
Handle open_folder(int folder, const std::string& name);

// Returns whether `part` can be the name of a file below a folder.
bool is_plain_part(std::string_view part);

// The folder that holds the last part of a path, and that part.
struct Place {
  Handle owned;  // none where the path has one part
  int folder = -1;
  std::string name;
  int error = 0;  // errno where the way there is closed
};

// Walks from the open folder `root` to the last folder of `path`, without following a link.
Place walk_to(int root, std::string_view path);

// A regular file, or why there is none.
struct Folder::Opened {
  Handle file;
  std::size_t size = 0;
  ReadResult failure;  // where there is no file
};

}  // namespace paperclub::os

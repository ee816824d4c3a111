// The indexes of packed objects, looked through before libgit2 uses them: it (1.5.1) trusts the
// places that they name and is ended by the system where one lies behind the end of its pack.
// Nothing is read of the objects themselves.
#pragma once

#include <string>

namespace paperclub::git {

// Checks every index in the folder pack/ of the object store `objects_folder`: its header, size and
// table, and that each object begins within its pack.  An index without its pack is passed over.
// Takes time by the number of objects and no more than a few MiB.  Throws Error{damaged, io}.
void check_packs(const std::string& objects_folder);

}  // namespace paperclub::git

// Records as commits hold them: read only where nothing is wrong with them.  For this room only.
#pragma once

#include <optional>
#include <string>

#include "lib/git/repository.hpp"
#include "lib/yaml/document.hpp"

namespace paperclub::club {

// Returns the record of a kind ("round", "ballot", …) that the blob is; nothing, and in `fault` why
// as the end of a sentence, where there is none, or one with an error.  Throws Error{damaged, io}.
std::optional<yaml::Document> good_document(const git::Repository& repository,
                                            const std::optional<git::ObjectId>& blob,
                                            const char* kind, std::string& fault);

}  // namespace paperclub::club

// From what stopped yaml-cpp to a finding in our words.  Its messages name its own parser's states
// and its marks often stand behind the fault; people get what they wrote and how to mend it.
// Private to this room: it shows a type of yaml-cpp.
#pragma once

#include <cstddef>

#include "lib/base/finding.hpp"
#include "lib/yaml/source.hpp"

namespace YAML {  // NOLINT: their name
class Exception;
}

namespace paperclub::yaml {

// Returns the finding for `error`, which yaml-cpp threw while it read `source` from byte `base` on.
Finding fault_finding(const Source& source, std::size_t base, const YAML::Exception& error);

// Returns the finding for the quote or bracket at `at` that is never closed.
Finding open_finding(const Source& source, std::size_t at);

// Returns the finding for a line that is no pair: `span` is its text.
Finding no_colon_finding(const Source& source, Span span);

}  // namespace paperclub::yaml

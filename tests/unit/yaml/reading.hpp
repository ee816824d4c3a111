// Short ways to read YAML in a test and to look at the answer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/base/finding.hpp"
#include "lib/yaml/document.hpp"

namespace paperclub::tests {

// Returns `line:column rule: message` for each finding, with ` | hint` behind it where there is
// one, sorted by place.
std::vector<std::string> lines_of(std::vector<Finding> findings);

// Returns the findings of parsing `text`, as lines_of writes them.
std::vector<std::string> complaints(std::string text);

// Returns `line:column rule` for each finding of parsing `text`, sorted by place.
std::vector<std::string> places(std::string text);

// Returns the document that `text` is; fails the test where there are findings.
yaml::Document read(std::string text);

// Returns the bytes of the file at the span of `node`.
std::string_view written(const yaml::Document& document, const yaml::Node& node);

// Returns the text of `value`, one code point, in UTF-8.
std::string utf8(char32_t value);

}  // namespace paperclub::tests

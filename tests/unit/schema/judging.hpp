// Short ways to validate YAML in a test.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace paperclub::tests {

// Returns the findings of `text` by the schema `json`, as lines_of writes them.
std::vector<std::string> judge(std::string_view json, const std::string& text);

// Returns the findings of `text` where `rule` is the schema of the key `k`.
std::vector<std::string> judge_k(std::string_view rule, const std::string& text);

// Returns the findings of `text` by the built-in schema of `kind`.
std::vector<std::string> judge_record(std::string_view kind, const std::string& text);

}  // namespace paperclub::tests

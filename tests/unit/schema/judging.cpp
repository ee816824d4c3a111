#include "tests/unit/schema/judging.hpp"

#include <fmt/format.h>

#include "lib/schema/schema.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::tests {

std::vector<std::string> judge(std::string_view json, const std::string& text) {
  const yaml::Document document = read(text);
  return lines_of(schema::Schema::load(json).validate(document));
}

std::vector<std::string> judge_k(std::string_view rule, const std::string& text) {
  return judge(fmt::format(R"({{"properties": {{"k": {}}}}})", rule), text);
}

std::vector<std::string> judge_record(std::string_view kind, const std::string& text) {
  const yaml::Document document = read(text);
  return lines_of(schema::schema_of(kind).validate(document));
}

}  // namespace paperclub::tests

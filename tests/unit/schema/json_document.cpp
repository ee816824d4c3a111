#include "tests/unit/schema/json_document.hpp"

#include <memory>
#include <utility>

namespace paperclub::tests {
namespace {

using nlohmann::ordered_json;
using yaml::DocumentBuilder;
using yaml::NodeKind;
using yaml::ScalarStyle;

void add(DocumentBuilder& builder, const ordered_json& value) {
  const Span whole{0, builder.source().text().size()};
  if (value.is_string()) {
    builder.add_scalar(value.get<std::string>(), ScalarStyle::quoted, whole);
  } else if (value.is_array()) {
    builder.open(NodeKind::sequence, whole.begin);
    for (const ordered_json& item : value)
      add(builder, item);
    builder.close(whole.end);
  } else if (value.is_object()) {
    builder.open(NodeKind::mapping, whole.begin);
    for (const auto& [key, member] : value.items()) {
      builder.add_scalar(key, ScalarStyle::quoted, whole);
      add(builder, member);
    }
    builder.close(whole.end);
  } else {
    builder.add_scalar(value.dump(), ScalarStyle::plain, whole);
  }
}

}  // namespace

yaml::Document document_of(const nlohmann::ordered_json& value) {
  DocumentBuilder builder(std::make_unique<const yaml::Source>("value.json", value.dump()));
  add(builder, value);
  return std::move(builder).finish();
}

}  // namespace paperclub::tests

// JSON Schema, draft 7, over positioned documents.  Reports every finding, with messages for
// people who have never seen a schema.
//
// Implemented: type enum const, minimum maximum exclusiveMinimum exclusiveMaximum, minLength
// maxLength pattern format, items (one schema) minItems maxItems uniqueItems contains, properties
// required additionalProperties propertyNames minProperties maxProperties, allOf anyOf oneOf not if
// then else, $ref within the schema, boolean schemas.  Any other keyword is an error when the
// schema is loaded, never ignored.  Source: draft-handrews-json-schema-validation-01.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "lib/base/finding.hpp"
#include "lib/yaml/document.hpp"

namespace paperclub::schema {

struct Compiled;

// How plain scalars are typed.
enum class Typing {
  by_schema,  // the JSON core type where the schema admits it, else a string where it admits that
  json,       // the JSON core type always: documents that come from JSON
};

// A schema, ready to validate.  Immutable; safe to use from several threads.
class Schema {
 public:
  // Reads a schema in JSON; throws Error{usage} where it is not one, uses a keyword or format that
  // is not implemented, or refers to what is not there.
  static Schema load(std::string_view json);

  // Returns every finding of `document`, in no particular order.
  std::vector<Finding> validate(const yaml::Document& document,
                                Typing typing = Typing::by_schema) const;

  // Returns the names of the keys that the root's `properties` has, in the schema's order.
  std::vector<std::string> property_names() const;

 private:
  explicit Schema(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

// Returns the schema of the kind of record called `kind` (club, paper, session, round, ballot,
// member) that is built into the program.
const Schema& schema_of(std::string_view kind);

}  // namespace paperclub::schema

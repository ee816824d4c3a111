#include <fmt/format.h>

#include "lib/base/embedded.hpp"
#include "lib/base/error.hpp"
#include "lib/schema/schema.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::schema {
namespace {

using Lines = std::vector<std::string>;

// Returns what loading `json` fails with, or "loaded".
std::string failure(std::string_view json) {
  try {
    Schema::load(json);
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    return error.what();
  }
  return "loaded";
}

TEST_CASE("a schema with every keyword that is implemented loads") {
  CHECK(failure(R"({"$schema": "x", "$id": "urn:x", "$comment": "x", "title": "x",
    "description": "x", "default": 1, "examples": [1], "definitions": {"a": {"type": "null"}},
    "type": ["object", "array"], "enum": [1], "const": 1, "minimum": 1, "maximum": 2,
    "exclusiveMinimum": 0, "exclusiveMaximum": 3, "minLength": 1, "maxLength": 2, "pattern": "a",
    "format": "date", "items": {}, "minItems": 1, "maxItems": 2, "uniqueItems": true,
    "contains": true, "properties": {"a": {"$ref": "#/definitions/a"}}, "required": ["a"],
    "additionalProperties": false, "propertyNames": {}, "minProperties": 1, "maxProperties": 2,
    "allOf": [{}], "anyOf": [true], "oneOf": [{}], "not": false, "if": {}, "then": {},
    "else": {}})") == "loaded");
  CHECK(failure("true") == "loaded");
  CHECK(failure("{}") == "loaded");
}

TEST_CASE("a keyword that is not implemented is an error, never ignored") {
  for (const char* keyword :
       {"patternProperties", "dependencies", "additionalItems", "multipleOf", "contentEncoding",
        "contentMediaType", "$defs", "minimun", "Type", "readOnly", "", "$anchor"}) {
    CHECK(failure(fmt::format(R"({{"properties": {{"a": {{"{}": 1}}}}}})", keyword)) ==
          fmt::format("/properties/a: schema: keyword '{}' is not implemented", keyword));
  }
}

TEST_CASE("a format that is not implemented is an error") {
  CHECK(failure(R"({"format": "ipv4"})") == "/format: schema: format 'ipv4' is not implemented");
  CHECK(failure(R"({"format": 1})") == "/format: schema: not a text");
}

TEST_CASE("a list of schemas for items is not implemented") {
  CHECK(failure(R"({"items": [{}]})") == "/items: schema: a list of schemas is not implemented");
}

TEST_CASE("a reference leads to a part of the schema itself, or nowhere") {
  CHECK(failure(R"({"properties": {"a": {"$ref": "#"}}})") == "loaded");
  CHECK(failure(R"({"definitions": {"a/b": {}, "c~d": {}, "e%f": {}, "g h": {}},
                    "allOf": [{"$ref": "#/definitions/a~1b"}, {"$ref": "#/definitions/c~0d"},
                              {"$ref": "#/definitions/e%25f"}, {"$ref": "#/definitions/g%20h"}]})") ==
        "loaded");
  CHECK(failure(R"({"items": {"$ref": "#/definitions/a"}})") ==
        "/definitions/a: schema: $ref leads nowhere");
  for (const char* target :
       {"other.json", "#a", "http://example.org/schema#", "", "/definitions"}) {
    CHECK(failure(fmt::format(R"({{"items": {{"$ref": "{}"}}}})", target)) ==
          "/items: schema: $ref to outside of the schema");
  }
  CHECK(failure(R"({"$ref": 1})") == "schema: $ref to outside of the schema");
}

TEST_CASE("a reference that is not well-formed is an error") {
  for (const char* target : {"#/definitions/%zz", "#/definitions/%", "#/definitions/a~2"}) {
    CAPTURE(target);
    CHECK_THROWS_AS(Schema::load(fmt::format(R"({{"definitions": {{}}, "$ref": "{}"}})", target)),
                    Error);
  }
}

TEST_CASE("a reference that comes back to itself on the same value is an error") {
  for (const char* json : {R"({"$ref": "#"})", R"({"allOf": [{"$ref": "#"}]})",
                           R"({"definitions": {"a": {"$ref": "#/definitions/b"},
                               "b": {"not": {"$ref": "#/definitions/a"}}},
                               "items": {"$ref": "#/definitions/a"}})"}) {
    CAPTURE(json);
    CHECK_THROWS_AS(Schema::load(json), Error);
  }
}

TEST_CASE("an id inside of a schema is an error, because references would mean something else") {
  CHECK(failure(R"({"items": {"$id": "urn:x"}})") ==
        "/items/$id: schema: $id inside of a schema is not implemented");
}

TEST_CASE("what is no schema is an error") {
  CHECK(failure("") == "schema: not JSON");
  CHECK(failure("{") == "schema: not JSON");
  CHECK(failure("{} x") == "schema: not JSON");
  CHECK(failure("[]") == "schema: not an object or boolean");
  CHECK(failure("1") == "schema: not an object or boolean");
  CHECK(failure(R"({"items": 1})") == "/items: schema: not an object or boolean");
  CHECK(failure(R"({"type": "text"})") == "/type: schema: unknown type");
  CHECK(failure(R"({"type": [1]})") == "/type: schema: unknown type");
  CHECK(failure(R"({"enum": 1})") == "/enum: schema: not a list");
  CHECK(failure(R"({"minimum": "1"})") == "/minimum: schema: not a number");
  CHECK(failure(R"({"minLength": -1})") == "/minLength: schema: not a count");
  CHECK(failure(R"({"uniqueItems": 1})") == "/uniqueItems: schema: not a boolean");
  CHECK(failure(R"({"allOf": {}})") == "/allOf: schema: not a list");
  CHECK(failure(R"({"properties": []})") == "/properties: schema: not an object");
  CHECK(failure(R"({"required": "a"})") == "/required: schema: not a list");
  CHECK(failure(R"({"pattern": 1})") == "/pattern: schema: not a text");
  CHECK(failure(R"({"title": 1})") == "/title: schema: not a text");
}

TEST_CASE("a required key that is no text is an error") {
  CHECK_THROWS_AS(Schema::load(R"({"required": [1]})"), Error);
}

TEST_CASE("a pattern outside of the dialect is an error") {
  CHECK(failure(R"({"pattern": "(a)\\1"})") == "pattern '(a)\\1': an escape that is not supported");
}

TEST_CASE("the built-in schemas load and name their keys in the order of a record") {
  CHECK(schema_of("paper").property_names() == Lines{"title", "short", "authors", "published",
                                                     "venue", "url", "arxiv", "doi", "summary",
                                                     "tags", "suggested", "number", "discussion",
                                                     "links", "aliases", "withdrawn", "extra"});
  CHECK(schema_of("session").property_names() == Lines{"date", "papers", "presenters", "recordings",
                                                       "slides", "note", "cancelled", "kind",
                                                       "extra"});
  CHECK(schema_of("round").property_names() ==
        Lines{"title", "opened", "closes", "method", "seats", "electorate", "none", "quorum",
              "over_none", "min_share", "max_score", "margins", "candidates", "result", "extra"});
  CHECK(schema_of("ballot").property_names() == Lines{"approve", "rank", "score", "abstain",
                                                      "withdrawn", "comment", "previous",
                                                      "sequence", "signature", "extra"});
  CHECK(schema_of("member").property_names() ==
        Lines{"name", "emails", "login", "keys", "roles", "extra"});
  CHECK(schema_of("club").property_names() == Lines{"format", "id", "name", "about", "calendar",
                                                    "timezone", "schedule", "questions", "voting",
                                                    "papers", "site", "extra"});
}

TEST_CASE("every schema that is built in is the schema of a kind of record") {
  std::size_t schemas = 0;
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.path.ends_with(".schema.json")) continue;
    ++schemas;
    const std::string_view kind = file.path.substr(0, file.path.find('.'));
    CHECK(Schema::load(file.text).property_names() == schema_of(kind).property_names());
  }
  CHECK(schemas == 6);
}

TEST_CASE("a schema without properties has no names") {
  CHECK(Schema::load("true").property_names().empty());
  CHECK(Schema::load(R"({"type": "object"})").property_names().empty());
}

}  // namespace
}  // namespace paperclub::schema

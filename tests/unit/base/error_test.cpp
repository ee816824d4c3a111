#include "lib/base/error.hpp"

#include "tests/support/catch.hpp"

using namespace paperclub;

TEST_CASE("an error says its message, and its place before it where it has one") {
  const Error plain{ErrorKind::io, "cannot read 'a'"};
  CHECK(std::string(plain.what()) == "cannot read 'a'");
  CHECK(plain.place().empty());
  const Error placed = Error{ErrorKind::io, "cannot read"}.at("papers/a.yaml:3");
  CHECK(std::string(placed.what()) == "papers/a.yaml:3: cannot read");
  CHECK(placed.message() == "cannot read");
  CHECK(placed.place() == "papers/a.yaml:3");
}

TEST_CASE("an error without a place says its message alone") {
  const Error error = Error{ErrorKind::io, "cannot read"}.at("");
  CHECK(std::string(error.what()) == "cannot read");
}

TEST_CASE("an error keeps its kind") {
  for (const ErrorKind kind :
       {ErrorKind::usage, ErrorKind::not_a_club, ErrorKind::io, ErrorKind::repository,
        ErrorKind::damaged, ErrorKind::limit, ErrorKind::unacceptable}) {
    CHECK(Error(kind, "x").at("y").hint("z").kind() == kind);
  }
}

TEST_CASE("hints are kept in the order in which they were given") {
  const Error error = Error{ErrorKind::usage, "x"}.hint("first").hint("second");
  CHECK(error.hints() == std::vector<std::string>{"first", "second"});
  CHECK(std::string(error.what()) == "x");
}

TEST_CASE("an error arrives whole where it is caught") {
  try {
    throw Error{ErrorKind::limit, "too long"}.at("a").hint("b");
  } catch (const std::exception& caught) {
    CHECK(std::string(caught.what()) == "a: too long");
    const auto* error = dynamic_cast<const Error*>(&caught);
    REQUIRE(error != nullptr);
    CHECK(error->hints().size() == 1);
  }
}

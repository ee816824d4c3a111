// The id of an object of a git repository.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace paperclub::git {

// The id of an object: 20 bytes, which people see as 40 hexadecimal digits.  Their order is the
// same.
class ObjectId {
 public:
  using Bytes = std::array<unsigned char, 20>;

  explicit ObjectId(const Bytes& bytes) : bytes_(bytes) {}
  // Returns the id that `hex` spells in full, in small letters, or nothing.
  static std::optional<ObjectId> parse(std::string_view hex);
  // Returns the 40 digits.
  std::string hex() const;
  // Returns the first of them, for people.
  std::string short_hex() const { return hex().substr(0, 10); }
  const Bytes& bytes() const { return bytes_; }

  auto operator<=>(const ObjectId&) const = default;

 private:
  Bytes bytes_;
};

// For tables by id: its bytes are a hash already.
struct ObjectIdHash {
  std::size_t operator()(const ObjectId& id) const {
    std::size_t hash = 0;
    std::memcpy(&hash, id.bytes().data(), sizeof(hash));
    return hash;
  }
};

}  // namespace paperclub::git

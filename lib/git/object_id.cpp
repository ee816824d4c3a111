#include "lib/git/object_id.hpp"

#include <git2.h>

#include <algorithm>
#include <iterator>

#include "lib/git/repository_impl.hpp"

namespace paperclub::git {

std::optional<ObjectId> ObjectId::parse(std::string_view hex) {
  const bool good = hex.size() == GIT_OID_HEXSZ && std::all_of(hex.begin(), hex.end(), [](char c) {
                      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                    });
  if (!good) return std::nullopt;
  git_oid oid{};
  git_oid_fromstrn(&oid, hex.data(), hex.size());
  return to_id(oid);
}

std::string ObjectId::hex() const {
  std::string hex(GIT_OID_HEXSZ, '0');
  const git_oid oid = to_oid(*this);
  git_oid_fmt(hex.data(), &oid);
  return hex;
}

git_oid to_oid(const ObjectId& id) {
  git_oid oid{};
  std::copy(id.bytes().begin(), id.bytes().end(), std::begin(oid.id));
  return oid;
}

ObjectId to_id(const git_oid& oid) {
  ObjectId::Bytes bytes{};
  std::copy_n(std::begin(oid.id), bytes.size(), bytes.begin());
  return ObjectId(bytes);
}

}  // namespace paperclub::git

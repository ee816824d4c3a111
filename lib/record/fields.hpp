// Reading values out of a document that its schema has judged already.  What has the wrong type is
// passed over here: the schema's finding has told it, and the rest of the record is still read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/date.hpp"
#include "lib/base/id.hpp"
#include "lib/yaml/document.hpp"
#include "lib/yaml/emit.hpp"

namespace paperclub::record {

// Returns whether the node is a scalar that says something; `null` and `~` do not.
bool has_text(const yaml::Node& node);

// The keys of one mapping.  Valid while the document lives.
class Fields {
 public:
  // A node that is no mapping has no keys.
  explicit Fields(yaml::Node map) : map_(map) {}

  // Returns the text of `key`, or "" where it is not there or not a scalar.
  std::string text(std::string_view key) const;
  // Returns the link of `key`, or "" where it is not there or holds a password: that is not shown.
  std::string link(std::string_view key) const;
  // Returns the whole number of `key`, or nothing.
  std::optional<long long> integer(std::string_view key) const;
  // Returns the boolean of `key`, or nothing.
  std::optional<bool> boolean(std::string_view key) const;
  // Returns the day of `key`, or nothing.
  std::optional<Date> date(std::string_view key) const;
  // Returns the scalars of the list `key`.
  std::vector<std::string> texts(std::string_view key) const;
  // Returns the items of the list `key`.
  std::vector<yaml::Node> items(std::string_view key) const;
  // Returns the mapping `key`, or nothing.
  std::optional<Fields> map(std::string_view key) const;
  // Returns key and value of each member.
  std::vector<std::pair<std::string, yaml::Node>> members() const;
  // Returns whether there is such a key and a list behind it.
  bool has_list(std::string_view key) const {
    const auto node = map_.find(key);
    return node && node->kind() == yaml::NodeKind::sequence;
  }

  // Returns the ids of the list `key`; what is no id is left out.
  template <typename AnyId>
  std::vector<AnyId> ids(std::string_view key) const {
    std::vector<AnyId> found;
    for (const std::string& name : texts(key)) {
      if (auto id = AnyId::parse(name)) found.push_back(std::move(*id));
    }
    return found;
  }

  // Returns what stands under `extra`, to be written back as it is.
  yaml::Members extra() const;

 private:
  yaml::Node map_;
};

// The keys of a record to be written; what is empty is left out.
class MemberList {
 public:
  // Adds `text` unless it is empty.
  void add(const char* key, const std::string& text);
  // Adds `value`.
  void add(const char* key, yaml::Value value) { members_.emplace_back(key, std::move(value)); }
  // Adds the list unless it is empty.
  void add(const char* key, const std::vector<std::string>& texts);
  // Adds the mapping unless it is empty.
  void add(const char* key, yaml::Members members);
  // Adds the date where there is one.
  void add(const char* key, const std::optional<Date>& date);
  // Adds the number where there is one.
  void add(const char* key, const std::optional<long long>& number);
  // Adds the boolean where there is one.
  void add(const char* key, const std::optional<bool>& truth);
  // Adds the ids unless there are none.
  template <typename Kind>
  void add(const char* key, const std::vector<Id<Kind>>& ids) {
    std::vector<std::string> texts;
    for (const Id<Kind>& id : ids)
      texts.push_back(id.str());
    add(key, texts);
  }

  // Returns the members.
  yaml::Members take() && { return std::move(members_); }

 private:
  yaml::Members members_;
};

}  // namespace paperclub::record

#include "lib/record/common.hpp"

namespace paperclub::record {

std::vector<Link> links_from(const Fields& fields, std::string_view key) {
  std::vector<Link> links;
  for (const yaml::Node& item : fields.items(key)) {
    if (item.kind() != yaml::NodeKind::mapping) continue;
    const Fields link(item);
    links.push_back({link.text("title"), link.link("url")});
  }
  return links;
}

std::vector<yaml::Value> to_yaml(const std::vector<Link>& links) {
  std::vector<yaml::Value> values;
  for (const Link& link : links) {
    MemberList members;
    members.add("title", link.title);
    members.add("url", link.url);
    values.emplace_back(std::move(members).take());
  }
  return values;
}

}  // namespace paperclub::record

#include "lib/club/good_document.hpp"

#include <utility>
#include <vector>

#include "lib/base/finding.hpp"
#include "lib/schema/schema.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::club {

std::optional<yaml::Document> good_document(const git::Repository& repository,
                                            const std::optional<git::ObjectId>& blob,
                                            const char* kind, std::string& fault) {
  const auto bytes = blob ? repository.read_blob(*blob, yaml::kMaxBytes) : std::nullopt;
  if (!bytes) {
    fault = blob ? "it is too large" : "it is not there";
    return std::nullopt;
  }
  yaml::ParseResult parsed = yaml::parse(kind, *bytes);
  std::vector<Finding> findings = std::move(parsed.findings);
  if (parsed.document) {
    const std::vector<Finding> judged = schema::schema_of(kind).validate(*parsed.document);
    findings.insert(findings.end(), judged.begin(), judged.end());
  }
  for (const Finding& finding : findings) {
    if (severity_of(finding) != Severity::error) continue;
    fault = finding.message;
    return std::nullopt;
  }
  return std::move(parsed.document);
}

}  // namespace paperclub::club

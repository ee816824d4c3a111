#include "cli/findings.hpp"

#include "cli/finding_text.hpp"
#include "cli/guard.hpp"
#include "lib/publish/annotations.hpp"
#include "lib/publish/json.hpp"
#include "lib/publish/sarif.hpp"

namespace paperclub::cli {

void print_findings(Context& context, const std::string& format,
                    const std::vector<Finding>& findings, std::size_t records,
                    const std::string& prefix) {
  if (format == "json") {
    context.ui.out(publish::check_json(findings, records));
  } else if (format == "sarif") {
    context.ui.out(publish::findings_sarif(findings, program_version(), prefix));
  } else if (format == "github") {
    context.ui.out(publish::github_annotations(findings, prefix));
    context.ui.out(finding_summary(findings, records));
  } else {
    for (const Finding& finding : findings)
      context.ui.out(finding_block(context.ui, finding));
    context.ui.out(finding_summary(findings, records));
  }
}

}  // namespace paperclub::cli

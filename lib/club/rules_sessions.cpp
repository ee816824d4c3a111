#include <fmt/format.h>

#include "lib/base/text.hpp"
#include "lib/club/rules.hpp"

namespace paperclub::club {

void check_sessions(const RuleContext& context, Report& report) {
  for (const SessionRecord& session : context.snapshot.sessions) {
    const std::vector<PaperId>& papers = session.session.papers;
    for (std::size_t i = 0; i < papers.size(); ++i) {
      if (has_paper(context, papers[i].str())) continue;
      report.add(Rule::unknown_paper, session.file, {"papers", item_called(papers[i].str())},
                 fmt::format("no paper has the id {}", quote(papers[i].str(), 100)),
                 paper_hint(context, papers[i].str()));
    }
  }
}

}  // namespace paperclub::club

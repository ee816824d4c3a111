#include "lib/club/locate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lib/base/doi.hpp"
#include "lib/base/error.hpp"
#include "lib/base/link.hpp"
#include "lib/base/similar.hpp"
#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"
#include "lib/os/time_zone.hpp"
#include "lib/yaml/scalar.hpp"

namespace paperclub::club {
namespace {

constexpr std::size_t kMaxNamed = 6;

std::string doi_or_arxiv(std::string_view doi) {
  if (const auto id = arxiv_id_of_doi(doi)) return "arxiv:" + id->id;
  return "doi:" + doi_key(doi);
}

std::string url_identifier(std::string_view url) {
  if (const auto id = arxiv_id_of_url(url)) return "arxiv:" + id->id;
  if (const auto doi = parse_doi(url)) return doi_or_arxiv(*doi);
  return "url:" + url_key(url);
}

// The key that `name` would be as an identifier, or "".
std::string identifier_key(std::string_view name) {
  if (const auto id = parse_arxiv_id(name)) return "arxiv:" + id->id;
  if (!url_problem(name)) return url_identifier(name);
  if (const auto doi = parse_doi(name)) return doi_or_arxiv(*doi);
  return {};
}

const PaperRecord* find_by_key(const Snapshot& snapshot, const std::string& key) {
  for (const std::size_t i : by_seniority(snapshot)) {
    for (const PaperKeys& own : keys_of(snapshot.papers[i].paper)) {
      if (own.text == key) return &snapshot.papers[i];
    }
  }
  return nullptr;
}

const PaperRecord* find_by_number(const Snapshot& snapshot, std::string_view name) {
  const auto number = yaml::integer_value(name.starts_with('#') ? name.substr(1) : name);
  const PaperRecord* found = nullptr;
  for (const PaperRecord& paper : snapshot.papers) {
    if (!number || !paper.paper.number || paper.paper.number->value != *number) continue;
    if (found != nullptr) {
      throw Error{ErrorKind::usage, fmt::format("several papers have the number {}", *number)}.hint(
          fmt::format("name one by its id: {}, {}", found->id.str(), paper.id.str()));
    }
    found = &paper;
  }
  return found;
}

[[noreturn]] void fail_ambiguous(std::string_view name, std::vector<std::string> ids) {
  std::sort(ids.begin(), ids.end());
  std::vector<std::string> shown = ids;
  shown.resize(std::min(ids.size(), kMaxNamed));
  Error error{ErrorKind::usage,
              fmt::format("{} is the beginning of {}", quote(name), counted(ids.size(), "id"))};
  throw error.hint(fmt::format("write more of it: {}{}", fmt::join(shown, ", "),
                               ids.size() > shown.size() ? " …" : ""));
}

[[noreturn]] void fail_unknown(const Snapshot& snapshot, std::string_view name) {
  std::vector<std::string> ids;
  for (const PaperRecord& paper : snapshot.papers)
    ids.push_back(paper.id.str());
  Error error{ErrorKind::usage, fmt::format("no paper {}", quote(name))};
  const std::string near = nearest(fold(name), ids);
  throw error.hint(near.empty() ? "see 'paperclub list' for the ids"
                                : fmt::format("did you mean {}?", quote(near)));
}

// Whether `name` are the digits of the serial id: 5 of s0005.
bool is_serial(const std::string& id, std::string_view name) {
  const auto number = yaml::integer_value(name);
  return number && id.starts_with('s') && id == fmt::format("s{:04}", *number);
}

// A record that is there but cannot be read is not the same as none; called where no readable one
// has the id.
void refuse_unreadable(const Snapshot& snapshot, RecordKind kind, std::string_view id) {
  for (const TreeFile& file : snapshot.files) {
    const Place place = place_of(file.path);
    if (place.place != PlaceKind::record || place.kind != kind || place.id != id) continue;
    throw Error{ErrorKind::unacceptable, "the record cannot be read"}
        .at(escape(file.path))
        .hint("see why with 'paperclub check'");
  }
}

[[noreturn]] void fail_no_member(const Snapshot& snapshot, std::string_view name) {
  std::vector<std::string> ids;
  for (const MemberRecord& member : snapshot.members)
    ids.push_back(member.id.str());
  Error error{ErrorKind::usage, fmt::format("no member {}", quote(name))};
  const std::string near = nearest(fold(name), ids);
  throw error.hint(near.empty() ? "see 'paperclub member list'"
                                : fmt::format("did you mean {}?", quote(near)));
}

}  // namespace

const PaperRecord* find_by_id(const Snapshot& snapshot, std::string_view id) {
  const PaperRecord* by_alias = nullptr;
  for (const PaperRecord& paper : snapshot.papers) {
    if (paper.id.str() == id) return &paper;
    const auto& aliases = paper.paper.aliases;
    const bool has = std::any_of(aliases.begin(), aliases.end(),
                                 [id](const PaperId& alias) { return alias.str() == id; });
    if (has && by_alias == nullptr) by_alias = &paper;
  }
  return by_alias;
}

bool is_id_taken(const Snapshot& snapshot, std::string_view id) {
  if (find_by_id(snapshot, id) != nullptr) return true;
  return std::any_of(snapshot.files.begin(), snapshot.files.end(), [id](const TreeFile& file) {
    const Place place = place_of(file.path);
    return place.place == PlaceKind::record && place.kind == RecordKind::paper && place.id == id;
  });
}

const PaperRecord& find_paper(const Snapshot& snapshot, std::string_view name) {
  if (const PaperRecord* paper = find_by_id(snapshot, name)) return *paper;
  refuse_unreadable(snapshot, RecordKind::paper, name);
  if (name.starts_with('#')) {
    if (const PaperRecord* paper = find_by_number(snapshot, name)) return *paper;
  }
  const std::string key = identifier_key(name);
  if (const PaperRecord* paper = key.empty() ? nullptr : find_by_key(snapshot, key)) return *paper;
  std::vector<std::string> ids;
  const PaperRecord* found = nullptr;
  for (const PaperRecord& paper : snapshot.papers) {
    if (name.empty() || !paper.id.str().starts_with(name)) continue;
    ids.push_back(paper.id.str());
    found = &paper;
  }
  // A number alone, where no id begins with it.
  if (const PaperRecord* paper = ids.empty() ? find_by_number(snapshot, name) : nullptr)
    return *paper;
  if (ids.size() > 1) fail_ambiguous(name, ids);
  if (found == nullptr) fail_unknown(snapshot, name);
  return *found;
}

std::unordered_map<std::string, const PaperRecord*> papers_by_id(const Snapshot& snapshot) {
  std::unordered_map<std::string, const PaperRecord*> papers;
  for (const PaperRecord& paper : snapshot.papers)
    papers.emplace(paper.id.str(), &paper);
  for (const PaperRecord& paper : snapshot.papers) {
    for (const PaperId& alias : paper.paper.aliases)
      papers.emplace(alias.str(), &paper);
  }
  return papers;
}

const SessionRecord& find_session(const Snapshot& snapshot, std::string_view name) {
  const auto day = parse_date(name);
  std::vector<const SessionRecord*> found;
  for (const SessionRecord& session : snapshot.sessions) {
    if (session.id.str() == name) return session;
    const auto& date = session.session.date;
    const bool on_day = day && date && os::day_in_zone(*date, snapshot.settings.timezone) == *day;
    if (on_day || is_serial(session.id.str(), name)) found.push_back(&session);
  }
  if (found.size() == 1) return *found.front();
  if (!found.empty()) {
    std::vector<std::string> ids;
    for (const SessionRecord* session : found)
      ids.push_back(session->id.str());
    throw Error{ErrorKind::usage,
                fmt::format("{} means {}", quote(name), counted(ids.size(), "session"))}
        .hint(fmt::format("write one of: {}", fmt::join(ids, ", ")));
  }
  refuse_unreadable(snapshot, RecordKind::session, name);
  throw Error{ErrorKind::usage, fmt::format("no session {}", quote(name))}.hint(
      "see 'paperclub session list' for the ids");
}

const MemberRecord* find_member(const Snapshot& snapshot, std::string_view text) {
  const std::string wanted = fold(text);
  for (const MemberRecord& member : snapshot.members) {
    if (member.id.str() == wanted) return &member;
  }
  for (const MemberRecord& record : snapshot.members) {
    const record::Member& member = record.member;
    const bool has_email =
        std::any_of(member.emails.begin(), member.emails.end(),
                    [&wanted](const std::string& email) { return fold(email) == wanted; });
    if (has_email) return &record;
    if (!member.login.empty() && fold(member.login) == wanted) return &record;
  }
  const MemberRecord* found = nullptr;
  for (const MemberRecord& record : snapshot.members) {
    if (fold(record.member.name) != wanted) continue;
    if (found != nullptr) {
      throw Error{ErrorKind::usage, fmt::format("several members are called {}", quote(text))}.hint(
          fmt::format("name one by its id: {}, {}", found->id.str(), record.id.str()));
    }
    found = &record;
  }
  return found;
}

const MemberRecord& named_member(const Snapshot& snapshot, std::string_view name) {
  if (const MemberRecord* member = find_member(snapshot, name)) return *member;
  refuse_unreadable(snapshot, RecordKind::member, name);
  fail_no_member(snapshot, name);
}

std::optional<Owned> owned_by_another(const Snapshot& snapshot, std::string_view id,
                                      const record::Member& member) {
  const auto has = [](const std::vector<std::string>& list, const std::string& wanted, auto form) {
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& one) { return form(one) == form(wanted); });
  };
  const auto folded = [](const std::string& text) { return fold(text); };
  for (const MemberRecord& other : snapshot.members) {
    if (other.id.str() == id) continue;
    for (const std::string& email : member.emails) {
      if (has(other.member.emails, email, folded))
        return Owned{&other, fmt::format("address {}", quote(email))};
    }
    if (!member.login.empty() && fold(member.login) == fold(other.member.login))
      return Owned{&other, fmt::format("login {}", quote(member.login))};
    for (const std::string& key : member.keys) {
      if (has(other.member.keys, key, record::key_body))
        return Owned{&other, fmt::format("key {}", quote(key, 40))};
    }
  }
  return std::nullopt;
}

std::string person_named(const Snapshot& snapshot, const std::string& text) {
  const MemberRecord* member = find_member(snapshot, text);
  return member == nullptr ? text : member->id.str();
}

std::vector<PaperKeys> keys_of(const record::Paper& paper) {
  std::vector<PaperKeys> keys;
  const auto add = [&keys](std::string text, const char* field) {
    const bool known = std::any_of(keys.begin(), keys.end(),
                                   [&text](const PaperKeys& key) { return key.text == text; });
    if (!known) keys.push_back({std::move(text), field});
  };
  if (const auto id = parse_arxiv_id(paper.arxiv)) add("arxiv:" + id->id, "arxiv");
  if (const auto doi = parse_doi(paper.doi)) add(doi_or_arxiv(*doi), "doi");
  if (!paper.url.empty() && !url_problem(paper.url)) add(url_identifier(paper.url), "url");
  return keys;
}

}  // namespace paperclub::club

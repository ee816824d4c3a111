#include "lib/club/ballot_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lib/club/good_document.hpp"
#include "lib/yaml/emit.hpp"

namespace paperclub::club {
namespace {

// The bytes of the ballot without the lines of its signature.
std::string without_signature(const yaml::Document& document) {
  const std::string& bytes = document.source().text();
  const yaml::Node root = document.root();
  for (std::size_t i = 0; i < root.size(); ++i) {
    if (root.key(i).text() != "signature") continue;
    const std::size_t begin = root.key(i).span().begin;
    const std::size_t line = bytes.find('\n', root.value(i).span().end);
    return bytes.substr(0, begin) + (line == bytes.npos ? "" : bytes.substr(line + 1));
  }
  return bytes;
}

}  // namespace

BallotVersion BallotReader::read(const std::string& path, const git::ObjectId& blob,
                                 const git::CommitNode& commit) {
  BallotVersion version{member_of(path),
                        blob,
                        commit.id,
                        0,
                        commit.author,
                        commit.committer,
                        false,
                        false,
                        {},
                        {},
                        {},
                        {}};
  if (!path.ends_with(".yaml") || !MemberId::parse(version.member)) {
    version.fault = path.ends_with("/link") ? "it is a link, not a file"
                    : path.ends_with('/')   ? "it is a folder, not a file"
                                            : "its file is not called as a member's is";
    return version;
  }
  const std::string& electorate = history_.round.rules.electorate;
  // Of others nothing is said but that they are no members: what they wrote does not matter.
  if (electorate != "open" && !is_on_roll(version.member)) return version;
  if (electorate == "signed") {
    read_signed(version);
  } else {
    read_plain(version);
  }
  return version;
}

bool BallotReader::is_on_roll(const std::string& member) const {
  return std::any_of(history_.roll.begin(), history_.roll.end(),
                     [&member](const MemberRecord& one) { return one.id.str() == member; });
}

// Without a signature a ballot is its choices.
void BallotReader::read_plain(BallotVersion& version) {
  auto known = plain_.find(version.blob);
  if (known == plain_.end()) {
    std::pair<record::Ballot, std::string> read;
    const auto document = good_document(repository_, version.blob, "ballot", read.second);
    if (document) read.first = record::ballot_from(*document);
    read.first.extra.clear();
    known = plain_.emplace(version.blob, std::move(read)).first;
  }
  version.ballot = known->second.first;
  version.fault = known->second.second;
}

void BallotReader::read_signed(BallotVersion& version) const {
  const auto document = good_document(repository_, version.blob, "ballot", version.fault);
  if (!document) return;
  version.ballot = record::ballot_from(*document);
  version.ballot.extra.clear();
  const std::string rest = without_signature(*document);
  const std::string previous = version.ballot.previous.empty() ? "-" : version.ballot.previous;
  version.signed_text = ballot_text(history_.club_id, history_.id, version.member, previous, rest);
  // ssh-keygen ends it with one line break.
  std::string signature = version.ballot.signature;
  while (signature.ends_with('\n'))
    signature.pop_back();
  version.usual_blob =
      git::blob_id(rest + yaml::emit({{"signature", yaml::Value(signature + "\n")}}));
}

std::string member_of(const std::string& path) {
  return path.ends_with(".yaml") ? path.substr(0, path.size() - 5) : "./" + path;
}

std::string ballot_text(const std::string& club_id, const RoundId& round, const std::string& member,
                        const std::string& previous, std::string_view bytes) {
  return fmt::format("paperclub-ballot/1\n{}\n{}\n{}\n{}\n{}", club_id, round.str(), member,
                     previous, bytes);
}

}  // namespace paperclub::club

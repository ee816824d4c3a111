// What the built-in schemas say about records that people write; papers have a file of their own.
#include <fmt/format.h>

#include "tests/support/catch.hpp"
#include "tests/unit/schema/judging.hpp"

namespace paperclub::schema {
namespace {

using tests::judge_record;
using Lines = std::vector<std::string>;

TEST_CASE("the complete records of the documentation have no findings") {
  CHECK(judge_record("paper", R"(# yaml-language-server: $schema=../schema/paper.schema.json
title: 'BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding'
short: BERT                     # what the timeline shows
authors: [Jacob Devlin, Ming-Wei Chang, Kenton Lee, Kristina Toutanova]
published: 2018-10-11
venue: NAACL 2019
url: https://arxiv.org/abs/1810.04805
arxiv: '1810.04805'
doi: 10.18653/v1/N19-1423
summary: >-
  One paragraph of *Markdown*.
tags: [encoder, pre-training]
suggested: {by: ivan, on: 2024-01-20, why: it is short}
number: 3
discussion:
  big-idea: both sides at once
  open-questions: [one, two]
links: [{title: Notes, url: https://example.org/notes}]
aliases: [bert-paper]
withdrawn: {on: 2024-03-01, why: read elsewhere}
extra: {}
)") == Lines{});
  CHECK(judge_record("club", R"(format: 1
id: llm-paper-club-asia
name: A club
timezone: Asia/Singapore
schedule: {weekday: thursday, time: '20:00', minutes: 60, where: online, skip: [2024-12-26]}
questions: [{id: big-idea, title: Big Idea, prompt: What is it}]
voting: {method: approval, electorate: open, seats: 1, none: false, quorum: {ballots: 3}}
papers: flat
site: {base_url: https://example.org/}
)") == Lines{});
  CHECK(judge_record("session", R"(date: 2024-02-16
papers: [bert]
presenters: [ivan]
recordings: [{title: Part 1, url: https://example.org/1}]
slides: [{url: papers/bert/slides.pdf}]
kind: paper
)") == Lines{});
  CHECK(judge_record("round", R"(title: What next
opened: 2024-02-16
closes: 2024-02-23T20:00:00+08:00
method: approval
candidates: [bert, mamba]
result: {counted: 4376797f00000000000000000000000000000000, method: approval/1, ballots: 12,
         winners: [bert], runners_up: [mamba], tied: false}
)") == Lines{});
  CHECK(judge_record("ballot", "rank: [bert, [mamba, raft]]\nprevious: '-'\ncomment: x\n") ==
        Lines{});
  CHECK(judge_record("member", "name: Ada\nemails: [ada@example.org]\nroles: [organiser]\n") ==
        Lines{});
}

TEST_CASE("a club names its format without quotes, and only the one there is") {
  const std::string rest = "id: club\nname: A club\n";
  CHECK(judge_record("club", "format: 1\n" + rest).empty());
  CHECK(judge_record("club", "format: '1'\n" + rest) ==
        Lines{"1:9 bad-value: 'format' must be 1, not the text '1' | without quotes"});
  CHECK(judge_record("club", "format: 2\n" + rest) ==
        Lines{"1:9 bad-value: 'format' must be 1, not the number 2 | the version of this layout; a "
              "higher one needs a newer paperclub"});
  CHECK(judge_record("club", rest) ==
        Lines{"1:1 missing-key: missing key 'format' | add it on a line of its own"});
}

TEST_CASE("the words of a club's settings are corrected to the nearest") {
  const auto found = [](const std::string& more) {
    return judge_record("club", "format: 1\nid: club\nname: A club\n" + more);
  };
  CHECK(found("voting: {method: aproval}\n").size() == 1);
  CHECK(found("voting: {method: aproval}\n")[0].ends_with(
      "not the text 'aproval' | did you mean 'approval'?"));
  CHECK(found("schedule: {weekday: thurdsay}\n")[0].ends_with("| did you mean 'thursday'?"));
  CHECK(found("schedule: {time: 20:00}\n") ==
        Lines{"4:18 ambiguous-scalar: other YAML readers take 20:00 for a number | put it in "
              "quotes: '20:00'"});
  CHECK(found("schedule: {time: 8pm}\n") ==
        Lines{"4:18 bad-format: 'time' must be a time of day, not '8pm' | such as '20:00'"});
}

TEST_CASE("a quorum is a number of ballots or a share of the roll, not both") {
  const std::string round = "method: approval\ncandidates: [a]\n";
  CHECK(judge_record("round", round + "quorum: {share: 1/2}\n").empty());
  CHECK(judge_record("round", round + "quorum: {ballots: 3}\n").empty());
  CHECK(judge_record("round", round + "quorum: {ballots: 1, share: 1/2}\n") ==
        Lines{"3:9 wrong-count: 'quorum' must have at most 1 key, not 2 | remove 1"});
  CHECK(judge_record("round", round + "quorum: {}\n") ==
        Lines{"3:9 wrong-count: 'quorum' must have at least 1 key | write one, or leave the key "
              "out where it is not required"});
  CHECK(judge_record("round", round + "quorum: {share: 50%}\n") ==
        Lines{"3:17 bad-format: 'share' must be a fraction, not '50%' | such as 1/3"});
}

TEST_CASE("a round needs a method and at least one candidate") {
  CHECK(judge_record("round", "title: x\n") ==
        Lines{"1:1 missing-key: missing key 'candidates' | add it on a line of its own",
              "1:1 missing-key: missing key 'method' | add it on a line of its own"});
  CHECK(judge_record("round", "method: irv\ncandidates: []\n") ==
        Lines{"2:13 wrong-count: 'candidates' must have at least 1 item | write one, or leave the "
              "key out where it is not required"});
  CHECK(judge_record("round", "method: irv\ncandidates: [a, b, a]\n") ==
        Lines{"2:20 duplicate-item: 'candidates' names 'a' twice | keep one of the two"});
  CHECK(
      judge_record("round", "method: irv\ncandidates: [a]\ncloses: 2024-02-23 20:00\n") ==
      Lines{"3:9 bad-format: 'closes' must be a date and time with offset, not '2024-02-23 20:00' "
            "| such as 2024-02-23T20:00:00+08:00"});
}

TEST_CASE("a candidate stands once, with quotes or without") {
  CHECK(judge_record("round", "method: irv\ncandidates: ['100', 100]\n").size() == 2);
  CHECK(judge_record("ballot", "approve: [2024, '2024']\n").size() == 2);
}

TEST_CASE("a ballot chooses in one way") {
  CHECK(judge_record("ballot", "comment: x\n") ==
        Lines{"1:1 missing-key: missing key 'approve', 'rank', 'score', 'abstain' or 'withdrawn' | "
              "add one of them"});
  CHECK(judge_record("ballot", "approve: [a]\nabstain: true\n") ==
        Lines{"1:1 conflicting-keys: 'abstain' and 'approve' exclude each other | keep one of the "
              "two"});
  CHECK(
      judge_record("ballot", "abstain: true\nwithdrawn: true\n") ==
      Lines{"2:1 conflicting-keys: 'abstain' and 'withdrawn' exclude each other | keep one of the "
            "two"});
  CHECK(judge_record("ballot", "abstain: yes\n") ==
        Lines{"1:10 bad-value: 'abstain' must be true, not the text 'yes' | write true, or leave "
              "the key out"});
  CHECK(judge_record("ballot", "approve: []\n").empty());
}

TEST_CASE("scores are whole numbers from 0") {
  CHECK(judge_record("ballot", "score: {a: 0, b: 1000}\n").empty());
  CHECK(judge_record("ballot", "score: {a: -1}\n") ==
        Lines{"1:12 out-of-range: 'a' must be at least 0, not -1 | write a number from 0 to 1000"});
  CHECK(judge_record("ballot", "score: {a: 1.5, b: .nan, c: 1_0, d: 0x1}\n").size() == 4);
  CHECK(judge_record("ballot", "score: {a: 1e3}\n").size() == 1);
}

TEST_CASE("an abbreviated object id is no object id") {
  CHECK(judge_record("ballot", "approve: []\nprevious: '4376797'\n") ==
        Lines{"2:11 bad-format: 'previous' must be an object id of git, or -, not '4376797'"});
}

TEST_CASE("a member's addresses and keys are told their form") {
  CHECK(judge_record("member", "name: Ada\nemails: [ada]\n") ==
        Lines{"2:10 bad-format: an item of 'emails' must be an e-mail address, not 'ada' | such as "
              "ada@example.org"});
  CHECK(judge_record("member", "name: Ada\nkeys: [ssh-dss AAAA]\n") ==
        Lines{"2:8 bad-format: an item of 'keys' must be an SSH public key, not 'ssh-dss AAAA' | "
              "such as ssh-ed25519 AAAA…"});
  CHECK(judge_record("member", "name: Ada\nlogin: -ada\n").size() == 1);
}

}  // namespace
}  // namespace paperclub::schema

// What reading one record of usual size costs, part by part.
#include <benchmark/benchmark.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <sstream>
#include <string>

#include "lib/record/paper.hpp"
#include "lib/schema/schema.hpp"
#include "lib/yaml/bytes.hpp"
#include "lib/yaml/parse.hpp"

namespace {

using namespace paperclub;

// About 1.2 kB, with what real records have.
const std::string kRecord = R"(# yaml-language-server: $schema=../schema/paper.schema.json
title: 'Sparse Attention: Adaptive Routing for Translation under Noise'
short: Sparse Attention
authors:
  - Ada Example
  - Ben Placeholder
  - Łucja Příklad
  - Zoë Örnek
  - Somebody Else
published: 2018-10-11
venue: EMNLP 2019
url: https://arxiv.org/abs/1810.00001
arxiv: '1810.00001'
doi: 10.5555/2018.1
summary: >-
  We show that the method keeps most of its quality while a large share of the cost goes away, and
  which parts matter is measured one after another on public data, with every setting given so that
  others can repeat it. The surprise is how little depends on size once the order of training is
  right, and how much on what was left out of it. A careful reader will ask whether this holds for
  other tasks too, because only two were tried.
tags: [attention, routing, translation]
suggested:
  by: ada
  on: 2019-02-03
  why: >-
    It is short, and the club has read what it builds on.
number: 17
discussion:
  big-idea: >-
    Most of what a model computes is not needed for most of its input.
  open-questions:
    - Does it hold for long contexts?
    - Who pays for the search?
links:
  - title: Notes
    url: https://notes.example.org/papers/sparse-attention
)";

// Takes the parser's events and does nothing with them.
class Ignore : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

yaml::Document document() { return std::move(*yaml::parse("record.yaml", kRecord).document); }

void whole_record(benchmark::State& state) {
  const schema::Schema& schema = schema::schema_of("paper");
  for (auto _ : state) {
    const yaml::ParseResult parsed = yaml::parse("record.yaml", kRecord);
    benchmark::DoNotOptimize(schema.validate(*parsed.document));
    benchmark::DoNotOptimize(record::paper_from(*parsed.document));
  }
}

void yaml_parse(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(yaml::parse("record.yaml", kRecord));
  }
}

void parser_events_alone(benchmark::State& state) {
  for (auto _ : state) {
    std::istringstream input(kRecord);
    YAML::Parser parser(input);
    Ignore handler;
    benchmark::DoNotOptimize(parser.HandleNextDocument(handler));
  }
}

void byte_check(benchmark::State& state) {
  const yaml::Source source("record.yaml", kRecord);
  for (auto _ : state)
    benchmark::DoNotOptimize(yaml::check_bytes(source));
}

void schema_validate(benchmark::State& state) {
  const schema::Schema& schema = schema::schema_of("paper");
  const yaml::Document read = document();
  for (auto _ : state)
    benchmark::DoNotOptimize(schema.validate(read));
}

void record_from(benchmark::State& state) {
  const yaml::Document read = document();
  for (auto _ : state)
    benchmark::DoNotOptimize(record::paper_from(read));
}

BENCHMARK(whole_record);
BENCHMARK(yaml_parse);
BENCHMARK(parser_events_alone);
BENCHMARK(byte_check);
BENCHMARK(schema_validate);
BENCHMARK(record_from);

}  // namespace

BENCHMARK_MAIN();

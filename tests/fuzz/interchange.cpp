// Any text, taken for ballots in each format of others: it is read or refused, what is written is
// read again as it was, and every method makes of it what counting promises: at most so many
// winners as there are seats, each once; ballots that choose nothing change nothing, and twice the
// ballots elect the same, where the method looks at no quota.  The first byte says the format.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "lib/base/error.hpp"
#include "lib/vote/interchange.hpp"
#include "lib/vote/methods.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace paperclub;
using fuzz::require;

constexpr std::array kFormats = {vote::Format::cef, vote::Format::preflib, vote::Format::abif,
                                 vote::Format::blt, vote::Format::debian};

void check_error(const Error& error) {
  require(fuzz::is_safe(error.message()), "a failure is safe to print", error.message());
}

// What can be written in a format says the same there.
void check_writing(vote::Format format, const vote::Interchange& what) {
  std::string text;
  try {
    text = vote::write_interchange(format, what);
  } catch (const Error& error) {
    check_error(error);
    return;
  }
  try {
    const vote::Interchange again = vote::read_interchange(format, text);
    require(again.candidates == what.candidates, "candidates are read as they were written", text);
    require(again.ballots.size() == what.ballots.size(), "so are the ballots", text);
    require(vote::write_interchange(format, again) == text, "writing again gives the same", text);
  } catch (const Error& error) {
    require(false, "what is written can be read", error.message());
  }
}

vote::Ballots repeated(const vote::Ballots& ballots, std::uint64_t times, bool and_empty) {
  vote::Ballots out(ballots.candidates());
  ballots.for_each(
      [&](const vote::Choice& choice, std::uint64_t count) { out.add(choice, count * times); });
  if (and_empty) out.add({}, 3);
  return out;
}

void check_count(const vote::Method& method, const vote::Ballots& ballots, std::size_t seats) {
  vote::CountOptions options;
  options.seats = seats;
  const vote::Count count = method.count(ballots, options);
  const std::set<vote::Candidate> distinct(count.winners.begin(), count.winners.end());
  require(distinct.size() == count.winners.size(), "nobody is elected twice", method.name);
  require(count.winners.size() == std::min(seats, ballots.candidates()), "every seat is filled",
          method.name);
  const vote::Count with_empty = method.count(repeated(ballots, 1, true), options);
  require(with_empty.winners == count.winners, "empty ballots change nothing", method.name);
  if (method.several_seats) return;
  const vote::Count twice = method.count(repeated(ballots, 2, false), options);
  require(twice.winners == count.winners, "twice the ballots elect the same", method.name);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMostCounted = 12;       // candidates
  constexpr std::uint64_t kMostTimes = 100'000;  // ballots
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  try {
    const vote::Interchange what =
        vote::read_interchange(kFormats[data[0] % kFormats.size()], text);
    for (const vote::Format format : kFormats) {
      if (format != vote::Format::debian) check_writing(format, what);
    }
    const bool small = what.candidates.size() <= kMostCounted && what.ballots.size() <= kMostTimes;
    if (!small || what.candidates.empty()) return 0;
    for (const vote::Method& method : vote::methods()) {
      check_count(method, what.ballots, 1);
      check_count(method, what.ballots, 2);
    }
  } catch (const Error& error) {
    check_error(error);
  }
  return 0;
}

// The club's settings: the record club.yaml.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/base/date.hpp"
#include "lib/record/round.hpp"

namespace paperclub::record {

// One of the questions the club discusses about every paper.
struct Question {
  std::string id;
  std::string title;
  std::string prompt;
  bool operator==(const Question&) const = default;
};

// When the club meets.
struct Schedule {
  std::string every;    // week, two-weeks, month; "" means week
  std::string weekday;  // monday …; "" where it is not fixed
  std::string time;     // HH:MM in the club's time zone; "" where it is not fixed
  std::optional<long long> minutes;
  std::string where;
  std::vector<Date> skip;
  bool operator==(const Schedule&) const = default;
};

// Everything club.yaml says.  Empty texts and lists mean that the key is not there.
struct ClubSettings {
  long long format = 1;
  std::string id;
  std::string name;
  std::string about;  // Markdown
  std::string calendar;
  std::string timezone;  // a name of the IANA database
  std::optional<Schedule> schedule;
  std::vector<Question> questions;
  VotingRules voting;
  bool papers_by_year = false;
  std::string site_base_url;
  yaml::Members extra;

  bool operator==(const ClubSettings&) const = default;
};

// Returns the settings that the root mapping of `document` is.
ClubSettings club_settings_from(const yaml::Document& document);
// Returns the record in the order of the schema.
yaml::Members to_yaml(const ClubSettings& settings);

}  // namespace paperclub::record

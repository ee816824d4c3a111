// An issue that somebody wrote by one of our forms at GitHub, as the event of a workflow tells it.
// Every word of it is a stranger's; nothing of it is more than data.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace paperclub::import {

// The labels of the forms' fields, by which their answers are found.  Only the last field of a form
// takes several lines, so that no answer can look like one of another field.
inline constexpr std::string_view kLinkLabel = "Link";
inline constexpr std::string_view kTitleLabel = "Title";
inline constexpr std::string_view kWhyLabel = "Why should we read it?";
inline constexpr std::string_view kRoundLabel = "Round";
inline constexpr std::string_view kChoiceLabel = "Your choice";

// One issue.
struct FormIssue {
  long long number = 0;
  std::string login;                                         // of who wrote it
  long long user_id = 0;                                     // which stays when the login changes
  std::vector<std::pair<std::string, std::string>> answers;  // label and text, in their order

  // Returns the answer to the field, or "" where there is none.
  std::string answer(std::string_view label) const;
  // Returns the address that GitHub gives to who commits on the web without showing another one.
  std::string email() const;
};

// Returns the issue of the event.  Throws Error{unacceptable} where it tells of none, or of one
// that is not written by a form.
FormIssue read_form_issue(std::string_view event);

}  // namespace paperclub::import

#include "lib/import/form_issue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"

namespace paperclub::import {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxLogin = 39;  // what GitHub allows
constexpr std::string_view kHeading = "### ";
constexpr std::string_view kNoAnswer = "_No response_";

Error bad_event(const char* what) {
  return Error{ErrorKind::unacceptable, fmt::format("the event {}", what)}.hint(
      "give the file that a workflow names by GITHUB_EVENT_PATH, of an issue made by the form");
}

// GitHub's logins: letters, digits and hyphens; those of programs end in [bot].
bool is_login(std::string_view login) {
  if (login.ends_with("[bot]")) login.remove_suffix(5);
  return !login.empty() && login.size() <= kMaxLogin && login.front() != '-' &&
         std::all_of(login.begin(), login.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-';
         });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == '\n' || text.front() == ' '))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
    text.remove_suffix(1);
  return text;
}

// `### Label`, a blank line, the answer, and so on; of a label that stands twice the first counts.
std::vector<std::pair<std::string, std::string>> answers_of(const std::string& body) {
  std::vector<std::pair<std::string, std::string>> answers;
  std::string_view rest = body;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.starts_with(kHeading)) {
      answers.emplace_back(trimmed(line.substr(kHeading.size())), std::string());
    } else if (!answers.empty()) {
      answers.back().second.append(line).append("\n");
    }
  }
  for (auto& [label, text] : answers) {
    text = std::string(trimmed(text));
    if (text == kNoAnswer) text.clear();
  }
  return answers;
}

std::string without_returns(std::string text) {
  std::erase(text, '\r');
  return text;
}

}  // namespace

std::string FormIssue::answer(std::string_view label) const {
  for (const auto& [name, text] : answers) {
    if (name == label) return text;
  }
  return {};
}

std::string FormIssue::email() const {
  return fmt::format("{}+{}@users.noreply.github.com", user_id, login);
}

FormIssue read_form_issue(std::string_view event) {
  const Json json = Json::parse(event, nullptr, false);
  if (!json.is_object()) throw bad_event("is no JSON document");
  const auto issue = json.find("issue");
  if (issue == json.end() || !issue->is_object()) throw bad_event("is not about an issue");
  const auto user = issue->find("user");
  const auto number = issue->find("number");
  const auto body = issue->find("body");
  const bool whole = user != issue->end() && user->is_object() && number != issue->end() &&
                     number->is_number_integer() && body != issue->end() && body->is_string() &&
                     user->contains("login") && user->at("login").is_string() &&
                     user->contains("id") && user->at("id").is_number_integer();
  if (!whole) throw bad_event("does not say who wrote what");
  FormIssue form;
  form.number = number->get<long long>();
  form.login = user->at("login").get<std::string>();
  form.user_id = user->at("id").get<long long>();
  if (!is_login(form.login) || form.user_id <= 0 || form.number <= 0)
    throw bad_event("does not say who wrote what");
  form.answers = answers_of(without_returns(body->get<std::string>()));
  if (form.answers.empty()) throw bad_event("is about an issue that no form of ours made");
  return form;
}

}  // namespace paperclub::import

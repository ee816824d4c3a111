// Web addresses as records may hold them: http and https only.  Nothing is ever fetched.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace paperclub {

// The parts of an http(s) URL that comparing needs; views into the text given, but for the host.
struct UrlParts {
  std::string scheme;      // http or https
  std::string host;        // lower case, without the port
  std::string_view port;   // digits, or empty
  std::string_view path;   // from the first slash; may be empty
  std::string_view query;  // from the question mark, without the fragment; may be empty
};

// Returns the scheme of `url` in lower case, as a browser reads it (without blanks and control
// characters), or "" where it has none: a path, a query or a fragment.
std::string scheme_of(std::string_view url);

// Returns whether `url` has the scheme http or https; the rest of it may still be wrong.
bool is_web_address(std::string_view url);

// Returns why `url` may not stand in a record, as the end of a sentence, or nothing: the scheme
// must be http or https, a host must follow, no user name, password, blank or control character.
std::optional<std::string> url_problem(std::string_view url);

// Returns whether a user name or password stands in front of the host of `url`.
bool has_user_part(std::string_view url);

// Returns the parts of `url`, or nothing where url_problem finds one.
std::optional<UrlParts> split_url(std::string_view url);

// Returns the form in which two URLs are compared: https and http, `www.`, default ports, the
// fragment and a trailing slash make no difference.  `url` itself where it is not valid.
std::string url_key(std::string_view url);

// Returns `text` with its percent-escapes (`%20`) made the bytes that they stand for; a percent
// sign that begins none stays.  The bytes need not be UTF-8.
std::string percent_decode(std::string_view text);

// Returns `text` with every byte percent-encoded that may not stand in the path of a URL.
std::string percent_encode(std::string_view text);

}  // namespace paperclub

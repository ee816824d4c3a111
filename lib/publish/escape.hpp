// Escaping for each format that is written.  Text from a record passes through here, and only
// here, on its way into a format; what comes out is data there and nothing else.
#pragma once

#include <string>
#include <string_view>

namespace paperclub::publish {

// Returns `text` as literal text of Markdown on one line: no mark of it is acted on.
std::string markdown_text(std::string_view text);

// Returns `text`, one paragraph of Markdown, on one line and without raw HTML: its marks are acted
// on; `<` only in code and in front of a web address.  Where a link leads to anything but the web,
// mail or a file, the whole paragraph becomes plain text.
std::string markdown_paragraph(std::string_view text);

// Returns `url` as the target of a Markdown link.
std::string markdown_target(std::string_view url);

// Returns whether a link to `url` is harmless: the web, mail, or a path; never one with a user name
// in front of its host, which may be a secret or look like another host.
bool is_safe_link(std::string_view url);

// Returns `json`, the text of a JSON document, with every character that drives a terminal or hides
// text written as an escape.
std::string inert_json(std::string_view json);

// Returns `text` as the message of a workflow command of GitHub.
std::string workflow_data(std::string_view text);

// Returns `text` as a property of a workflow command of GitHub.
std::string workflow_property(std::string_view text);

}  // namespace paperclub::publish

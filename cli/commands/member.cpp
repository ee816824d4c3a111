// paperclub member: who belongs to the club, and by which addresses and keys their votes are known.
#include <fmt/format.h>

#include <memory>

#include "cli/commands.hpp"
#include "cli/edits.hpp"
#include "cli/exit_codes.hpp"
#include "cli/input.hpp"
#include "cli/table.hpp"
#include "cli/writing.hpp"
#include "lib/club/check.hpp"
#include "lib/club/layout.hpp"
#include "lib/club/locate.hpp"
#include "lib/publish/json.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::cli {
namespace {

// --- reading -------------------------------------------------------------------------------------

struct ReadOptions {
  std::string name;
  std::string format = "text";
  std::string at;
};

std::string joined(const std::vector<std::string>& texts) {
  return escape(fmt::format("{}", fmt::join(texts, ", ")));
}

int run_list(const ReadOptions& options, Context& context) {
  const OpenClub club = open_club(context, options.at);
  const club::Snapshot snapshot = load_club(context, club, club::Scope::everything);
  std::vector<Finding> findings = snapshot.findings;
  std::erase_if(findings, [](const Finding& finding) {
    const club::Place place = club::place_of(finding.file);
    return place.place != club::PlaceKind::record || place.kind != club::RecordKind::member;
  });
  if (options.format == "json") {
    context.ui.out(publish::members_json(snapshot.members));
    return tell_findings(context, findings);
  }
  if (snapshot.members.empty() && findings.empty())
    context.ui.note("the club has no members yet; anybody may vote where voting is open");
  if (snapshot.members.empty()) return tell_findings(context, findings);
  std::vector<Row> rows;
  for (const club::MemberRecord& record : snapshot.members) {
    const record::Member& member = record.member;
    rows.push_back({record.id.str(), escape(member.login), joined(member.roles),
                    joined(member.emails), escape(squeeze(member.name))});
  }
  context.ui.out(render_table(context.ui, {"ID", "LOGIN", "ROLES", "ADDRESSES", "NAME"}, rows));
  return tell_findings(context, findings);
}

int run_show(const ReadOptions& options, Context& context) {
  const OpenClub club = open_club(context, options.at);
  const club::Snapshot snapshot = load_club(context, club, club::Scope::everything);
  const club::MemberRecord& record = club::named_member(snapshot, options.name);
  if (options.format == "json") {
    context.ui.out(publish::member_json(record));
    return kDone;
  }
  const record::Member& member = record.member;
  const auto field = [&context](std::string_view label, const std::string& value) {
    context.ui.out(field_line(context.ui, label, value));
  };
  field("name", member.name);
  field("id", record.id.str());
  field("login", member.login);
  for (const std::string& role : member.roles)
    field("role", role);
  for (const std::string& email : member.emails)
    field("address", email);
  for (const std::string& key : member.keys)
    field("key", key);
  return kDone;
}

Run setup_list(Arguments& args) {
  auto options = std::make_shared<ReadOptions>();
  args.format(options->format, {"text", "json"});
  args.at(options->at);
  return [options](Context& context) { return run_list(*options, context); };
}

Run setup_show(Arguments& args) {
  auto options = std::make_shared<ReadOptions>();
  args.word("MEMBER", options->name, "By id, name, address or login", Needed::yes);
  args.format(options->format, {"text", "json"});
  args.at(options->at);
  return [options](Context& context) { return run_show(*options, context); };
}

// --- adding --------------------------------------------------------------------------------------

struct AddOptions {
  record::Member member;
  std::vector<std::string> keys;
  std::string id;
  WriteFlags flags;
};

// What is no public key is refused before a word of it is said: it may be the private half.
void refuse_private(std::string_view text) {
  if (text.find("PRIVATE KEY") == text.npos) return;
  throw Error{ErrorKind::usage, "that is the private half of a key"}.hint(
      "give the other one, whose file ends in .pub, and keep this one to yourself");
}

bool begins_key(std::string_view line) {
  return line.starts_with("ssh-") || line.starts_with("ecdsa-") || line.starts_with("sk-");
}

// A key, or the file of one or more public keys.
void add_keys(Context& context, const std::string& text, std::vector<std::string>& keys) {
  refuse_private(text);
  const bool is_key = text.find(' ') != text.npos && text.find('\n') == text.npos;
  if (is_key) {
    keys.push_back(text);
    return;
  }
  const std::string bytes = read_input(context, text);
  refuse_private(bytes);
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    const std::string line = squeeze(bytes.substr(begin, end - begin));
    begin = end + 1;
    if (line.empty() || line.front() == '#') continue;
    if (!begins_key(line)) {
      throw Error{ErrorKind::usage, fmt::format("{} holds no public key", quote(text, 200))}.hint(
          "give the file that ends in .pub, or the line in it");
    }
    keys.push_back(line);
  }
}

std::string new_id(const club::Snapshot& snapshot, const AddOptions& options) {
  std::string id = options.id.empty() ? suggest_id(options.member.name) : options.id;
  if (id.empty()) {
    throw Error{ErrorKind::usage, "nothing of the name can stand in an id"}.hint(
        "give one with --id, such as ada");
  }
  require_id(id);
  for (const club::MemberRecord& member : snapshot.members) {
    if (member.id.str() != id) continue;
    throw Error{ErrorKind::unacceptable, fmt::format("there is a member {}", quote(id))}.hint(
        fmt::format("see 'paperclub member show {}', or give another id with --id", id));
  }
  return id;
}

// Throws where somebody else has an address, the login or a key of the member already.
void refuse_owned(const club::Snapshot& snapshot, const std::string& id,
                  const record::Member& member) {
  const auto owned = club::owned_by_another(snapshot, id, member);
  if (!owned) return;
  const std::string& owner = owned->owner->id.str();
  throw Error{ErrorKind::unacceptable,
              fmt::format("the {} is that of member {} already", owned->what, quote(owner))}
      .hint(fmt::format("a vote must say whose it is; see 'paperclub member show {}'", owner));
}

// One member's record changes.
Outcome outcome_of(const std::string& verb, const std::string& id, club::Change change) {
  Outcome outcome;
  outcome.id = id;
  outcome.changes = {std::move(change)};
  outcome.subject = fmt::format("members: {} {}", verb, id);
  outcome.next = fmt::format("paperclub member show {}", id);
  return outcome;
}

int run_add(const AddOptions& options, Context& context) {
  AddOptions all = options;
  if (all.member.name.empty()) all.member.name = ask(context, options.flags, "name", "NAME");
  for (const std::string& key : options.keys)
    add_keys(context, key, all.member.keys);
  return change_club(context, options.flags, "member-add", [&](const Desk& desk) {
    const std::string id = new_id(desk.snapshot, all);
    refuse_owned(desk.snapshot, id, all.member);
    return outcome_of("add", id,
                      made(desk.context, "member", club::member_path(id), to_yaml(all.member)));
  });
}

Run setup_add(Arguments& args) {
  auto options = std::make_shared<AddOptions>();
  record::Member& member = options->member;
  args.word("NAME", member.name, "The member's name");
  args.list("--email", member.emails, "An address of their commits; may be given several times",
            "ADDRESS");
  args.text("--login", member.login, "Their login at the forge", "LOGIN");
  args.list("--key", options->keys,
            "An SSH public key, or the file of one; may be given several times", "KEY");
  args.list("--role", member.roles, "What they may do: organiser", "ROLE");
  args.text("--id", options->id, "The member's id (default: made of the name)", "ID");
  add_write_flags(args, options->flags);
  return [options](Context& context) { return run_add(*options, context); };
}

// --- changing ------------------------------------------------------------------------------------

struct ChangeOptions {
  std::string name;
  EditOptions edits;
  WriteFlags flags;
};

int run_edit(const ChangeOptions& options, Context& context) {
  if (options.edits.empty()) {
    throw Error{ErrorKind::usage, "nothing to change"}.hint(
        "write KEY=VALUE, --add KEY=VALUE, --remove KEY=VALUE or --unset KEY");
  }
  return change_club(context, options.flags, "member-edit", [&](const Desk& desk) {
    const club::MemberRecord& member = club::named_member(desk.snapshot, options.name);
    const auto edits = edits_of(options.edits, "member", {}, record_at(desk, member.file));
    club::Change change = edited(desk, "member", member.file, edits);
    const yaml::ParseResult parsed = yaml::parse(change.path, *change.bytes);
    if (parsed.document)
      refuse_owned(desk.snapshot, member.id.str(), record::member_from(*parsed.document));
    return outcome_of("edit", member.id.str(), std::move(change));
  });
}

Run setup_edit(Arguments& args) {
  auto options = std::make_shared<ChangeOptions>();
  args.word("MEMBER", options->name, "By id, name, address or login", Needed::yes);
  add_edit_options(args, options->edits);
  add_write_flags(args, options->flags);
  return [options](Context& context) { return run_edit(*options, context); };
}

}  // namespace

Command member_list_command() {
  return {"member list",           "Read",        "list the members", "[OPTIONS]",
          "paperclub member list", "member show", setup_list};
}

Command member_show_command() {
  return {"member show",
          "Read",
          "show one member",
          "[OPTIONS] MEMBER",
          "paperclub member show grace",
          "member list",
          setup_show,
          Argument::member};
}

Command member_add_command() {
  return {"member add",
          "Write",
          "add a member with addresses, login and keys",
          "[OPTIONS] [NAME]",
          "paperclub member add 'Ada Lovelace' --email ada@example.org --id ada",
          "member edit",
          setup_add};
}

Command member_edit_command() {
  return {"member edit",
          "Write",
          "change what the record of a member says",
          "[OPTIONS] MEMBER [KEY=VALUE...]",
          "paperclub member edit grace login=grace --add roles=organiser",
          "member show",
          setup_edit,
          Argument::member};
}

}  // namespace paperclub::cli

#include "lib/club/snapshot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <iterator>
#include <limits>
#include <mutex>
#include <numeric>
#include <optional>
#include <set>
#include <system_error>
#include <thread>
#include <tuple>
#include <utility>
#include <variant>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/schema/schema.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::club {
namespace {

// One record to read, and what came of it.
struct Job {
  std::string path;
  Place place;
  std::variant<std::monostate, record::ClubSettings, record::Paper, record::Session, record::Round,
               record::Ballot, record::Member>
      value;
  std::vector<Finding> findings;
  bool is_gone = false;  // between listing and reading
};

Finding file_finding(Rule rule, const std::string& file, std::string message, std::string hint) {
  return {rule, file, Location{}, std::move(message), std::move(hint)};
}

Finding unreadable(const std::string& file, const os::ReadResult& result) {
  switch (result.status) {
    case os::ReadStatus::too_large:
      return file_finding(Rule::too_large, file, "the file is larger than 256 KiB",
                          "a record is a few lines of text");
    case os::ReadStatus::not_regular:
      return file_finding(Rule::not_a_file, file, "not a regular file",
                          "records are plain files; links and devices are not read");
    default:
      throw Error{ErrorKind::io, fmt::format("cannot read: {}", escape(result.reason))}
          .at(escape(file))
          .hint("see who may read it with 'ls -l'");
  }
}

void take_value(Job& job, const yaml::Document& document) {
  switch (job.place.kind) {
    case RecordKind::club: job.value = record::club_settings_from(document); break;
    case RecordKind::paper: job.value = record::paper_from(document); break;
    case RecordKind::session: job.value = record::session_from(document); break;
    case RecordKind::round: job.value = record::round_from(document); break;
    case RecordKind::ballot: job.value = record::ballot_from(document); break;
    case RecordKind::member: job.value = record::member_from(document); break;
  }
}

// What all records of a club may hold together: a hundred times what a large one has.  One tree may
// name the same file a hundred thousand times, and each is read.
constexpr std::size_t kMaxRecordBytes = std::size_t{256} << 20U;

// Counts what the records hold; Error{limit} where it is too much.
class Budget {
 public:
  void take(std::size_t bytes) {
    if (taken_.fetch_add(bytes) + bytes <= kMaxRecordBytes) return;
    throw Error{ErrorKind::limit, "the club's records are larger than 256 MiB together"}.hint(
        "see which are with 'du -a papers sessions votes members | sort -n | tail'");
  }

 private:
  std::atomic<std::size_t> taken_{0};
};

void run_job(const FileTree& files, Job& job, Budget& budget) {
  os::ReadResult bytes = files.read(job.path, yaml::kMaxBytes);
  job.is_gone = bytes.status == os::ReadStatus::missing;
  if (job.is_gone) return;
  if (bytes.status != os::ReadStatus::ok) {
    job.findings.push_back(unreadable(job.path, bytes));
    return;
  }
  budget.take(bytes.bytes.size());
  yaml::ParseResult parsed = yaml::parse(job.path, std::move(bytes.bytes));
  job.findings = std::move(parsed.findings);
  if (!parsed.document) return;
  const schema::Schema& schema = schema::schema_of(kind_name(job.place.kind));
  // One list that says "more than" is enough for a file.
  if (job.findings.size() <= yaml::kMaxFindings) {
    std::vector<Finding> findings = schema.validate(*parsed.document);
    std::move(findings.begin(), findings.end(), std::back_inserter(job.findings));
  }
  take_value(job, *parsed.document);
}

// Threads that are waited for, also where an exception ends the work: they are told to stop then.
class Threads {
 public:
  explicit Threads(std::atomic<bool>& stopped) : stopped_(stopped) {}
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;
  ~Threads() {
    stopped_ = stopped_ || !threads_.empty();
    join();
  }

  template <typename Work>
  void start(Work work) {
    threads_.emplace_back(std::move(work));
  }
  void join() {
    for (std::thread& thread : threads_)
      thread.join();
    threads_.clear();
  }

 private:
  std::atomic<bool>& stopped_;
  std::vector<std::thread> threads_;
};

// Runs the jobs on several threads, the calling one among them, which reports progress.
class Workers {
 public:
  Workers(const FileTree& files, std::vector<Job>& jobs, const LoadOptions& options)
      : files_(files), jobs_(jobs), options_(options) {}

  void run() {
    Threads threads(stopped_);
    const std::size_t useful = jobs_.size() / kJobsPerThread + 1;
    const std::size_t count = std::min<std::size_t>(options_.threads, useful);
    try {
      for (std::size_t i = 1; i < count; ++i)
        threads.start([this] { work(false); });
    } catch (const std::system_error&) {
      // The system gives no more threads: those there are do the work.
    }
    work(true);
    threads.join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  // Below this a thread costs more than it gains.
  static constexpr std::size_t kJobsPerThread = 32;
  static constexpr std::size_t kBatch = 16;

  void work(bool reports) {
    while (!stopped_) {
      const std::size_t begin = next_.fetch_add(kBatch);
      if (begin >= std::min(jobs_.size(), failed_.load())) return;
      work_batch(begin, std::min(begin + kBatch, jobs_.size()));
      if (reports && options_.progress)
        options_.progress(std::min(next_.load(), jobs_.size()), jobs_.size());
    }
  }

  void work_batch(std::size_t begin, std::size_t end) {
    std::size_t i = begin;
    try {
      for (; i < std::min(end, failed_.load()); ++i)
        run_job(files_, jobs_[i], budget_);
    } catch (const std::exception&) {
      // Thrown again on the calling thread: an exception must not leave a thread.  What comes
      // before is read all the same, so that each run tells the same failure.
      const std::lock_guard lock(mutex_);
      if (i >= failed_) return;
      failed_ = i;
      failure_ = std::current_exception();
    }
  }

  const FileTree& files_;
  std::vector<Job>& jobs_;
  const LoadOptions& options_;
  Budget budget_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::atomic<std::size_t> failed_{std::numeric_limits<std::size_t>::max()};  // the first job
  std::mutex mutex_;
  std::exception_ptr failure_;
};

void list_folder(const FileTree& files, std::string_view folder, Snapshot& snapshot) {
  std::vector<TreeFile> found = files.list(folder);
  std::move(found.begin(), found.end(), std::back_inserter(snapshot.files));
}

std::vector<Job> plan(const std::vector<TreeFile>& files) {
  std::vector<Job> jobs;
  for (const TreeFile& file : files) {
    Place place = place_of(file.path);
    if (place.place != PlaceKind::record || file.kind != os::FileKind::regular) continue;
    jobs.push_back({file.path, std::move(place), {}, {}});
  }
  return jobs;
}

// The paths of all notes.
std::set<std::string> notes_files(const std::vector<TreeFile>& files) {
  std::set<std::string> notes;
  for (const TreeFile& file : files) {
    const bool regular = file.kind == os::FileKind::regular;
    if (regular && place_of(file.path).place == PlaceKind::notes) notes.insert(file.path);
  }
  return notes;
}

// What was taken away while the club was read is as if it had never been listed.
void drop_gone(std::vector<Job>& jobs, Snapshot& snapshot) {
  std::set<std::string> gone;
  for (const Job& job : jobs) {
    if (job.is_gone) gone.insert(job.path);
  }
  if (gone.empty()) return;
  if (gone.contains(std::string(kClubFile)))
    throw Error{ErrorKind::not_a_club, "club.yaml is gone"}.hint("run the command again");
  std::erase_if(jobs, [](const Job& job) { return job.is_gone; });
  std::erase_if(snapshot.files, [&gone](const TreeFile& file) { return gone.contains(file.path); });
}

void store(Job& job, Snapshot& snapshot) {
  const std::string& id = job.place.id;
  if (auto* settings = std::get_if<record::ClubSettings>(&job.value)) {
    snapshot.settings = std::move(*settings);
  } else if (auto* paper = std::get_if<record::Paper>(&job.value)) {
    if (auto paper_id = PaperId::parse(id)) {
      snapshot.papers.push_back({std::move(*paper_id), job.path, std::move(*paper), {}});
    }
  } else if (auto* session = std::get_if<record::Session>(&job.value)) {
    if (auto session_id = SessionId::parse(id)) {
      snapshot.sessions.push_back({std::move(*session_id), job.path, std::move(*session)});
    }
  } else if (auto* round = std::get_if<record::Round>(&job.value)) {
    if (auto round_id = RoundId::parse(id)) {
      snapshot.rounds.push_back({std::move(*round_id), job.path, std::move(*round)});
    }
  } else if (auto* ballot = std::get_if<record::Ballot>(&job.value)) {
    if (auto member_id = MemberId::parse(id)) {
      snapshot.ballots.push_back(
          {job.place.round, std::move(*member_id), job.path, std::move(*ballot)});
    }
  } else if (auto* member = std::get_if<record::Member>(&job.value)) {
    if (auto member_id = MemberId::parse(id)) {
      snapshot.members.push_back({std::move(*member_id), job.path, std::move(*member)});
    }
  }
}

// All files of the club's folders that `scope` is about.
void list_club(const FileTree& files, Scope scope, Snapshot& snapshot) {
  const auto club_kind = files.kind_of(kClubFile);
  if (!club_kind) {
    throw Error{ErrorKind::not_a_club, "no club.yaml here"}.hint(
        "a club is a folder with a club.yaml at its top");
  }
  const auto reads = [scope](Scope own) { return scope == Scope::everything || scope == own; };
  snapshot.files = {{std::string(kClubFile), *club_kind}};
  list_folder(files, kPapersFolder, snapshot);
  if (reads(Scope::papers_and_sessions)) list_folder(files, kSessionsFolder, snapshot);
  if (scope == Scope::everything) list_folder(files, kVotesFolder, snapshot);
  if (reads(Scope::papers_and_members)) list_folder(files, kMembersFolder, snapshot);
}

// Reads the records of the jobs into the snapshot, and finds the notes of all papers.
void read_records(const FileTree& files, std::vector<Job> jobs, const LoadOptions& options,
                  Snapshot& snapshot) {
  Workers(files, jobs, options).run();
  drop_gone(jobs, snapshot);
  for (Job& job : jobs) {
    std::move(job.findings.begin(), job.findings.end(), std::back_inserter(snapshot.findings));
    store(job, snapshot);
  }
  const auto notes = notes_files(snapshot.files);
  for (PaperRecord& paper : snapshot.papers) {
    const std::string path = notes_path(paper.file);
    paper.notes = notes.contains(path) ? path : std::string();
  }
}

// Calls `visit` with each list of records.
template <typename Visit>
void for_each_list(Snapshot& snapshot, Visit visit) {
  visit(snapshot.papers);
  visit(snapshot.sessions);
  visit(snapshot.rounds);
  visit(snapshot.ballots);
  visit(snapshot.members);
}

}  // namespace

Snapshot load_snapshot(const FileTree& files, const LoadOptions& options) {
  Snapshot snapshot;
  list_club(files, options.scope, snapshot);
  read_records(files, plan(snapshot.files), options, snapshot);
  return snapshot;
}

Snapshot reload_snapshot(const Snapshot& before, const FileTree& files,
                         const std::set<std::string>& changed, Scope scope) {
  Snapshot snapshot = before;
  const auto is_changed = [&changed](const auto& record) { return changed.contains(record.file); };
  for_each_list(snapshot, [&](auto& records) { std::erase_if(records, is_changed); });
  std::erase_if(snapshot.findings, is_changed);
  if (changed.contains(std::string(kClubFile))) snapshot.settings = {};
  list_club(files, scope, snapshot);
  std::vector<Job> jobs = plan(snapshot.files);
  std::erase_if(jobs, [&changed](const Job& job) { return !changed.contains(job.path); });
  read_records(files, std::move(jobs), {scope, 1, {}}, snapshot);
  for_each_list(snapshot, [](auto& records) {
    std::sort(records.begin(), records.end(),
              [](const auto& a, const auto& b) { return a.file < b.file; });
  });
  return snapshot;
}

std::vector<std::size_t> by_seniority(const Snapshot& snapshot) {
  std::set<std::string> discussed;
  for (const SessionRecord& session : snapshot.sessions) {
    for (const PaperId& id : session.session.papers)
      discussed.insert(id.str());
  }
  const auto key = [&](std::size_t i) {
    const record::Paper& paper = snapshot.papers[i].paper;
    const bool suggested = paper.suggested && paper.suggested->on;
    return std::make_tuple(!paper.number, paper.number ? paper.number->value : 0,
                           !discussed.contains(snapshot.papers[i].id.str()), !suggested,
                           suggested ? *paper.suggested->on : Date{}, snapshot.papers[i].id.str());
  };
  std::vector<std::size_t> order(snapshot.papers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&key](std::size_t a, std::size_t b) { return key(a) < key(b); });
  return order;
}

unsigned useful_threads(unsigned processors) { return std::clamp(processors, 1U, 16U); }

}  // namespace paperclub::club

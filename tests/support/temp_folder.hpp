// A folder for one test, gone when the test ends.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace paperclub::tests {

// Makes a new empty folder and removes it, with all that is in it, at the end.
class TempFolder {
 public:
  TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder();

  // Returns the absolute path.
  const std::string& path() const { return path_; }
  // Returns the absolute path of `name` in it.
  std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }
  // Writes a file, making the folders on the way.
  void write(std::string_view name, std::string_view bytes) const;
  // Returns the bytes of a file.
  std::string read(std::string_view name) const;

 private:
  std::string path_;
};

// Runs a shell command for a test's set-up; fails the test where it fails.  Returns its output.
std::string shell(const std::string& command);

}  // namespace paperclub::tests

#include "tests/support/temp_folder.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace paperclub::tests {

TempFolder::TempFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "paperclub-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  path_ = std::filesystem::canonical(pattern).string();
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void TempFolder::write(std::string_view name, std::string_view bytes) const {
  const std::filesystem::path file = *this / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

std::string TempFolder::read(std::string_view name) const {
  std::ifstream file(*this / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string shell(const std::string& command) {
  struct Close {
    void operator()(std::FILE* stream) const {
      if (stream != nullptr) ::pclose(stream);
    }
  };
  std::unique_ptr<std::FILE, Close> stream(::popen((command + " 2>&1").c_str(), "r"));
  if (!stream) throw std::runtime_error("popen failed");
  std::string output;
  std::array<char, 4096> buffer{};
  for (std::size_t got = 1; got > 0;) {
    got = std::fread(buffer.data(), 1, buffer.size(), stream.get());
    output.append(buffer.data(), got);
  }
  if (::pclose(stream.release()) != 0) throw std::runtime_error(command + ": " + output);
  return output;
}

}  // namespace paperclub::tests

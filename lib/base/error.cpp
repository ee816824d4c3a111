#include "lib/base/error.hpp"

#include <utility>

namespace paperclub {

Error::Error(ErrorKind kind, std::string message)
    : kind_(kind), message_(std::move(message)), what_(message_) {}

Error& Error::at(std::string place) {
  place_ = std::move(place);
  what_ = place_.empty() ? message_ : place_ + ": " + message_;
  return *this;
}

Error& Error::hint(std::string text) {
  hints_.push_back(std::move(text));
  return *this;
}

Error& Error::consists_of(std::vector<Finding> findings) {
  findings_ = std::move(findings);
  return *this;
}

}  // namespace paperclub

#include "lib/yaml/source.hpp"

#include <utility>

namespace paperclub::yaml {

Source::Source(std::string file, std::string text)
    : file_(std::move(file)), text_(std::move(text)), lines_(text_) {}

Finding Source::finding(Rule rule, Span span, std::string message, std::string hint) const {
  return {rule, file_, lines_.locate(span), std::move(message), std::move(hint)};
}

}  // namespace paperclub::yaml

#include "lib/base/transliterate.hpp"

#include <thread>
#include <vector>

#include "lib/base/id.hpp"
#include "lib/base/utf8.hpp"
#include "tests/support/catch.hpp"

namespace paperclub::tests {

TEST_CASE("every script that CLDR can read gives letters of ASCII") {
  CHECK(in_ascii_letters("Внимание — это всё") == "Vnimanie - eto vse");
  CHECK(in_ascii_letters("注意力") == "zhu yi li");
  CHECK(in_ascii_letters("Ελληνικά") == "Ellenika");
  CHECK(in_ascii_letters("アテンション") == "atenshon");
  CHECK(in_ascii_letters("größe Łódź") == "grosse Lodz");
  CHECK(in_ascii_letters("plain text") == "plain text");
  CHECK(in_ascii_letters("") == "");
}

TEST_CASE("an id is made of a title in any script") {
  CHECK(suggest_id("Внимание — это всё, что нужно") == "vnimanie-eto-vse-cto-nuzno");
  CHECK(suggest_id("论文 2: GPT") == "lun-wen-2-gpt");
  CHECK(suggest_id("어텐션") == "eotensyeon");
  CHECK(suggest_id("हिन्दी") == "hindi");
  CHECK(id_problem(suggest_id("العربية")) == std::nullopt);
}

TEST_CASE("bytes that are no UTF-8 and texts of any length come to an end") {
  CHECK_FALSE(find_invalid_utf8(in_ascii_letters("a\xff\xfe\xc3")));
  std::string endless;
  for (int i = 0; i < 100'000; ++i)
    endless += "论";
  CHECK(in_ascii_letters(endless).size() < 10'000);
  CHECK(suggest_id(endless).size() <= kMaxIdBytes);
}

TEST_CASE("several threads may ask at once") {
  std::vector<std::thread> threads;
  std::vector<std::string> answers(4);
  for (std::string& answer : answers)
    threads.emplace_back([&answer] { answer = in_ascii_letters("Внимание"); });
  for (std::thread& thread : threads)
    thread.join();
  for (const std::string& answer : answers)
    CHECK(answer == "Vnimanie");
}

}  // namespace paperclub::tests

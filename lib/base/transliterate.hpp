// Other scripts in the letters of ASCII: what ids are made of.
#pragma once

#include <string>
#include <string_view>

namespace paperclub {

// Returns `text` in letters of ASCII as far as it can be read so ('Внимание' gives 'Vnimanie',
// '论文' 'lun wen'); the rest of it stays.  By the rules of CLDR; of a very long text only the
// beginning.
std::string in_ascii_letters(std::string_view text);

}  // namespace paperclub

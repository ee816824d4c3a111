"""Reads the page of a rule: Markdown whose fences hold the files of an example and the output that
the program must print for them.  Reads only: it builds no example and runs nothing."""

import re
from dataclasses import dataclass, field

WIDTH = 80
EXPECTED = 'text expected'
TITLE = re.compile(r'# ([a-z]+(?:-[a-z]+)*) \((error|warning)\)')
FENCE = re.compile(r'(`{3,})(.*)')
COMMAND = re.compile(r'`paperclub (check[^`]*)` says:')
BEFORE = 'before:'
ESCAPE = re.compile(rb'\\(?:x([0-9a-f]{2})|(n)|(r)|(\\))|\\')


class PageError(Exception):
    """What is wrong with the form of a page, and on which line."""

    def __init__(self, line, message):
        super().__init__(f'line {line}: {message}')


@dataclass
class File:
    path: str
    content: bytes
    is_link: bool = False  # then the content is its target
    is_before: bool = False  # what a change found there, in the commit that it is compared with


@dataclass
class Example:
    files: list = field(default_factory=list)
    expected: str = ''
    command: list = field(default_factory=list)  # the words behind `paperclub`
    first_line: int = 0  # of the expected output, counted from 0
    last_line: int = 0   # the line of its closing fence


@dataclass
class Page:
    rule: str
    severity: str
    examples: list


def decode(content, line):
    """Returns the bytes that `content` spells with \\xNN, \\n, \\r and \\\\."""

    def byte(match):
        if match[1]:
            return bytes([int(match[1], 16)])
        if match[0] == b'\\':
            raise PageError(line, r'an escape other than \xNN, \n, \r and \\')
        return {b'\\n': b'\n', b'\\r': b'\r', b'\\\\': b'\\'}[match[0]]

    return ESCAPE.sub(byte, content.encode())


def check_path(path, line):
    parts = path.split('/')
    if not path or any(part in ('', '.', '..') for part in parts):
        raise PageError(line, f'no path below the club\'s folder: {path!r}')


def file_of(info, text, line):
    """Returns the file that a fence with `info` behind its backticks holds."""
    words = info.split(' ')
    escaped = len(words) == 3 and words[2] == 'escaped'
    if len(words) != (3 if escaped else 2) or not words[0]:
        raise PageError(line, 'a fence is opened by LANGUAGE PATH, LANGUAGE PATH escaped or '
                              f'{EXPECTED}, not {info!r}')
    language, path = words[:2]
    before = path.startswith(BEFORE)
    path = path.removeprefix(BEFORE)
    check_path(path, line)
    if language == 'link':
        return File(path, text.rstrip('\n').encode(), is_link=True, is_before=before)
    return File(path, decode(text, line) if escaped else text.encode(), is_before=before)


def check_line(text, number, in_fence):
    hidden = [c for c in text if not c.isprintable()]
    if hidden:
        raise PageError(number, f'U+{ord(hidden[0]):04X} must be written as an escape')
    if not in_fence and len(text) > WIDTH:
        raise PageError(number, f'prose of {len(text)} columns, more than {WIDTH}')


def fences_of(lines):
    """Yields the line, the info string and the text of each fence, checking every line."""
    opened = None
    for index, line in enumerate(lines):
        check_line(line, index + 1, opened is not None)
        match = FENCE.fullmatch(line)
        if opened is None and match:
            opened = (index, match[1], match[2])
        elif opened is not None and match and match[1] == opened[1] and not match[2]:
            text = ''.join(inner + '\n' for inner in lines[opened[0] + 1:index])
            yield opened[0], index, opened[2], text
            opened = None
    if opened is not None:
        raise PageError(opened[0] + 1, 'a fence that is never closed')


def parse_page(text):
    """Returns the page, or raises PageError where its form is not that of a page."""
    lines = text.split('\n')
    if lines.pop() != '':
        raise PageError(len(lines) + 1, 'the last line lacks its line feed')
    title = TITLE.fullmatch(lines[0]) if lines else None
    if title is None:
        raise PageError(1, 'the first line must read "# RULE (error)" or "# RULE (warning)"')
    page = Page(title[1], title[2], [])
    example = Example()
    for first, last, info, inner in fences_of(lines):
        if info != EXPECTED:
            example.files.append(file_of(info, inner, first + 1))
            continue
        if not example.files:
            raise PageError(first + 1, 'expected output without a file in front of it')
        command = COMMAND.fullmatch(lines[first - 2]) if first >= 2 else None
        if command is None:
            raise PageError(first - 1, 'expected output without "`paperclub check …` says:" before it')
        example.command = command[1].split(' ')
        example.expected, example.first_line, example.last_line = inner, first + 1, last
        page.examples.append(example)
        example = Example()
    if example.files or not page.examples:
        raise PageError(len(lines), f'no fence "{EXPECTED}" behind the last file')
    return page


def with_outputs(text, page, outputs):
    """Returns the page's text with `outputs`, one an example, in its expected fences."""
    lines = text.split('\n')
    for example, output in reversed(list(zip(page.examples, outputs))):
        lines[example.first_line:example.last_line] = output.split('\n')[:-1]
    return '\n'.join(lines)

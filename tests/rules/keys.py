"""Which keys a schema knows and which of them a record uses.  Keys are paths such as
('links', 'title'); what stands between, the items of a list, is no step of a path."""

import re

KEY = re.compile(r'((?:- )*)([a-z0-9_-]+):(?: (.*))?')
ITEM = re.compile(r'((?:- )*)- (.*)')


class NotUnderstood(Exception):
    """YAML beyond the few forms that the examples are written in."""


def alternatives(schema, key=(), root=None):
    """Returns sets of keys; of each set a club must use one.  A mapping that may have a single key
    makes one set, any other a set a key."""
    root = root or schema
    if '$ref' in schema:
        name = schema['$ref'].rsplit('/', 1)[1]
        return alternatives(root['definitions'][name], key, root)
    inner = {key + (name,): part for name, part in schema.get('properties', {}).items()}
    sets = [set(inner)] if schema.get('maxProperties') == 1 else [{path} for path in inner]
    for path, part in inner.items():
        sets += alternatives(part, path, root)
    if 'items' in schema:
        sets += alternatives(schema['items'], key, root)
    return sets


def is_plain_line(value):
    """Whether `value`, behind a key or a dash, is one scalar or list of scalars on one line."""
    return not value.startswith(('&', '*', '!', '"', '|', '>')) and '{' not in value


def is_block(value):
    return re.fullmatch(r'[|>][+-]?(?: +#.*)?', value or '') is not None


def used_keys(text):
    """Returns the keys of a record that is written in block style: mappings and lists by
    indentation, scalars and lists of scalars on one line, texts behind | and >."""
    used = set()
    way = []  # the indentation and the name of each key above the line
    block = None  # the indentation of the key whose text runs on
    for number, line in enumerate(text.split('\n'), 1):
        bare = line.strip(' ')
        indent = len(line) - len(line.lstrip(' '))
        if block is not None and (not bare or indent > block):
            continue
        block = None
        if not bare or bare.startswith('#'):
            continue
        match = KEY.fullmatch(bare)
        if match is None:
            item = ITEM.fullmatch(bare)
            if item is None or not is_plain_line(item[2]):
                raise NotUnderstood(f'line {number}: {bare}')
            continue
        indent += len(match[1])
        while way and way[-1][0] >= indent:
            way.pop()
        way.append((indent, match[2]))
        used.add(tuple(name for _, name in way))
        value = match[3] or ''
        if is_block(value):
            block = indent
        elif not is_plain_line(value):
            raise NotUnderstood(f'line {number}: {bare}')
    return used

// The yardstick for 'paperclub check': reads every record of the club in FOLDER with js-yaml (core
// schema), validates it with ajv against the schemas in SCHEMAS, and prints how many were wrong.
// Positions, formats and the rules between records are left out: it does less than what it measures.
//
//     node check.mjs FOLDER SCHEMAS        (js-yaml and ajv in a node_modules above this file)

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import yaml from 'js-yaml';

const [folder, schemas] = process.argv.slice(2);
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

function validator(kind) {
  return ajv.compile(JSON.parse(readFileSync(join(schemas, `${kind}.schema.json`), 'utf8')));
}

let records = 0;
let faulty = 0;

function check(path, validate) {
  const value = yaml.load(readFileSync(path, 'utf8'), { schema: yaml.CORE_SCHEMA });
  records += 1;
  if (!validate(value)) faulty += 1;
}

check(join(folder, 'club.yaml'), validator('club'));
for (const kind of ['paper', 'session', 'member']) {
  const validate = validator(kind);
  const place = join(folder, `${kind}s`);
  for (const name of readdirSync(place)) check(join(place, name), validate);
}
console.log(`${faulty} of ${records} records are wrong`);

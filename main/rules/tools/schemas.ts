import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import {
  packManifestSchema,
  packSignatureSchema,
  publisherKeySchema,
} from '../../../shared/domain/rule-pack.ts';
import { ruleFileSchema } from '../../../shared/domain/rules.ts';

const FOLDER = fileURLToPath(new URL('../../../docs/schemas/rules', import.meta.url));

/** JSON Schema (2020-12) of every kind of file, for editors. @returns text by file name */
function ruleSchemas(): Map<string, string> {
  const kinds = ruleFileSchema.options.map((option) => [option.shape.kind.value, option] as const);
  const all = [
    ...kinds,
    ['paket', packManifestSchema],
    ['signatur', packSignatureSchema],
    ['utgivare', publisherKeySchema],
  ] as const;
  return new Map(
    all.map(([name, schema]) => {
      const made = z.toJSONSchema(schema, { target: 'draft-2020-12' }) as {
        properties?: Record<string, unknown>;
      };
      // A file may name its schema; the program passes over it.
      if (made.properties && name !== 'signatur' && name !== 'utgivare')
        made.properties = { $schema: { type: 'string' }, ...made.properties };
      return [`${name}.schema.json`, `${JSON.stringify(made, null, 2)}\n`];
    }),
  );
}

/** @returns names of the files in docs/schemas/rules that are not as the program reads rules */
export function staleSchemas(): string[] {
  const schemas = ruleSchemas();
  const present = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  const differing = [...schemas].filter(
    ([name, text]) => !present.includes(name) || readFileSync(join(FOLDER, name), 'utf8') !== text,
  );
  return [...differing.map(([name]) => name), ...present.filter((name) => !schemas.has(name))].sort();
}

export function writeSchemas(): void {
  for (const name of existsSync(FOLDER) ? readdirSync(FOLDER) : []) rmSync(join(FOLDER, name));
  for (const [name, text] of ruleSchemas()) writeFileSync(join(FOLDER, name), text);
}

import { MANIFEST_FILE, packManifestSchema, type PackManifest } from '../../shared/domain/rule-pack.ts';
import { ruleFileSchema } from '../../shared/domain/rules.ts';
import { ruleKey, type LoadedRule } from './check.ts';
import { describeIssue, describePlace } from './describe-issue.ts';

/** The files of a pack: paths below its folder, with '/', and what each holds; undefined where it is no JSON in UTF-8. */
export type RuleFiles = ReadonlyMap<string, unknown>;

export interface ReadPack {
  readonly manifest: PackManifest | null;
  readonly rules: readonly LoadedRule[];
  /** What the unreadable files say they are, so that a reference to one of them is not called dead as well. */
  readonly broken: ReadonlySet<string>;
  readonly faults: readonly string[];
}

/** Reads every file by its schema. What the files say of each other is for the check. */
export function readPack(files: RuleFiles): ReadPack {
  const rules: LoadedRule[] = [];
  const broken = new Set<string>();
  const faults: string[] = [];
  let manifest: PackManifest | null = null;
  if (!files.has(MANIFEST_FILE)) faults.push(`${MANIFEST_FILE}: saknas.`);
  for (const [file, raw] of files) {
    if (raw === undefined) {
      faults.push(`${file}: är inte läsbar JSON i UTF-8.`);
      continue;
    }
    const content = withoutSchema(raw);
    const result = (file === MANIFEST_FILE ? packManifestSchema : ruleFileSchema).safeParse(content);
    if (!result.success) {
      for (const issue of result.error.issues)
        faults.push(`${file}: ${describePlace(issue.path)}${describeIssue(issue, content)}`);
      const { kind, id } = Object(content) as { kind?: unknown; id?: unknown };
      broken.add(ruleKey(String(kind), String(id)));
    } else if (result.data.kind === 'pack') manifest = result.data;
    else rules.push({ file, rule: result.data });
  }
  return { manifest, rules, broken, faults };
}

/** `$schema` is for the editor that the file is written in, and says nothing about the rule. */
export function withoutSchema(content: unknown): unknown {
  if (typeof content !== 'object' || content === null || !('$schema' in content)) return content;
  const { $schema, ...rest } = content;
  return typeof $schema === 'string' ? rest : content;
}

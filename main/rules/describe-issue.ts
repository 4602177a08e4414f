import type { z } from 'zod';

/** "steps[2].limit.unit: ", or nothing for the file as a whole. */
export function describePlace(path: readonly PropertyKey[]): string {
  const place = path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');
  return place === '' ? '' : `${place}: `;
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (Object(value) as Record<PropertyKey, unknown>)[part],
    content,
  );
}

/** zod's own messages are English or stiff; these say what to write instead. */
export function describeIssue(issue: z.core.$ZodIssue, content: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    return `okänd nyckel: ${issue.keys.map((key) => `"${key}"`).join(', ')}.`;
  }
  if (valueAt(content, issue.path) === undefined) return 'saknas.';
  switch (issue.code) {
    case 'invalid_type':
      return `har fel typ, ska vara ${issue.expected}.`;
    case 'invalid_value':
      return `ska vara ${issue.values.length > 1 ? 'ett av ' : ''}${issue.values.map((value) => `"${String(value)}"`).join(', ')}.`;
    case 'too_small':
      return describeLeast(issue);
    case 'too_big':
      return issue.origin === 'number'
        ? `får vara högst ${String(issue.maximum)}.`
        : `får ha högst ${String(issue.maximum)} ${issue.origin === 'string' ? 'tecken' : 'delar'}.`;
    case 'invalid_format':
      return describeFormat(issue.format);
    default:
      return 'har ett värde som inte är tillåtet.';
  }
}

function describeLeast({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): string {
  if (origin === 'number') {
    const least = Number(minimum) === 0 ? 'noll' : String(minimum);
    return inclusive === true ? `ska vara minst ${least}.` : `ska vara större än ${least}.`;
  }
  if (Number(minimum) <= 1) return 'får inte vara tom.';
  return `ska ha minst ${String(minimum)} ${origin === 'string' ? 'tecken' : 'delar'}.`;
}

function describeFormat(format: string): string {
  if (format === 'date') return 'ska vara ett datum (ÅÅÅÅ-MM-DD).';
  if (format === 'url') return 'ska vara en webbadress.';
  return 'har fel form: bokstäver a–z, siffror och enkla bindestreck.';
}

/**
 * Verifies an exported audit chain without Sigill: `npm run verify-audit -- FILE [--kontrollpunkt TEXTFILE]…`
 *
 * It shares no code with the program that wrote the file, on purpose: it is the second opinion. It needs Node and
 * `canonicalize` (RFC 8785), and nothing else. What it checks is described in docs and in the comments below, so that it
 * can be written again in another language.
 *
 * Exit code: 0 the chain is whole, 2 wrong use or not a chain at all, 5 something has been changed.
 */
import { Buffer } from 'node:buffer';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs, TextDecoder } from 'node:util';
import canonicalize from 'canonicalize';

const EXIT = { whole: 0, usage: 2, changed: 5 };
const ZEROS = '0'.repeat(64);
const ROOM_NAMES = new Map([
  ['open', 'öppna rummet'],
  ['protected', 'skyddade rummet'],
]);

const isText = (value) => typeof value === 'string' && value !== '' && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value);
const isHash = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isInstant = (value) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;
/** Base64 in its one normal form: other spellings of the same bytes are refused. */
const isBase64 = (length) => (value) =>
  typeof value === 'string' &&
  Buffer.from(value, 'base64').length === length &&
  Buffer.from(value, 'base64').toString('base64') === value;
const isSignature = isBase64(64);
/** SubjectPublicKeyInfo of Ed25519 (RFC 8410) is 12 bytes and the key. */
const isPublicKey = isBase64(44);

const FILE_SHAPE = {
  format: (value) => value === 'sigill-audit/1',
  vaultId: isText,
  room: (value) => ROOM_NAMES.has(value),
  keys: Array.isArray,
  entries: Array.isArray,
  checkpoints: Array.isArray,
};
const KEY_SHAPE = { id: isText, name: (value) => typeof value === 'string', publicKey: isPublicKey };
const ENTRY_SHAPE = {
  seq: isCount,
  at: isInstant,
  actor: isText,
  action: isText,
  object: (value) => value === null || isText(value),
  payloadHash: isHash,
  previousHash: isHash,
  hash: isHash,
  signature: isSignature,
};
const CHECKPOINT_SHAPE = {
  format: (value) => value === 'sigill-checkpoint/1',
  vaultId: isText,
  room: (value) => ROOM_NAMES.has(value),
  number: isCount,
  size: isCount,
  head: isHash,
  keysHash: isHash,
  at: isInstant,
  actor: isText,
  reason: isText,
  signature: isSignature,
};

/** One fault for each field that is missing, unknown or not what it should be. */
function faultsOfShape(value, shape, name) {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return [`${name} är inte ett objekt`];
  const unknown = Object.keys(value).filter((field) => !Object.hasOwn(shape, field));
  const wrong = Object.keys(shape).filter(
    (field) => !Object.hasOwn(value, field) || !shape[field](value[field]),
  );
  return [
    ...unknown.map(() => `${name} har ett fält som inte hör dit`),
    ...wrong.map((field) => `${name} saknar eller har fel värde i fältet ${field}`),
  ];
}

const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
const base64OfHex = (hex) => Buffer.from(hex, 'hex').toString('base64');

function isSigned(text, signature, publicKey) {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return (
      key.asymmetricKeyType === 'ed25519' &&
      verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
    );
  } catch {
    return false;
  }
}

/** The name says who: the key must be in the list, and the signature by it. */
function faultsOfSignature(text, signature, actor, keys, name) {
  const publicKey = keys.get(actor);
  if (publicKey === undefined) return [`${name} är signerad av en användare som inte finns i listan`];
  return isSigned(text, signature, publicKey) ? [] : [`${name} har fel signatur`];
}

function faultsOfKeys(keys) {
  const faults = keys.flatMap((key, index) => faultsOfShape(key, KEY_SHAPE, `användare ${index + 1}`));
  if (faults.length > 0) return faults;
  return new Set(keys.map((key) => key.id)).size === keys.length
    ? []
    : ['två användare har samma beteckning'];
}

/** An entry's hash covers it, the hash before it, and the vault and room; the signature covers the hash. */
function faultsOfEntry(chain, entry, before, keys, name) {
  const faults = [];
  if (entry.previousHash !== (before?.hash ?? ZEROS)) faults.push(`${name} hänger inte ihop med raden före`);
  const { hash, signature, ...content } = entry;
  if (sha256(canonicalize({ ...content, vaultId: chain.vaultId, room: chain.room })) !== hash) {
    faults.push(`${name} har ändrats: fel kontrollsumma`);
  }
  return [...faults, ...faultsOfSignature(`sigill-audit/1\n${hash}`, signature, entry.actor, keys, name)];
}

/** What of a checkpoint is signed: its text form without the signature line. */
function checkpointBody(checkpoint) {
  const { format, vaultId, room, size, head, number, keysHash, at, actor, reason } = checkpoint;
  return (
    `${format} ${vaultId} ${room}\n${size}\n${base64OfHex(head)}\nnumber ${number}\n` +
    `keys ${base64OfHex(keysHash)}\nat ${at}\nactor ${actor}\nreason ${reason}\n`
  );
}

function faultsOfCheckpoint(chain, checkpoint, keys, name) {
  const faults = [];
  if (checkpoint.vaultId !== chain.vaultId || checkpoint.room !== chain.room) {
    faults.push(`${name} hör till ett annat valv eller rum`);
  }
  if (checkpoint.size > chain.entries.length) {
    faults.push(
      `${name} räknar ${checkpoint.size} rader, men filen har ${chain.entries.length}: slutet saknas`,
    );
  } else {
    const head = checkpoint.size === 0 ? ZEROS : chain.entries[checkpoint.size - 1]?.hash;
    if (checkpoint.head !== head) faults.push(`${name} stämmer inte med rad ${checkpoint.size}`);
  }
  const body = checkpointBody(checkpoint);
  return [...faults, ...faultsOfSignature(body, checkpoint.signature, checkpoint.actor, keys, name)];
}

/** The export ends with a checkpoint of its own, which binds the whole chain and the list of users. */
function faultsOfEnd(chain) {
  const last = chain.checkpoints.at(-1);
  if (!last) return ['filen saknar kontrollpunkt: slutet kan vara avklippt'];
  const faults = [];
  if (last.size !== chain.entries.length || last.reason !== 'export') {
    faults.push(
      'filen slutar inte med exportens kontrollpunkt: rader eller kontrollpunkter saknas eller har lagts till',
    );
  }
  if (sha256(canonicalize(chain.keys)) !== last.keysHash) {
    faults.push('användarlistan är inte den som exportens kontrollpunkt signerar');
  }
  return faults;
}

function remarksOfTime(entries) {
  return entries.flatMap((entry, index) =>
    index > 0 && entry.at < entries[index - 1].at
      ? [`rad ${entry.seq} har en tidigare tid än raden före: klockan har ställts om`]
      : [],
  );
}

/** @returns {{code: number, chain?: object, faults: string[], remarks: string[]}} */
function judge(code, faults, rest = {}) {
  return { code, faults, remarks: [], ...rest };
}

/**
 * Verifies a file.
 * @param {Uint8Array} bytes of the file
 */
export function verifyFile(bytes) {
  let text;
  let chain;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    chain = JSON.parse(text);
  } catch {
    return judge(EXIT.usage, ['filen är inte läsbar JSON']);
  }
  if (chain?.format !== 'sigill-audit/1')
    return judge(EXIT.usage, ['filen är inte en granskningskedja från Sigill']);
  // One way only to write the same content: nothing is hidden in a repeated field, an escape or a space.
  try {
    if (canonicalize(chain) !== text.replace(/\n$/, '')) {
      return judge(EXIT.changed, ['filen är inte skriven som Sigill skriver den (kanonisk JSON, RFC 8785)']);
    }
  } catch {
    return judge(EXIT.changed, ['filen innehåller text som inte är giltig Unicode']);
  }
  const shapeFaults = faultsOfShape(chain, FILE_SHAPE, 'filen');
  if (shapeFaults.length > 0) return judge(EXIT.changed, shapeFaults);

  const keyFaults = faultsOfKeys(chain.keys);
  if (keyFaults.length > 0) return judge(EXIT.changed, keyFaults);
  const keys = new Map(chain.keys.map((key) => [key.id, key.publicKey]));

  const faults = chain.entries.flatMap((entry, index) => {
    const name = `rad ${index + 1}`;
    const wrong = faultsOfShape(entry, ENTRY_SHAPE, name);
    if (wrong.length > 0) return wrong;
    const order = entry.seq === index + 1 ? [] : [`${name} saknas: där står rad ${entry.seq}`];
    return [...order, ...faultsOfEntry(chain, entry, chain.entries[index - 1], keys, name)];
  });
  chain.checkpoints.forEach((checkpoint, index) => {
    const name = `kontrollpunkt ${index + 1}`;
    const wrong = faultsOfShape(checkpoint, CHECKPOINT_SHAPE, name);
    if (wrong.length > 0) return faults.push(...wrong);
    if (checkpoint.number !== index + 1)
      faults.push(`${name} saknas: där står kontrollpunkt ${checkpoint.number}`);
    if (checkpoint.size < (chain.checkpoints[index - 1]?.size ?? 0)) {
      faults.push(`${name} räknar färre rader än den före`);
    }
    return faults.push(...faultsOfCheckpoint(chain, checkpoint, keys, name));
  });
  if (faults.length === 0) faults.push(...faultsOfEnd(chain));
  if (faults.length > 0) return judge(EXIT.changed, faults);
  return judge(EXIT.whole, [], { chain, remarks: remarksOfTime(chain.entries) });
}

const PRINTED = new RegExp(
  '^(?<body>(?<format>sigill-checkpoint/1) (?<vaultId>\\S+) (?<room>\\S+)\\n(?<size>\\d+)\\n(?<head>\\S{44})\\n' +
    'number (?<number>\\d+)\\nkeys (?<keysHash>\\S{44})\\nat (?<at>\\S+)\\nactor (?<actor>.+)\\nreason (?<reason>.+)\\n)' +
    '\\n— (?<signer>.+) (?<signature>\\S{88})$',
  'u',
);

/**
 * Compares a checkpoint from a printed document with a chain that is whole in itself. This is what shows that the chain
 * has not been cut off, or written anew with other keys, since that document was printed.
 */
export function verifyPrintedCheckpoint(chain, text) {
  const parts = PRINTED.exec(text.replaceAll('\r\n', '\n').trim())?.groups;
  if (!parts)
    return judge(EXIT.usage, ['texten är inte en hel kontrollpunkt: skriv av alla rader med signaturen']);
  const name = `utskriven kontrollpunkt ${parts.number}`;
  const hexOf = (base64) => Buffer.from(base64, 'base64').toString('hex');
  const checkpoint = {
    format: parts.format,
    vaultId: parts.vaultId,
    room: parts.room,
    number: Number(parts.number),
    size: Number(parts.size),
    head: hexOf(parts.head),
    keysHash: hexOf(parts.keysHash),
    at: parts.at,
    actor: parts.actor,
    reason: parts.reason,
    signature: parts.signature,
  };
  const faults = faultsOfShape(checkpoint, CHECKPOINT_SHAPE, name);
  if (faults.length === 0 && (checkpointBody(checkpoint) !== parts.body || parts.signer !== parts.actor)) {
    faults.push(`${name} är inte skriven som Sigill skriver den`);
  }
  if (faults.length > 0) return judge(EXIT.changed, faults);
  const keys = new Map(chain.keys.map((key) => [key.id, key.publicKey]));
  const wrong = faultsOfCheckpoint(chain, checkpoint, keys, name);
  return judge(wrong.length > 0 ? EXIT.changed : EXIT.whole, wrong, { checkpoint });
}

function describe(chain) {
  const last = chain.checkpoints.at(-1);
  const first = chain.entries[0];
  const span = first ? `, ${first.at} – ${chain.entries.at(-1).at}` : '';
  const people = chain.keys.map((key) => {
    const fingerprint = createHash('sha256').update(Buffer.from(key.publicKey, 'base64')).digest('hex');
    const count = chain.entries.filter((entry) => entry.actor === key.id).length;
    // A name is typed by people: nothing in it may steer the terminal.
    const name = key.name.replace(/\p{C}/gu, '?');
    return `  ${name} (${key.id}): ${count} rader, nyckel SHA-256 ${fingerprint.match(/.{1,8}/g).join(' ')}`;
  });
  return [
    `Spårbarhet för ${ROOM_NAMES.get(chain.room)} i valv ${chain.vaultId}`,
    `Rader: ${chain.entries.length}${span}`,
    'Användare:',
    ...people,
    `Kontrollpunkter: ${chain.checkpoints.length}, den sista ${last.at} (${last.reason})`,
    `Kedjans huvud vid rad ${last.size}: ${base64OfHex(last.head)}`,
  ];
}

const USAGE = [
  'Användning: npm run verify-audit -- FIL [--kontrollpunkt TEXTFIL]…',
  'FIL är en granskningskedja som exporterats från Sigill. TEXTFIL är en avskrift av en utskriven kontrollpunkt.',
];

function readOrNull(path) {
  try {
    return readFileSync(path);
  } catch {
    console.error(`Filen ${path} går inte att läsa.`);
    return null;
  }
}

function main(args) {
  let options;
  try {
    options = parseArgs({
      args,
      allowPositionals: true,
      options: { kontrollpunkt: { type: 'string', multiple: true } },
    });
  } catch {
    console.error(USAGE.join('\n'));
    return EXIT.usage;
  }
  const [path, ...surplus] = options.positionals;
  if (path === undefined || surplus.length > 0) {
    console.error(USAGE.join('\n'));
    return EXIT.usage;
  }
  const bytes = readOrNull(path);
  if (bytes === null) return EXIT.usage;

  const verdicts = [verifyFile(bytes)];
  const { chain } = verdicts[0];
  for (const printed of chain ? (options.values.kontrollpunkt ?? []) : []) {
    const text = readOrNull(printed);
    if (text === null) return EXIT.usage;
    verdicts.push(verifyPrintedCheckpoint(chain, text.toString('utf8')));
  }
  if (chain) console.log(describe(chain).join('\n'));
  for (const { checkpoint } of verdicts) {
    if (checkpoint)
      console.log(`Utskriven kontrollpunkt ${checkpoint.number} från ${checkpoint.at} är jämförd.`);
  }
  for (const remark of verdicts.flatMap((verdict) => verdict.remarks)) console.log(`Anmärkning: ${remark}`);
  const faults = verdicts.flatMap((verdict) => verdict.faults);
  for (const fault of faults) console.error(`FEL: ${fault}`);
  const code = Math.max(...verdicts.map((verdict) => verdict.code));
  if (code === EXIT.whole) {
    console.log('Kedjan är hel: alla kontrollsummor, länkar och signaturer stämmer.');
    if (verdicts.length === 1) {
      console.log(
        'Jämför också med en kontrollpunkt från en äldre utskrift: bara den visar att slutet inte är bortklippt.',
      );
    }
  } else if (code === EXIT.changed) {
    console.error(`Kedjan går inte att lita på: ${faults.length} fel.`);
  }
  return code;
}

/** True where this file was started, and not imported by a test. */
function isStarted() {
  try {
    return realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
  } catch {
    return false;
  }
}

if (isStarted()) process.exitCode = main(process.argv.slice(2));

import { mkdirSync } from 'node:fs';
import { createOwnKey } from '../../../keys/own.ts';
import { readAttachments } from '../attachments.ts';
import { sealMail } from '../seal-mail.ts';

/** A process that seals one file and tells what it took, on its own: `node --expose-gc seal-large.ts <file> <new folder>`. */
const [path = '', workshop = ''] = process.argv.slice(2);
mkdirSync(workshop);
const at = new Date();
const ownKey = await createOwnKey({
  name: 'Prov',
  email: 'prov@exempel.se',
  at: new Date(at.getTime() - 60_000),
});
/** What is held, in bytes: what nobody holds is taken away first, so that a slow machine says the same as a quick one. */
function held(): number {
  if (!global.gc) throw new TypeError('Run with --expose-gc.');
  global.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
const before = held();
let peak = before;
const watch = setInterval(() => {
  peak = Math.max(peak, held());
}, 50);
const [attachment] = await readAttachments([{ path, marking: { level: 'oppen', basis: [] } }]);
if (!attachment) throw new TypeError('The file was not read.');
const files = await sealMail({
  headers: { subject: 'Rapport', from: null, to: [], date: at, messageId: '<prov@rapport.invalid>' },
  reference: 'K7M2-9QXA-4D1F',
  rendered: { text: 'Prov', pdf: Buffer.from('%PDF-'), json: Buffer.from('{}') },
  recipients: [{ fingerprint: ownKey.fingerprint, armored: ownKey.armoredPublic }],
  ownKey,
  at,
  attachments: { files: [attachment], workshop },
});
clearInterval(watch);
const size = files.reduce((most, file) => Math.max(most, 'size' in file ? file.size : 0), 0);
process.stdout.write(JSON.stringify({ before, peak, size }));

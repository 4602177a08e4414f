import { mkdirSync } from 'node:fs';
import { createOwnKey } from '../../../keys/own.ts';
import { readAttachments } from '../attachments.ts';
import { sealMail } from '../seal-mail.ts';

/** A process that seals one file and tells what it took, on its own: `node seal-large.ts <file> <new folder>`. */
const [path = '', workshop = ''] = process.argv.slice(2);
mkdirSync(workshop);
const at = new Date();
const ownKey = await createOwnKey({
  name: 'Prov',
  email: 'prov@exempel.se',
  at: new Date(at.getTime() - 60_000),
});
const before = process.memoryUsage().rss;
let peak = before;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 20);
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

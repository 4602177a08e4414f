import { writeFileSync } from 'node:fs';
import { sampleClearance, sampleReport } from '../../testing/report.ts';
import { makeEnvelopeJob } from './envelope-job.ts';
import { reportContent } from '../../reports/pdf.ts';
import { recoverySheet } from '../../vault/recovery-sheet.ts';
import { makeRecoveryCode } from '../../vault/recovery-code.ts';
const sender = {
  name: 'Norra driftverket',
  kind: 'statlig-myndighet',
  number: null,
  contact: null,
  phone: null,
  hours: null,
  address: ['Box 17', '871 02 Härnösand'],
  email: null,
};
for (const [level, layout, carriage, flags] of [
  ['kvalificerat-hemlig', 'C4', 'personlig-leverans', {}],
  ['hemlig', 'C5', 'varde', { exercise: true, draft: true }],
  ['sekretess', 'A4-etikett', 'rek', {}],
  ['oppen', 'C4', 'rek', {}],
] as const) {
  const document = sampleReport(level, flags);
  const files = await makeEnvelopeJob({
    document,
    clearance: sampleClearance(document, carriage),
    reportContent: (copy) => reportContent(document, { copy }),
    copies: 2,
    sender,
    recipient: {
      name: 'CERT-SE',
      lines: ['MSB', 'CERT-SE', 'Terminalvägen 10', '171 73 Solna'],
      status: 'historical',
      note: 'Ur rutinen från februari 2024.',
      attention: 'Vakthavande analytiker',
    },
    carriage,
    layout,
    securityBag: 'SP-4711',
    at: new Date('2026-11-22T13:05:00Z'),
    createdBy: 'Eva Lind',
  });
  writeFileSync(`/tmp/look/e-${layout}-${level}.pdf`, files[0]!.bytes);
}
writeFileSync(
  '/tmp/look/r.pdf',
  await recoverySheet({
    vaultName: 'norra-driftverket.sigill',
    organisation: 'Norra driftverket',
    room: 'protected',
    code: makeRecoveryCode().code,
    created: new Date('2026-11-22T13:05:00Z'),
    ceiling: 'hemlig',
  }),
);

import type { IncidentId } from '../../../shared/domain/incident.ts';
import { wantedMarking } from '../../incidents/marking.ts';
import { tellingRegimes } from '../../packs/for-incident.ts';
import { describeSignature, keepAnswer, openAgain, readAnswer, saveAttachments } from '../answers.ts';
import { requirePlace } from './place.ts';
import type { AreaHandlers } from './state.ts';

export const answersHandlers: AreaHandlers<'answers'> = {
  async open({ file }, { core, signal, progress }) {
    progress('Svaret öppnas och underskriften kontrolleras');
    const answer = await readAnswer(
      core.requireVault(),
      Buffer.from(file, 'base64'),
      core.workers.bound(signal),
    );
    return {
      fileHash: answer.fileHash,
      isVerified: answer.signature.kind === 'verified',
      signature: describeSignature(answer.signature),
      from: answer.from,
      subject: answer.subject,
      text: answer.text,
      remarks: [...answer.remarks],
      attachments: [...answer.attachments],
    };
  },
  async saveAttachments({ file, level, basis, reason, out }, { core, signal }) {
    const vault = core.requireVault();
    requirePlace(out);
    const decision = { marking: wantedMarking(vault, level, basis), reason };
    const bytes = Buffer.from(file, 'base64');
    return { files: [...(await saveAttachments(vault, bytes, decision, out, core.workers.bound(signal)))] };
  },
  async keep({ file, incident, level, basis, reason }, { core, signal }) {
    const vault = core.requireVault();
    const answer = await openAgain(vault, Buffer.from(file, 'base64'), core.workers.bound(signal));
    const marking = wantedMarking(vault, level, basis);
    const decision = { incidentId: incident as IncidentId, marking, reason };
    return { log: keepAnswer(vault, answer, decision, tellingRegimes(vault, core.rules)) };
  },
};

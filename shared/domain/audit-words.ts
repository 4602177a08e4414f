/**
 * What the audit's rows tell of, in Swedish. The row itself holds the short word on the left, which is what is hashed and
 * what an outside verifier reads; people read the words on the right.
 */
export const AUDIT_ACTION_NAME: Readonly<Record<string, string>> = {
  'answer.kept': 'Svar sparat i händelseloggen',
  'answer.read': 'Krypterat svar öppnat',
  'clock.confirmed': 'Klockan bekräftad',
  'clock.jump': 'Klockan har hoppat',
  'deadline.moved': 'Anteckning om frist flyttad till skyddade rummet',
  'deadline.recorded': 'Steg i regelverk antecknat',
  'dispatch.raised': 'Expediering flyttad till skyddade rummet',
  'dispatch.sent': 'Expediering avsänd',
  'dispatch.receipted': 'Kvittens mottagen',
  'dispatch.withdrawn': 'Expediering makulerad',
  'export.made': 'Handling gjord för expediering',
  'gate.refused': 'Grinden vägrade',
  'incident.import-undone': 'Avbruten inläsning återställd',
  'incident.imported': 'Incident inläst',
  'incident.special-handling': 'Neutral hänvisning skriven',
  'incident.state': 'Incidentens läge ändrat',
  'item.carried-over': 'Uppgift förd till skyddade rummet',
  'item.created': 'Uppgift skriven',
  'item.revised': 'Uppgift ändrad',
  'item.lowered': 'Märkning sänkt',
  'item.raised': 'Märkning höjd',
  'item.released': 'Uppgift lämnad till öppna rummet',
  'key.imported': 'OpenPGP-nyckel inläst',
  'key.own-created': 'Egen OpenPGP-nyckel skapad',
  'key.own-imported': 'Egen OpenPGP-nyckel inläst',
  'key.verified': 'OpenPGP-nyckel verifierad',
  'organisation.changed': 'Uppgifter om organisationen ändrade',
  'recovery.used': 'Rummet upplåst med återställningskoden',
  'report.written': 'Rapport skriven till fil',
  'user.added': 'Användare tillagd',
  'user.passphrase-changed': 'Lösenfras bytt',
  'user.removed': 'Användare borttagen',
  'user.reset': 'Ny lösenfras given med återställningskoden',
  'user.slot-retired': 'Gammal nyckelplats borttagen',
  'vault.created': 'Valvet skapat',
};

/** @returns the Swedish words for what a row tells of; the row's own word where it was written by a newer Sigill */
export function describeAuditAction(action: string): string {
  return AUDIT_ACTION_NAME[action] ?? action;
}

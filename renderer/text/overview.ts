export const overviewText = {
  title: 'Översikt',
  lead: 'Det som pågår nu. Tiden räknas från kännedom, eller från när incidenten upptäcktes eller registrerades.',
  deadlines: 'Fristerna räknas inte ut här i den här versionen',
  deadlinesText:
    'Kontrollera själv mot regelverket. Vanliga gränser: 6 timmar för notifiering och varning, 24 timmar för upplysning enligt cybersäkerhetslagen, 72 timmar för incidentanmälan och för anmälan till IMY.',
  nothing: 'Inget pågår.',
  nothingHelp: 'En ny incident börjar med frågan om säkerhetskänslig verksamhet.',
  columns: { incident: 'Incident', state: 'Läge', from: 'Räknat från', passed: 'Har gått' },
  froms: { aware: 'kännedom', identified: 'identifierad', detected: 'upptäckt', created: 'registrerad' },
  passed: (days: number, hours: number, minutes: number) =>
    days > 0 ? `${days} d ${hours} h` : `${hours} h ${minutes} min`,
  open: 'Öppna',
} as const;

export const overviewText = {
  title: 'Översikt',
  lead: 'Det som ska göras, det mest brådskande först, och de incidenter som pågår.',
  ongoing: 'Det som pågår',
  nothing: 'Inget pågår.',
  nothingHelp: 'En ny incident börjar med frågan om säkerhetskänslig verksamhet.',
  columns: { incident: 'Incident', state: 'Läge', from: 'Räknat från', passed: 'Har gått' },
  froms: { aware: 'kännedom', identified: 'identifierad', detected: 'upptäckt', created: 'registrerad' },
  passed: (days: number, hours: number, minutes: number) =>
    days > 0 ? `${days} d ${hours} h` : `${hours} h ${minutes} min`,
  open: 'Öppna',
} as const;

/** An encrypted answer from a recipient. */
export const answerText = {
  read: 'Läs in svar …',
  readAgainTitle: 'Läs in svarets fil igen',
  readAgain:
    'Utkastet är märkningen och skälet, inte svaret. Tryck på Läs in svar … längre ned och välj samma fil: då står utkastet i formuläret.',
  chooseTitle: 'Välj det krypterade svaret (.eml, .asc eller .pgp)',
  title: 'Krypterat svar',
  from: 'Från, enligt brevet',
  subject: 'Ämne',
  text: 'Svarets text',
  attachments: 'Bilagor. De sparas inte i valvet; namn, storlek och SHA-256 skrivs i loggen.',
  saveAttachments: 'Spara bilagorna i en mapp …',
  saveAttachmentsTitle: 'Välj var mappen med bilagorna ska ligga',
  saveAttachmentsHelp:
    'Bilagorna kan skrivas till en mapp när märkningen är beslutad. De ligger där okrypterade: hantera dem som märkningen säger.',
  savedAttachments: (folder: string) => `Bilagorna ligger i ${folder}.`,
  marking: 'Beslutad märkning',
  reason: 'Varför svaret märks så',
  reasonHelp: 'Beslutet sparas i spårbarheten. Raden kommer med i rapporter som har en kronologi.',
  reasonHelpProtected:
    'Beslutet sparas i spårbarheten. Är innehållet klassat hamnar svaret i skyddade rummet. Raden kommer med, med sin märkning, i rapporter som har en kronologi.',
  protectedIsLocked:
    'Skyddade rummet är låst. Är innehållet klassat: stäng utan att spara, lås upp skyddade rummet och läs in svaret igen.',
  keep: 'Spara i händelseloggen',
  leave: 'Stäng utan att spara',
  kept: 'Svaret är sparat i händelseloggen. Är det en kvittens: registrera den också på expedieringen.',
  notKept: 'Inget av svaret är sparat. Filen ligger kvar där den låg.',
} as const;
